"""`_redirects`, for hosts that read such a file (Netlify, Cloudflare Pages) and send a browser on by themselves.

Core. Every redirect is a page as well, so that it works on any host; here stand as many as hosts
take. A rule is an address, where it leads, and the status; of two for one address the first counts.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from atlas import urls
from atlas.addresses import Produced, produced
from atlas.model import AddressKind, OldAddress
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.record_form import canonical_json

PATH = "_redirects"
MOST_RULES = 2_000
"""So many rules without a pattern Cloudflare Pages takes."""
LARGEST = 100_000
"""Bytes of the file, from which on Cloudflare Pages is told to leave rules out without a word."""
LONGEST_RULE = 1_000
"""Characters that a rule may have."""


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield `_redirects`, and a file for each address of a file at which there is nothing any more."""
    atlas = publication.atlas
    told = "".join(rules(publication))
    if told:
        yield TextFile(PATH, told)
    for old in atlas.records.addresses:
        if old.gone and not old.key.endswith("/"):
            yield TextFile(old.key.removeprefix("/"), _said(old))


def rules(publication: Publication) -> Iterator[str]:
    """Yield the lines of `_redirects`: what people moved before short addresses, whose stubs serve as well."""
    led = [e for e in produced(publication.atlas) if e.kind is AddressKind.REDIRECT]
    size = 0
    for entry in sorted(led, key=_rank)[:MOST_RULES]:
        rule = f"{_place(publication, entry.address)} {_place(publication, entry.target)} 301\n"
        size += len(rule)
        if size > LARGEST:
            return
        if len(rule) <= LONGEST_RULE:
            yield rule


def _rank(entry: Produced) -> tuple[int, str]:
    is_short = entry.address.startswith(urls.PERMANENT)
    is_current = not is_short and entry.address.startswith(entry.target)
    return (2 if is_current else 1 if is_short else 0, entry.address)


def _place(publication: Publication, address: str) -> str:
    # `:` and `*` would be a pattern, a blank would end the address.
    return quote(publication.urls.base_path + address.removeprefix("/"), safe="/")


def _said(old: OldAddress) -> str:
    if old.key.endswith(".json"):
        return canonical_json({"address": old.key, "gone": old.gone, "on": old.on.isoformat()})
    return f"{' '.join((old.gone or '').split())}\n"
