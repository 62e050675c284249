"""Links lead to https addresses, to mail addresses, or to this site from its root on (`/methodology/`)."""

import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.places import Passage, section_passage
from atlas.model import Atlas
from atlas.problem import Origin, Problem

_TARGET = r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_LINK = re.compile(
    rf"""
    (?P<image>!?) \[ (?:[^\[\]]|\[[^\[\]]*\])* \] \( [ \t]*\n?[ \t]* (?P<inline>{_TARGET})
    | ^[ ]{{0,3}} \[ [^\[\]\n]+ \] : [ \t]*\n?[ \t]* (?P<definition><[^<>\n]*>|\S+)
    | < (?P<address>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*) >
    """,
    re.VERBOSE | re.MULTILINE,
)


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in provision.sections:
            yield from _judge(provision.origin, section_passage(section))
    for page in atlas.records.prose:
        yield from _judge(page.origin, Passage(page.text, page.origin.at(), page.text_line, 1))


CHECK = Check("link-not-https", __doc__, _find, judges_text=True)


def _judge(origin: Origin, passage: Passage) -> Iterator[Problem]:
    if not any(mark in passage.text for mark in ("](", "]:", "<")):
        return
    for match in _LINK.finditer(without_code(passage.text)):
        group = next(g for g in ("inline", "definition", "address") if match[g] is not None)
        start, end = match.span(group)
        target = passage.text[start:end].removeprefix("<").removesuffix(">")
        if match["image"] or _may_stand(html.unescape(target)):
            continue
        span = passage.span(start, end) if end > start else passage.span(*match.span())
        yield origin.problem(CHECK.code, span, _message(target), _hint(target))


def _may_stand(target: str) -> bool:
    if target.startswith(("mailto:", "#")):
        return len(target.partition(":")[2] or target) > 1
    if target.startswith("/"):
        return not target.startswith(("//", "/\\"))
    try:
        parts = urlsplit(target)
        return target.startswith("https://") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _message(target: str) -> str:
    return f"`{target}` is not an https link" if target else "this link leads nowhere"


def _hint(target: str) -> str:
    if target.lower().startswith("http://"):
        return f"write `https://{target[7:]}` if it can be reached so; otherwise name the page without a link"
    if target.lower().startswith("https://"):
        return "write the address as `https://name/...`, in lower case and without a user name"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        return "link to an https address, a mail address or a page of this site"
    return "write it in full from https:// on, or from the root of this site, as in `/methodology/`"
