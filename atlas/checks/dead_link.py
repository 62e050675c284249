"""A link to this site leads to an address that is published."""

import difflib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

from atlas import urls
from atlas.checks.check import Check
from atlas.checks.links import passages, targets
from atlas.model import Atlas, Severity
from atlas.problem import Problem
from atlas.stability import has_evidence

_FIXED = frozenset(
    (
        urls.HOME,
        urls.SEARCH,
        urls.PLATFORMS,
        urls.CLAUSE_TYPES,
        urls.REGULATIONS,
        urls.JURISDICTIONS,
        urls.CATEGORIES,
        urls.SEVERITIES,
        urls.NOT_FOUND,
        "/.well-known/security.txt",
        "/llms.txt",
        "/robots.txt",
        "/sitemap.xml",
    )
)
_BESIDE = ("", "index.md", "record.json")
_SHELVES = {
    "clause-type": "data/clause-types",
    "regulation": "data/regulations",
    "jurisdiction": "data/regulations",
    "category": "data/categories",
}
"""The shelves whose entries have addresses, by the first segment of these."""

_SCHEMA = re.compile(r"/schema/v1/[a-z-]+\.schema\.json")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    published: set[str] = set()
    hints: dict[str, str] = {}
    for origin, passage in passages(atlas):
        if "/" not in passage.text:
            continue
        for target in targets(passage):
            if not target.meant.startswith("/") or target.meant.startswith(("//", "/\\")):
                continue  # not of this site; `link-not-https` judges the rest
            published = published or addresses(atlas)
            address = unquote(re.split(r"[#?]", target.meant)[0])
            if address in published or _is_excused(atlas, address):
                continue
            if address not in hints:
                hints[address] = _hint(address, published, atlas)
            message = f"nothing is published at `{target.written}`"
            yield origin.problem(CHECK.code, target.span, message, hints[address])


CHECK = Check("dead-link", __doc__, _find, judges_text=True)


def addresses(atlas: Atlas) -> set[str]:
    """Return every address of the site that a text may link to: pages, and files that people read."""
    found = {*_FIXED, *(urls.severity(severity) for severity in Severity)}
    for path in map(PurePosixPath, atlas.records.files):
        # By its path, so that a file that could not be parsed has its address too.
        if path.parts[:2] == ("content", "platform"):
            place = "/".join(
                path.with_suffix("").parts[1:] if path.suffix == ".md" else path.parent.parts[1:]
            )
            found |= {f"/{place}/{name}" for name in (_BESIDE if path.suffix == ".md" else ("",))}
        elif path.parts[0] == "content":
            found.add(urls.prose(path.stem))
    found |= {urls.clause_type(key) for key in atlas.clause_types}
    found |= {urls.regulation(key) for key in atlas.regulations}
    found |= {urls.jurisdiction(code) for code in atlas.by_jurisdiction}
    found |= {urls.category(key) for key in atlas.categories}
    found |= {urls.permanent(number) for number in (*atlas.by_id, *atlas.document_by_id)}
    found |= {urls.evidence(d) for d in atlas.documents.values() if has_evidence(atlas, d)}
    found |= {place for p in atlas.provisions.values() for place in urls.former_places(atlas, p)}
    return found


def _is_excused(atlas: Atlas, address: str) -> bool:
    """Return whether what is at an address may stand in a file that could not be parsed."""
    unparsed = atlas.records.unparsed
    first, _, rest = address.strip("/").partition("/")
    if first == "id" and any(path.startswith("content/platform/") for path in unparsed):
        return True
    return (
        _SHELVES.get(first, "") in unparsed
        or rest in unparsed
        or _SCHEMA.fullmatch(address) is not None
    )


def _hint(address: str, published: set[str], atlas: Atlas) -> str:
    if f"{address}/" in published:
        return f"write `{address}/`, with the slash at its end"
    site = atlas.records.site
    for language in (site.language, *site.translations) if site else ():
        inside = address.removeprefix(f"/{language.lower()}")
        if inside != address and inside in published:
            return f"write `{inside}`; every page links to those of its own language"
    close = difflib.get_close_matches(address, sorted(published), 1, 0.75)
    if close:
        return f"did you mean `{close[0]}`?"
    return "write the address of a page as its file is named: content/a.md is at `/a/`"
