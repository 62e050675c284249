"""A quotation is plain text, as people read it on the page: no Markdown and no HTML."""

import re
from collections.abc import Iterator
from datetime import date
from html.entities import html5

from atlas.checks.check import Check
from atlas.checks.places import quoted_words
from atlas.model import Atlas
from atlas.problem import Problem

_TAGS = (
    "a abbr address article aside b blockquote body br button code dd del details div dl dt em footer form h1 h2 h3 h4"
    " h5 h6 head header hr html i iframe img ins kbd li link main mark meta nav ol p pre q s script section small span"
    " strike strong style sub summary sup svg table tbody td tfoot th thead time title tr u ul var"
).replace(" ", "|")
_MARKUP = re.compile(
    rf"""
    (?P<emphasis> \*\*(?=\S)[^*\n]*\S\*\* | (?<!\w)__(?=[^\s_])[^\n]{{0,200}}?[^\s_]__(?!\w)
                | (?<![\w*])\*(?=[^\s*])[^*\n]*(?<=\S)\*(?![\w*]) | (?<!\w)_(?=[^\s_])[^_\n]*(?<=\S)_(?!\w) )
    | (?P<code> `+[^`\n]*`* )
    | (?P<link> \[(?!\.\.\.\]|…\])[^\[\]\n]+\]\([^()\s]+\) )
    | (?P<heading> ^[ ]{{0,3}}\#{{1,6}}(?=[ ]) )
    | (?P<list> ^[ ]*\*(?=[ ]) )
    | (?P<quote> ^[ ]{{0,3}}>(?=[ ]) )
    | (?P<tag> </?(?:{_TAGS})(?:\s[^<>\n]*)?/?> )
    | (?P<entity> &(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]+); )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_SUSPECTS = re.compile(r"[*_`\[#<>&]")
_FINDINGS = {
    "emphasis": "`{}` is emphasis in Markdown",
    "code": "`{}` is code in Markdown",
    "link": "`{}` is a link in Markdown",
    "heading": "`{}` begins a heading in Markdown",
    "list": "`{}` begins a list entry in Markdown",
    "quote": "`{}` begins a quotation in Markdown",
    "tag": "`{}` is an HTML tag",
    "entity": "`{}` is written for HTML",
}
_HINTS = {
    "heading": "leave the mark out and keep the words",
    "list": "leave the mark out, or write the sign that the page shows",
    "quote": "leave the mark out and keep the words",
    "entity": "write the character itself",
}


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for passage in quoted_words(provision):
            if not _SUSPECTS.search(passage.text):
                continue
            for match in _MARKUP.finditer(passage.text):
                kind = str(match.lastgroup)
                if kind == "entity" and not match[0].startswith("&#") and match[0][1:] not in html5:
                    continue
                shown = match[0].strip().replace("`", "'")
                hint = _HINTS.get(kind, "quote the words alone, as people read them on the page")
                message = _FINDINGS[kind].format(shown)
                yield provision.origin.problem(
                    CHECK.code, passage.span(*match.span()), message, hint
                )


CHECK = Check("markdown-in-clause", __doc__, _find, judges_text=True)
