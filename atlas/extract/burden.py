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
    rb"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rb"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?+)?+"
)
_TAG = re.compile(
    rb"<(?:(/?)([a-zA-Z][^\t\n\f\r />]*+)"
    rb"((?:(?: [a-zA-Z][\w:.-]*+=\"[^\"]*+\")++"  # as nearly all are written; the rest is the rule
    rb"|[\t\n\f\r /]++|%b)*+)(>[^<]{0,999}+</\2>)?+|!--(?:-?>)?|[!?])" % _ATTRIBUTE.pattern
)
"""A tag, with the next one where that ends an element of the name and only a little text is between; or the
start of a comment."""
_START = re.compile(
    rb"<[a-zA-Z](?:[\t\n\f\r /]*+%b){0,%d}+([\t\n\f\r /]*+%b)?+"
    % (_ATTRIBUTE.pattern, _ATTRIBUTES - 1, _ATTRIBUTE.pattern)
)
"""What looks like the start of an element; the group is an attribute too many."""
_SPAN = 2 * _ATTRIBUTES
"""Bytes that so many attributes take at the least."""
_WORD = re.compile(rb"\S+")
_COMMENT_END = re.compile(b"--!?>")
_RAW = frozenset(_WORD.findall(b"script style textarea xmp iframe noembed noframes"))
"""Elements that hold no tags, outside of drawings and formulas."""
_VOID = frozenset(
    _WORD.findall(b"area base br col embed frame hr img input link meta param source track wbr")
)
_UNCOUNTED = _RAW | _VOID
_FORMATTING = frozenset(_WORD.findall(b"a b big code em font i nobr s small strike strong tt u"))
_ALONE = frozenset(
    _WORD.findall(b"p li dd dt option optgroup tr td th tbody thead tfoot rb rp rt rtc")
)
"""Elements that end one of their own kind by beginning."""
_SCOPES = frozenset(
    _WORD.findall(
        b"applet caption html table td th marquee object template button mi mo mn ms mtext"
        b" annotation-xml foreignobject desc"
    )
)
"""Elements that an end tag does not reach beyond."""


def burden(html: bytes) -> str:
    """Return a sentence that says why a page, in UTF-8, is too much for a parser; empty where it is not."""
    if _is_small(html):
        return ""
    page = _Open()
    stack, formatting = page.stack, page.formatting
    work = at = 0
    while found := _TAG.search(html, at):
        closes, name, attributes, is_whole = found.groups()
        if not name:
            at = _after_comment(html, found)
            continue
        at, name = found.end(), name.lower()
        if closes:
            page.end(name)
        elif name not in _UNCOUNTED:
            page.begin(name, attributes)
        elif name in _RAW and not is_whole and not page.is_foreign:
            at = _after_raw(html, name, at)
        work += _TAG_WORK + len(stack) + _FORMATTING_WORK * len(formatting)
        if is_whole:
            page.end(name)
            work += _TAG_WORK + len(stack) + _FORMATTING_WORK * len(formatting)
        if work > _WORK:
            return (
                f"The page has too many tags to be a document, {len(stack):,} of them open at once."
            )
        if len(attributes) > _ATTRIBUTES and _many(attributes):
            return f"An element of the page has more than {_ATTRIBUTES:,} attributes."
    return ""


def _is_small(html: bytes) -> bool:
    """Whether a page has few tags, and nothing, in a script maybe, looks like one of too many attributes.

    Such a tag is so long that it goes on from one stretch of the page to the next: no `>` ends it before,
    but in quotes one may stand.
    """
    seen = looked = 0
    for start in range(0, len(html), _SPAN):
        end = start + _SPAN
        if html.find(b"<", start, end) < 0:
            continue
        seen += html.count(b"<", start, end)
        if seen > _FEW:
            return False
        ended = html.rfind(b">", start, end)
        at = start - 1 if _may_be_quoted(html, start, ended) else ended
        while (at := html.find(b"<", at + 1, end)) >= 0:
            if found := _START.match(html, at):
                looked += found.end() - at
                if found[1] or looked > len(html):  # the same, again and again
                    return False
    return True


def _may_be_quoted(html: bytes, start: int, at: int) -> bool:
    """Whether the last quotation mark before a place may be one that opens a value."""
    return at < 0 or any(
        html[start : max(start, html.rfind(mark, start, at))].rstrip().endswith(b"=")
        for mark in (b'"', b"'")
    )


class _Open:
    """The elements that are open, roughly: where the rules are intricate, more rather than fewer."""

    def __init__(self) -> None:
        self.stack: list[bytes] = []
        self.formatting: list[tuple[bytes, bytes]] = []
        """Elements that a parser opens again in every block, until they are ended."""

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or a formula is open, in which other rules hold."""
        return b"svg" in self.stack or b"math" in self.stack

    def begin(self, name: bytes, attributes: bytes) -> None:
        """Open an element."""
        if name in _FORMATTING:
            same = (name, attributes)
            if self.formatting.count(same) == 3:
                self.formatting.remove(same)
            self.formatting.append(same)
        elif name in _ALONE and self.stack and self.stack[-1] == name:
            return
        self.stack.append(name)

    def end(self, name: bytes) -> None:
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


def _after_comment(html: bytes, found: re.Match[bytes]) -> int:
    """Return where a comment ends, or what is taken for one."""
    if not found[0].startswith(b"<!--"):
        place = html.find(b">", found.end())
        return len(html) if place < 0 else place + 1
    if found[0] != b"<!--":  # an empty one
        return found.end()
    ended = _COMMENT_END.search(html, found.end())
    return ended.end() if ended else len(html)


def _after_raw(html: bytes, name: bytes, at: int) -> int:
    """Return where the text of an element without tags ends."""
    end = b"/" + name
    while (at := html.find(b"<", at)) >= 0:
        if html[at + 1 : at + 1 + len(end)].lower() == end:
            return at
        at += 1
    return len(html)


def _many(attributes: bytes) -> bool:
    found = _ATTRIBUTE.finditer(attributes)
    return any(number >= _ATTRIBUTES for number, _ in enumerate(found))
