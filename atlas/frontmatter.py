"""From the bytes of a file to fields with their places: the strict reader; the one owner of PyYAML.

Core. The text is composed once and walked once for values and positions. Every scalar is text, as
written: no implicit types. What other readers would understand differently is refused with the way
out: duplicate keys, aliases, tags, merge keys, flow style, folded blocks, second documents, and a
` #` after a value, which would silently lose text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Origin, Place, Problem, Span
from atlas.source_text import FORBIDDEN, name_of, read_text
from atlas.syntax import quoted, syntax_problem

DEEPEST_NESTING = 20

_INDICATORS_IN_A_ROW = re.compile(rf"(?:[-?:][ \t]+){{{DEEPEST_NESTING}}}")
_MANY_BRACKETS = 200
"""So many opening brackets may nest too deeply to be composed; fewer cannot, whatever they stand in."""

Value = str | list["Value"] | dict[str, "Value"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_STR = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {_STR, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


@dataclass(frozen=True, slots=True)
class Fields:
    """A file's fields as text, where each stands, and the text below them."""

    values: dict[str, Value]
    origin: Origin
    body: str = ""
    body_line: int = 1
    """Line of the file on which `body` starts."""


@dataclass(slots=True)
class _Walk:
    path: str
    lines: list[str]
    values: dict[Place, Span] = field(default_factory=dict)
    keys: dict[Place, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def object_to(self, code: str, span: Span, message: str, hint: str) -> None:
        self.problems.append(Problem(code, self.path, span, message, hint))


def read_markdown(file: SourceFile) -> tuple[Fields | None, list[Problem]]:
    """Return the front matter of a Markdown file with its body, and every problem of their form."""
    text, problems = read_text(file)
    if text is None:
        return None, problems
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        hint = (
            "begin the file with a line of three hyphens, then the fields, then such a line again"
        )
        message = "the file does not begin with `---`" if text.strip() else "the file is empty"
        problems.append(Problem("no-front-matter", file.path, FIRST_LINE, message, hint))
        return None, problems
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message, hint = (
            "the front matter never ends",
            "close the fields with a line of three hyphens",
        )
        problems.append(Problem("no-front-matter", file.path, Span(1, 1, 4), message, hint))
        return None, problems
    fields, more = _read_fields(file.path, lines[:end], first_line=1)
    problems += more
    if fields is None:
        return None, problems
    body = "\n".join(lines[end + 1 :])
    return Fields(fields.values, fields.origin, body, end + 2), problems


def read_yaml(file: SourceFile) -> tuple[Fields | None, list[Problem]]:
    """Return the fields of a YAML file, and every problem of their form."""
    text, problems = read_text(file)
    if text is None:
        return None, problems
    fields, more = _read_fields(file.path, text.split("\n"), first_line=0)
    problems += more
    if fields is None:
        return None, problems
    return Fields(fields.values, fields.origin), problems


def _read_fields(
    path: str, lines: list[str], first_line: int
) -> tuple[Fields | None, list[Problem]]:
    """Compose and walk `lines[first_line:]`; positions are those of the whole file."""
    walk = _Walk(path, lines)
    source = "\n" * first_line + "\n".join(lines[first_line:]) + "\n"
    loader = None
    try:
        deep = _too_deep(source)
        if deep:
            return None, [
                Problem(
                    "yaml-nesting",
                    path,
                    deep,
                    "the fields are nested too deeply",
                    "write them flat",
                )
            ]
        loader = _LOADER(source)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [syntax_problem(path, lines, error)]
    finally:
        if loader:
            loader.dispose()
    if node is None:
        return Fields({}, Origin(path)), []
    if not isinstance(node, yaml.MappingNode):
        walk.object_to(
            "wrong-shape",
            _span(walk, node),
            "fields are expected here",
            "write `name: value` lines",
        )
        return None, walk.problems
    value = _value(walk, node, ())
    _find_trailing_comments(walk, node)
    origin = Origin(path, walk.values, walk.keys)
    return Fields(value if isinstance(value, dict) else {}, origin), walk.problems


def _too_deep(source: str) -> Span | None:
    """Return where the nesting gets too deep for the composer, which calls itself without looking at the stack.

    The parser of events does not, but costs as much again: it is asked only where the text makes it possible.
    """
    if source.count("[") + source.count("{") < _MANY_BRACKETS and not _INDICATORS_IN_A_ROW.search(
        source
    ):
        return None
    loader, depth = _LOADER(source), 0
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST_NESTING:
                mark = event.start_mark
                return Span(mark.line + 1, mark.column + 1, mark.column + 2)
    finally:
        loader.dispose()
    return None


def _value(walk: _Walk, node: yaml.Node, place: Place) -> Value:
    span = _span(walk, node)
    walk.values[place] = span
    if id(node) in walk.seen:
        # The node is the anchor's; only the name before the alias says where the alias stands.
        span = walk.keys.get(place, span)
        walk.object_to(
            "yaml-alias", span, "an alias repeats a value from elsewhere", "write the value out"
        )
        return str(node.value) if isinstance(node, yaml.ScalarNode) else {}
    walk.seen.add(id(node))
    mark = walk.lines[span.line - 1][span.column - 1 :][:1]
    if mark == "!" or node.tag not in _PLAIN_TAGS:
        walk.object_to(
            "yaml-tag",
            span,
            f"`{_tag(node)}` is a YAML tag",
            "take it out; every value here is plain text",
        )
    elif mark == "&":
        walk.object_to(
            "yaml-alias", span, "an anchor names a value for use elsewhere", "take it out"
        )
    if len(place) > DEEPEST_NESTING:
        walk.object_to("yaml-nesting", span, "the fields are nested too deeply", "write them flat")
        return ""
    if isinstance(node, yaml.ScalarNode):
        if node.style == ">":
            walk.object_to(
                "yaml-folded",
                span,
                "a folded block (`>`) changes line breaks",
                "write `|-` instead",
            )
        _find_escaped(walk, node, span)
        return str(node.value)
    if (
        isinstance(node, yaml.CollectionNode)
        and node.flow_style
        and (node.value or node.start_mark.line != node.end_mark.line)
    ):
        walk.object_to(
            "yaml-flow",
            span,
            "lists and mappings are written one entry a line",
            "write each entry on a line of its own",
        )
    if isinstance(node, yaml.SequenceNode):
        return [_value(walk, item, (*place, n)) for n, item in enumerate(node.value)]
    return _mapping(walk, node, place)


def _mapping(walk: _Walk, node: yaml.Node, place: Place) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for key_node, value_node in node.value:
        span = _span(walk, key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            message = "a field's name is plain text"
            walk.object_to("wrong-shape", span, message, "write `name: value`")
            continue
        key = str(key_node.value)
        if "\n" in key:
            message = "a field's name is one line"
            walk.object_to("wrong-shape", span, message, "write `name: value`")
            continue
        if key == "<<":
            message = "a merge key takes fields from elsewhere"
            walk.object_to("yaml-merge-key", span, message, "write the fields out")
            continue
        if key in fields:
            first = walk.keys[(*place, key)].line
            message = f"`{key}` is given twice (first on line {first})"
            walk.object_to("yaml-duplicate-key", span, message, "keep one of them")
            continue
        if id(key_node) in walk.seen:
            walk.object_to(
                "yaml-alias", span, "an alias repeats a name from elsewhere", "write the name out"
            )
            continue
        walk.seen.add(id(key_node))
        _find_escaped(walk, key_node, span)
        walk.keys[(*place, key)] = span
        fields[key] = _value(walk, value_node, (*place, key))
    return fields


def _find_escaped(walk: _Walk, node: yaml.ScalarNode, span: Span) -> None:
    """Report a character that the file could not hold as it is, and holds as an escape."""
    match = FORBIDDEN.search(str(node.value)) if node.style == '"' else None
    if match:
        message = f"an escape stands for {name_of(match[0])}"
        walk.object_to("forbidden-character", span, message, "take the escape out")


def _tag(node: yaml.Node) -> str:
    return str(node.tag).replace("tag:yaml.org,2002:", "!!")


def _span(walk: _Walk, node: yaml.Node) -> Span:
    """Return where a node stands, cut at the end of its first line; one after the last line, at its end."""
    start, end = node.start_mark, node.end_mark
    line = min(start.line, len(walk.lines) - 1)
    length = len(walk.lines[line])
    column = start.column if line == start.line else length
    end_column = end.column if end.line == line else length
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        end_column = length
    return Span(line + 1, column + 1, max(end_column, column) + 1)


def _find_trailing_comments(walk: _Walk, root: yaml.Node) -> None:
    """Report every ` #` that follows a name or a value on its line: YAML drops it without a word."""
    for node in _scalars(root):
        is_block = node.style in {"|", ">"}
        mark = node.start_mark if is_block else node.end_mark
        if mark.line >= len(walk.lines):
            continue
        line = walk.lines[mark.line]
        rest = (
            re.sub(r"^[|>][-+0-9]*", "", line[mark.column :]) if is_block else line[mark.column :]
        )
        match = re.match(r"(?:\s*:)?\s+#", rest)
        if match:
            column = len(line) - len(rest) + match.end()
            hint = "put a comment on a line of its own"
            if node.style in {None, ""} and not re.match(r"\s*:", rest):
                hint = (
                    f"if it belongs to the text, write the value in quotes: {quoted(line[node.start_mark.column :])}; "
                    + hint
                )
            walk.object_to(
                "yaml-comment",
                Span(mark.line + 1, column, len(line) + 1),
                "what follows ` #` would be lost",
                hint,
            )


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    stack, seen = [node], set()
    while stack:
        current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, yaml.ScalarNode):
            yield current
        elif isinstance(current, yaml.SequenceNode):
            stack.extend(reversed(current.value))
        else:
            stack.extend(part for pair in reversed(current.value) for part in reversed(pair))
