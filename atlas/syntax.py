"""What is wrong with text that is not YAML, and the line rewritten so that it is.

Core. The reader's own words help nobody who has not read its source, so the usual slips are
recognised: a value that needs quotes, a colon or a blank that is missing, an indent, a tab, a
second document.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from atlas.problem import FIRST_LINE, Problem, Span

_LEADING_INDICATORS = "\"'[]{}>|*&!%@`#,?:-"
_NO_BREAK = "\u00a0\u2007\u202f\u3000"
"""Blanks that look like the ordinary one and are none to YAML."""

_FIELD = re.compile(r"(?P<indent> *)(?:- +)*(?P<name>[\w.-]+):(?: +(?P<value>\S.*)|\s*$)")
_BLOCK = re.compile(r" *(?:- +)*[\w.-]+: +[|>][-+0-9]*\s*$")

_LONGEST_NAME = 1024
"""Characters that the name of a field may have on its line (YAML 1.2.2, 7.4.2)."""

_BENEATH = "write an entry beneath the name of its list, indented"


@dataclass(frozen=True, slots=True)
class _Slip:
    """A usual mistake: on which line (from 0), from which column on (from 0), what, and the way out."""

    line: int
    column: int
    message: str
    hint: str


def syntax_problem(path: str, lines: list[str], error: Exception) -> Problem:
    """Return the problem that a YAML reader's error stands for, with the way out."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    trouble = str(getattr(error, "problem", None) or error).strip()
    guide = f"compare with {'templates' if path.startswith('templates/') else 'content'}/README.md"
    if mark is None:
        return Problem("yaml-syntax", path, FIRST_LINE, f"this is not YAML: {trouble}", guide)
    number = min(mark.line, len(lines) - 1)
    column = min(mark.column, len(lines[number])) + 1
    span = Span(number + 1, column, column + 1)
    if "expected a single document" in str(error):
        hint = "keep one document a file"
        return Problem("yaml-second-document", path, span, "a second document begins here", hint)
    if "expected <document start>" in trouble:
        message = "a line above this one ends the document, or directs how to read it"
        return Problem("yaml-syntax", path, span, message, "take the line with `...` or `%` out")
    context = getattr(error, "context_mark", None)
    suspects = dict.fromkeys([number, *([context.line] if context else []), number - 1])
    slip = next(_slips(lines, [n for n in suspects if 0 <= n < len(lines)]), None)
    if slip is None and "undefined alias" in trouble:
        hint = "write the value out, or in quotes if the star belongs to it"
        slip = _Slip(number, column - 1, "an alias repeats a value that is not there", hint)
    if slip:
        end = max(len(lines[slip.line]), slip.column) + 1
        span = Span(slip.line + 1, slip.column + 1, end)
        return Problem("yaml-syntax", path, span, slip.message, slip.hint)
    return Problem("yaml-syntax", path, span, f"this is not YAML: {trouble}", guide)


def quoted(text: str) -> str:
    """Return text as a double-quoted scalar (YAML 1.2.2, 7.3.1)."""
    escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _slips(lines: list[str], suspects: Iterable[int]) -> Iterator[_Slip]:
    """Yield what may be wrong with the suspected lines, the likeliest first."""
    for look in (_blank, _value, _colon, _indent, _entry):
        for number in suspects:
            slip = look(lines, number)
            if slip:
                yield slip


def _blank(lines: list[str], number: int) -> _Slip | None:
    """Judge the blanks of a line: a tab that indents, and blanks that only look like blanks."""
    line = lines[number]
    start = len(line) - len(line.lstrip(" "))
    if line[start:].startswith("\t"):
        return _Slip(number, start, "a tab indents this line", "indent with spaces")
    match = re.match(rf" *(?:- *)*(?:[\w.-]+:)? *(?P<blank>[{_NO_BREAK}]+)(?P<rest>.*)", line)
    if not match:
        return None
    message = f"the blank here is U+{ord(match['blank'][0]):04X}, which is none to YAML"
    rewritten = f"{line[: match.start('blank')].rstrip()} {match['rest'].strip()}".strip()
    return _Slip(number, match.start("blank"), message, f"type an ordinary blank: `{rewritten}`")


def _value(lines: list[str], number: int) -> _Slip | None:
    """Judge a value that begins like something else, or holds what ends it."""
    match = re.match(r"(\s*(?:- )*[\w.-]+: +|\s*- +)(\S.*)$", lines[number])
    if not match or match[2][0] in "|>":
        return None
    value, column = match[2].strip(), len(match[1])
    if value[0] not in _LEADING_INDICATORS and ": " not in value and " #" not in value:
        return None
    mark = value[0]
    if mark in "\"'" and value.count(mark) == 1:
        rewritten = f"{match[1].strip()} {quoted(value[1:])}"
        message = f"the quotation mark {mark} before this value is never closed"
        return _Slip(number, column, message, f"close it: {rewritten}")
    if mark == '"' and "\\" in value and re.fullmatch(r'"(?:[^"\\]|\\.)*"', value):
        hint = (
            "write the character itself, or the words in a `|-` block, where nothing is an escape"
        )
        return _Slip(number, column, "an escape in these quotation marks is none of YAML's", hint)
    inner = value[1:-1] if mark == "'" and value.endswith("'") and len(value) > 1 else value
    hint = f"write it in quotes: {match[1].strip()} {quoted(inner)}"
    return _Slip(number, column, "YAML reads this value as something else", hint)


def _colon(lines: list[str], number: int) -> _Slip | None:
    """Judge a line that is neither a field nor an entry: words outside their block, a lost colon or blank."""
    line = lines[number]
    if not line.strip() or _FIELD.match(line) or re.match(r" *(?:-(?: |$)|#|---)", line):
        return None
    start = len(line) - len(line.lstrip())
    glued = re.match(r" *(?:- +)*(?P<name>[a-z_][\w-]*):(?P<rest>[^\s/].*)", line)
    if glued:
        rewritten = f"{glued['name']}: {glued['rest']}"
        message = "a blank is missing after the colon"
        return _Slip(number, glued.end("name"), message, f"write `{rewritten}`")
    block = _block_above(lines, number)
    if block is not None:
        name = lines[block].strip().removeprefix("- ").partition(":")[0]
        inside = len(lines[block]) - len(lines[block].lstrip(" ")) + 1
        left = next(
            n
            for n in range(block + 1, number + 1)
            if re.match(rf" {{0,{inside - 1}}}\S", lines[n]) or n == number
        )
        start = len(lines[left]) - len(lines[left].lstrip())
        hint = f"indent every line of the block by two more spaces than `{name}`"
        return _Slip(left, start, f"this line has left the block of `{name}`", hint)
    words = re.match(r" *(?:- +)*(?P<name>[a-z]+(?:_[a-z]+)*)(?: +(?P<rest>\S.*))?$", line)
    if words:
        rewritten = f"{words['name']}: {words['rest'] or '...'}"
        message = "this line is no field: it has no colon"
        return _Slip(number, start, message, f"write `{rewritten}`")
    return None


def _indent(lines: list[str], number: int) -> _Slip | None:
    """Judge a field that begins in another column than those above it."""
    field = _FIELD.match(lines[number])
    if not field:
        return None
    if len(field["name"]) > _LONGEST_NAME:
        message = f"the name of this field has more than {_LONGEST_NAME:,} characters"
        return _Slip(number, field.start("name"), message, "give the field its name")
    own = field.start("name")
    columns = [(above.start("name"), above) for above in _fields_above(lines, number)]
    if not columns or any(column == own for column, _ in columns):
        return None
    column, nearest = columns[0]
    if nearest.start("name") - own == len("- ") and nearest.group().lstrip().startswith("- "):
        return _Slip(number, own, "a field stands here, and above it the entry of a list", _BENEATH)
    word = "right" if own > column else "left"
    message = f"`{field['name']}` begins further {word} than `{nearest['name']}` above it"
    hint = f"begin it in column {column + 1}, like `{nearest['name']}`"
    return _Slip(number, own, message, hint)


def _entry(lines: list[str], number: int) -> _Slip | None:
    """Judge an entry of a list that no field holds."""
    entry = re.match(r" *(?=- )", lines[number])
    if not entry:
        return None
    message = "an entry of a list stands where a field is expected"
    return _Slip(number, entry.end(), message, _BENEATH)


def _block_above(lines: list[str], number: int) -> int | None:
    """Return the line that opens the block which a line has left, or None."""
    for above in range(number - 1, -1, -1):
        if _BLOCK.match(lines[above]):
            return above
        if _FIELD.match(lines[above]):
            return None
    return None


def _fields_above(lines: list[str], number: int) -> Iterator[re.Match[str]]:
    """Yield the fields above a line, the nearest first, one for each column from the right to the left."""
    leftmost = None
    for above in range(number - 1, -1, -1):
        field = _FIELD.match(lines[above])
        if field and (leftmost is None or field.start("name") < leftmost):
            leftmost = field.start("name")
            yield field
            if leftmost == 0:
                return
