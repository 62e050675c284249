"""Puts fields into a file that people write, or takes them out, and leaves every other byte where it is.

A line: our own strict reader says on which lines a field stands, only these lines are written anew,
and the reader then reads both texts: an edit that changed anything else is thrown away.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace

from atlas.frontmatter import Fields, Value, read_markdown, read_yaml
from atlas.model import DocumentFields, PlatformFields, ProvisionFields, SourceFile
from atlas.problem import Fault, Place
from atlas.syntax import quoted

_SENTENCE = 500
"""So many characters a sentence may have that is given on the command line."""
_STEP = 2
"""Blanks by which what belongs to a field is indented."""
_IN_BLOCKS = frozenset({"clause"})
"""Fields that always stand in a `|-` block, however short they are."""


class EditFault(Fault):
    """A file cannot be edited without touching what it must not touch; says why."""


@dataclass(frozen=True, slots=True)
class Editable:
    """The text of a file, and the order in which its fields stand where that is ours to choose."""

    path: str
    text: str = field(repr=False)
    order: tuple[str, ...] = field(repr=False)

    def put(self, place: Place, value: Value) -> "Editable":
        """Return the text with a field set: in its place, or after those that come before it in the model.

        Of a mapping that is there already only the fields that differ are written.

        Raises:
            EditFault: the file has problems, or the value cannot be written.
        """
        fields = self._read()
        present = _at(fields.values, place)
        if present == value:
            return self
        if isinstance(value, dict) and isinstance(present, dict):
            edited = replace(self, order=tuple(value))
            for name, each in value.items():
                edited = edited.put((*place, name), each)
            for name in present:
                edited = edited if name in value else edited.take_out((*place, name))
            return replace(edited, order=self.order)
        if present is None:
            start = self._where_new(fields, place)
            end, column = start, self._column(fields, place[:-1])
        else:
            start, end = self._lines_of(fields, place)
            column = fields.origin.keys[place].column - 1
        written = _written(str(place[-1]), value, column)
        return self._with(start, end, written, _put(fields.values, place, value))

    def add(self, place: Place, item: Value) -> "Editable":
        """Return the text with an entry added to the end of a list, which may not be there yet.

        Raises:
            EditFault: the file has problems, or the entry cannot be written.
        """
        fields = self._read()
        present = _at(fields.values, place)
        if not isinstance(present, list) or not present:
            return self.put(place, [item])
        start, end = self._lines_of(fields, (*place, len(present) - 1))
        written = [*_entry(item, _indent(self.text.split("\n")[start]))]
        return self._with(end, end, written, _put(fields.values, place, [*present, item]))

    def take_out(self, place: Place) -> "Editable":
        """Return the text without a field or an entry of a list; the same text where it has none.

        Raises:
            EditFault: the file has problems.
        """
        fields = self._read()
        if _at(fields.values, place) is None:
            return self
        around = _at(fields.values, place[:-1])
        if len(place) > 1 and around is not None and len(around) == 1:
            return self.take_out(place[:-1])
        start, end = self._lines_of(fields, place)
        expected = deepcopy(fields.values)
        del _at(expected, place[:-1])[place[-1]]  # type: ignore[arg-type,union-attr]
        return self._with(start, end, [], expected)

    def has(self, place: Place) -> bool:
        """Return whether a field is there.

        Raises:
            EditFault: the file has problems.
        """
        return _at(self._read().values, place) is not None

    def without_body(self) -> "Editable":
        """Return the text of a record up to the end of its front matter."""
        lines = self.text.split("\n")
        return replace(
            self, text="".join(f"{line}\n" for line in lines[: self._read().body_line - 1])
        )

    def _read(self) -> Fields:
        file = SourceFile(self.path, self.text.encode())
        fields, problems = read_markdown(file) if self._has_body else read_yaml(file)
        if fields is None or problems:
            first = problems[0]
            raise EditFault(f"{first.path}:{first.span.line}: {first.message}; {first.hint}")
        return fields

    @property
    def _has_body(self) -> bool:
        return self.path.endswith(".md")

    def _lines_of(self, fields: Fields, place: Place) -> tuple[int, int]:
        """Return the first line of a field or an entry (from 0), and the first one after it."""
        keys, values = fields.origin.keys, fields.origin.values
        start = (keys.get(place) or values[place]).line - 1
        later = (
            span.line - 1
            for spans in (keys, values)
            for other, span in spans.items()
            if other[: len(place)] != place and span.line - 1 > start
        )
        lines = self.text.split("\n")
        end = min(later, default=self._end(fields))
        # A comment or an empty line before what follows belongs to that.
        while end > start + 1 and _is_loose(lines[end - 1], _indent(lines[start])):
            end -= 1
        return start, end

    def _end(self, fields: Fields) -> int:
        """Return the first line after all fields."""
        return fields.body_line - 2 if self._has_body else len(self.text.split("\n"))

    def _where_new(self, fields: Fields, place: Place) -> int:
        """Return the line before which a field enters that was not there."""
        siblings = [key for key in fields.origin.keys if key[:-1] == place[:-1]]
        before = [key for key in siblings if self._rank(key) < self._rank(place)]
        if before:
            return self._lines_of(fields, max(before, key=self._rank))[1]
        if siblings:
            return min(fields.origin.keys[key].line for key in siblings) - 1
        return self._end(fields)

    def _rank(self, place: Place) -> int:
        name = str(place[-1])
        return self.order.index(name) if name in self.order else len(self.order)

    def _column(self, fields: Fields, parent: Place) -> int:
        keys = fields.origin.keys
        return next((span.column - 1 for key, span in keys.items() if key[:-1] == parent), 0)

    def _with(
        self, start: int, end: int, written: Sequence[str], expected: dict[str, Value]
    ) -> "Editable":
        lines = self.text.split("\n")
        edited = replace(self, text="\n".join([*lines[:start], *written, *lines[end:]]))
        try:
            is_right = edited._read().values == expected  # noqa: SLF001  its own kind
        except EditFault as fault:
            raise EditFault(f"{self.path} cannot be edited: {fault}") from fault
        if not is_right:
            raise EditFault(
                f"{self.path}:{start + 1}: the edit would change more than it should; make it by hand"
            )
        return edited


def editable(path: str, content: bytes) -> Editable:
    """Return a record, a document or a platform for editing, by the name of its file."""
    orders = (order for ending, order in _ORDERS.items() if path.endswith(ending))
    order = next(orders, tuple(ProvisionFields.model_fields))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise EditFault(f"{path} is not UTF-8; save it as UTF-8") from error
    return Editable(path, text, order)


def one_sentence(option: str, words: str) -> str:
    """Return what somebody gave with an option, on one line.

    Raises:
        EditFault: it is empty, or longer than a sentence.
    """
    sentence = " ".join(words.split())
    if not sentence:
        raise EditFault(f"`{option}` is empty; say it in one sentence")
    if len(sentence) > _SENTENCE:
        raise EditFault(
            f"`{option}` has {len(sentence):,} characters, and a sentence has at most {_SENTENCE};"
            " say it more briefly"
        )
    return sentence


_ORDERS = {
    "/_document.yaml": tuple(DocumentFields.model_fields),
    "/_platform.yaml": tuple(PlatformFields.model_fields),
}


def _at(values: Value, place: Place) -> Value | None:
    for step in place:
        if isinstance(values, dict) and step in values:
            values = values[str(step)]
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def _put(values: dict[str, Value], place: Place, value: Value) -> dict[str, Value]:
    copy = deepcopy(values)
    _at(copy, place[:-1])[place[-1]] = value  # type: ignore[index]
    return copy


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_loose(line: str, indent: int) -> bool:
    return not line.strip() or (line.lstrip().startswith("#") and _indent(line) <= indent)


def _written(name: str, value: Value, column: int) -> list[str]:
    """Return the lines of a field whose name begins in a column (from 0)."""
    head, blanks = f"{' ' * column}{name}:", column + _STEP
    if isinstance(value, dict):
        return [head, *(row for key, each in value.items() for row in _written(key, each, blanks))]
    if isinstance(value, list):
        return [head, *(row for each in value for row in _entry(each, blanks))]
    if "\n" in value or name in _IN_BLOCKS:
        return [f"{head} |-", *(f"{' ' * blanks}{row}" if row else "" for row in value.split("\n"))]
    return [f"{head} {_scalar(value)}"]


def _entry(item: Value, column: int) -> Iterator[str]:
    if isinstance(item, str):
        yield f"{' ' * column}- {_scalar(item)}"
    elif isinstance(item, dict):
        rows = [
            row for key, each in item.items() for row in _written(key, each, column + len("- "))
        ]
        yield f"{' ' * column}- {rows[0].lstrip()}"
        yield from rows[1:]


def _scalar(value: str) -> str:
    """Return a text as a plain scalar where our reader reads it back so, else in double quotes."""
    for written in (value, quoted(value)):
        fields, problems = read_yaml(SourceFile("a.yaml", f"a: {written}\n".encode()))
        if fields and not problems and fields.values == {"a": value}:
            return written
    raise EditFault(f"`{value}` cannot be written as a value of one line")
