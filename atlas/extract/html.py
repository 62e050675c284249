"""The text of an HTML page: block elements end a line, inline elements do not.

Core; the one owner of selectolax. What is hidden or collapsed is kept, since real terms stand in
closed accordions; what only screen readers are told is dropped, since it stands within sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from atlas.extract.burden import burden
from atlas.extract.charset import Decoded, decode
from atlas.extract.extracted import Reading
from atlas.model import Body, Failed, Failure

_WORD = re.compile(r"\S+")
_BLOCKS = frozenset(
    _WORD.findall(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
        " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav"
        " ol p pre search section summary table tbody td tfoot th thead tr ul"
    )
)
_DROPPED = frozenset(
    _WORD.findall(
        "head script style template svg noscript noframes noembed iframe object embed canvas audio video"
        " input select option datalist textarea"
    )
)
_TOLD_ONLY = ".sr-only,.visually-hidden,.screen-reader-text"
"""Classes of what only screen readers are told."""
_EDGE, _IN, _OUT = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters that mark, within the text, the end of a line, and where a chosen part begins and ends."""
_EDGES = dict.fromkeys(_BLOCKS, _EDGE.encode()) | {"br": b" "}
"""What stands before and after an element, in UTF-8 as the parser takes it without more ado."""

_GATE = 4_000
"""Characters of text under which a form may be what the page is about."""
_CONSENT = re.compile(r"consent|cookie|gdpr", re.IGNORECASE)


def read(body: Body, select: str | None, remove: tuple[str, ...]) -> Reading | Failed:
    """Return what an HTML page says, of the parts that `select` picks without those that `remove` does.

    A selector that matches nothing, or is none, gives `bad-selector`; a page made to break parsers
    gives `too-large`.
    """
    decoded = decode(body.content, body.content_type, is_html=True)
    content = _without_marks(decoded)
    if too_much := burden(content):
        return Failed(Failure.TOO_LARGE, too_much)
    page = LexborHTMLParser(content)
    if page.root is None:
        return Reading("", characters=len(decoded.text), undecodable=decoded.undecodable)
    for selector in (*([select] if select else []), *remove):
        if failed := _unusable(page, selector):
            return failed
    said = _said(page.root)
    if select:
        _mark(page.css(select))
    for selector in (*remove, _TOLD_ONLY):
        _drop(page.css(selector))
    lines = _lines(page.root, chosen=bool(select))
    return replace(
        said,
        lines=lines,
        asks_to_sign_in=said.asks_to_sign_in and len(lines) < _GATE,
        characters=len(decoded.text),
        undecodable=decoded.undecodable,
    )


def _without_marks(decoded: Decoded) -> bytes:
    """Return the characters in UTF-8, as the parser takes them, without those that we put in."""
    content = decoded.utf_8
    if b"\xef" not in content:  # which each of them begins with
        return content
    for mark in (_EDGE, _IN, _OUT):
        if mark in decoded.text:
            content = content.replace(mark.encode(), b"")
    return content


def _unusable(page: LexborHTMLParser, selector: str) -> Failed | None:
    try:
        if page.css(selector):
            return None
    except SelectolaxError:
        return Failed(Failure.BAD_SELECTOR, f"`{selector}` is no valid CSS selector.")
    return Failed(Failure.BAD_SELECTOR, f"The selector `{selector}` matches nothing on the page.")


def _mark(chosen: Sequence[LexborNode]) -> None:
    """Put a mark before and after each part; one within another lies between the marks of both."""
    for node in chosen:
        if node.tag == "html":  # nothing stands beside it
            node = node.parser.body or node  # noqa: PLW2901
        node.insert_before(_IN)
        node.insert_after(_OUT)


def _drop(nodes: Sequence[LexborNode]) -> None:
    for node in reversed(nodes):  # what is within goes before what is around
        node.decompose()


def _lines(root: LexborNode, *, chosen: bool) -> str:
    """Return one block a line. The tree is walked by the parser, which does not recurse."""
    dropped = []
    for node in root.traverse():  # over the elements, so not over what is put in
        tag = node.tag
        if edge := _EDGES.get(tag):
            node.insert_before(edge)
            node.insert_after(edge)
        elif tag in _DROPPED:
            dropped.append(node)
    _drop(dropped)
    text = root.text().replace("\n", " ")
    return (_chosen(text) if chosen else text).replace(_EDGE, "\n")


def _chosen(text: str) -> str:
    parts, depth = [], 0
    for part in re.split(f"([{_IN}{_OUT}])", text):
        if part == _IN:
            parts.append("" if depth else _EDGE)
            depth += 1
        elif part == _OUT:
            depth = max(0, depth - 1)
            parts.append("" if depth else _EDGE)
        elif depth:
            parts.append(part)
    return "".join(parts)


def _said(root: LexborNode) -> Reading:
    """Return what a page says of itself besides its text."""
    titles = (" ".join(node.text().split()) for node in root.css("head > title"))
    attributes = root.attributes
    return Reading(
        lines="",
        title=next(filter(None, titles), ""),
        language=(attributes.get("lang") or attributes.get("xml:lang") or "").strip()[:35],
        is_noindex=any(map(_forbids_indexing, root.css("meta"))),
        asks_to_sign_in=_is_gate(root.css("form")),
    )


def _forbids_indexing(meta: LexborNode) -> bool:
    name, content = (meta.attributes.get(key) or "" for key in ("name", "content"))
    if name.strip().lower() != "robots":
        return False
    return bool({"noindex", "none"} & {word.strip() for word in content.lower().split(",")})


def _is_gate(forms: Sequence[LexborNode]) -> bool:
    """Return whether the largest form of a page asks for a password or for consent."""
    if not forms:
        return False
    largest = max(forms, key=lambda form: (len(form.text()), len(form.css("input"))))
    if largest.css_first('input[type="password" i]'):
        return True
    names = (largest.attributes.get(name) or "" for name in ("id", "class", "action", "name"))
    return bool(_CONSENT.search(" ".join(names)))
