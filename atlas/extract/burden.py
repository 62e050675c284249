"""How much work a page would make: told from its tags, before a parser builds the tree.

Core. HTML's rules let a small page grow into millions of elements, or make each tag search through all
that are open (https://html.spec.whatwg.org/multipage/parsing.html). This follows the tags as those rules
do, roughly and rather towards too much, and stops where no document of people would get.
"""

import re

_FEW = 3_000
"""Angle brackets with which nothing can be built that takes a parser long, but for attributes."""
_ATTRIBUTES = 2_000
"""Of one element: a parser compares each with all before it."""
_WORK = 10_000_000
_TAG_WORK, _FORMATTING_WORK = 100, 20
"""What a tag costs beside one for each element that is open, and what each formatting element costs that
a parser may open again there: so 500,000 of these, or 100,000 tags, are too much."""

_ATTRIBUTE = re.compile(
    r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?+)?+"
)
_TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][^\t\n\f\r />]*+)"
    r"((?:(?: [a-zA-Z][\w:.-]*+=\"[^\"]*+\")++"  # as nearly all are written; the rest is the rule
    rf"|[\t\n\f\r /]++|{_ATTRIBUTE.pattern})*+)|!--(?:-?>)?|[!?])"
)
_CROWDED = re.compile(rf"<[a-zA-Z](?:[\t\n\f\r /]*+{_ATTRIBUTE.pattern}){{{_ATTRIBUTES}}}")
"""What looks like an element with too many attributes, in a script maybe; then the tags are followed."""
_WORD = re.compile(r"\S+")
_COMMENT_END = re.compile("--!?>")
_RAW = frozenset(_WORD.findall("script style textarea xmp iframe noembed noframes"))
"""Elements that hold no tags, outside of drawings and formulas."""
_VOID = frozenset(
    _WORD.findall("area base br col embed frame hr img input link meta param source track wbr")
)
_UNCOUNTED = _RAW | _VOID
_FORMATTING = frozenset(_WORD.findall("a b big code em font i nobr s small strike strong tt u"))
_ALONE = frozenset(
    _WORD.findall("p li dd dt option optgroup tr td th tbody thead tfoot rb rp rt rtc")
)
"""Elements that end one of their own kind by beginning."""
_SCOPES = frozenset(
    _WORD.findall(
        "applet caption html table td th marquee object template button mi mo mn ms mtext"
        " annotation-xml foreignobject desc"
    )
)
"""Elements that an end tag does not reach beyond."""


def burden(html: str) -> str:
    """Return a sentence that says why a page is too much for a parser; empty where it is not."""
    if html.count("<") <= _FEW and not _CROWDED.search(html):
        return ""
    page = _Open()
    stack, formatting = page.stack, page.formatting
    work = at = 0
    while found := _TAG.search(html, at):
        closes, name, attributes = found.groups()
        if not name:
            at = _after_comment(html, found)
            continue
        at, name = found.end(), name.lower()
        if closes:
            page.end(name)
        elif name not in _UNCOUNTED:
            page.begin(name, attributes)
        elif name in _RAW and not page.is_foreign:
            at = _after_raw(html, name, at)
        work += _TAG_WORK + len(stack) + _FORMATTING_WORK * len(formatting)
        if work > _WORK:
            return (
                f"The page has too many tags to be a document, {len(stack):,} of them open at once."
            )
        if len(attributes) > _ATTRIBUTES and _many(attributes):
            return f"An element of the page has more than {_ATTRIBUTES:,} attributes."
    return ""


class _Open:
    """The elements that are open, roughly: where the rules are intricate, more rather than fewer."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.formatting: list[tuple[str, str]] = []
        """Elements that a parser opens again in every block, until they are ended."""

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or a formula is open, in which other rules hold."""
        return "svg" in self.stack or "math" in self.stack

    def begin(self, name: str, attributes: str) -> None:
        """Open an element."""
        if name in _FORMATTING:
            same = (name, attributes)
            if self.formatting.count(same) == 3:
                self.formatting.remove(same)
            self.formatting.append(same)
        elif name in _ALONE and self.stack and self.stack[-1] == name:
            return
        self.stack.append(name)

    def end(self, name: str) -> None:
        """End the last open element of that name, and what is open in it."""
        stack = self.stack
        for at in range(len(stack) - 1, -1, -1):
            if stack[at] == name:
                break
            if stack[at] in _SCOPES:
                return
        else:
            return
        if name not in _FORMATTING:
            del stack[at:]
            return
        del stack[at]  # what was opened within stays open
        for at in range(len(self.formatting) - 1, -1, -1):
            if self.formatting[at][0] == name:
                del self.formatting[at]
                return


def _after_comment(html: str, found: re.Match[str]) -> int:
    """Return where a comment ends, or what is taken for one."""
    if not found[0].startswith("<!--"):
        place = html.find(">", found.end())
        return len(html) if place < 0 else place + 1
    if found[0] != "<!--":  # an empty one
        return found.end()
    ended = _COMMENT_END.search(html, found.end())
    return ended.end() if ended else len(html)


def _after_raw(html: str, name: str, at: int) -> int:
    """Return where the text of an element without tags ends."""
    while (at := html.find("</", at)) >= 0:
        if html[at + 2 : at + 2 + len(name)].lower() == name:
            return at
        at += 2
    return len(html)


def _many(attributes: str) -> bool:
    found = _ATTRIBUTE.finditer(attributes)
    return any(number >= _ATTRIBUTES for number, _ in enumerate(found))
