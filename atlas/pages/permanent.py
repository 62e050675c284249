"""The addresses that lead elsewhere: those of ids, of current revisions, and all that a page once had.

Core. Each is a page that sends a browser on, with a link to follow where that does not happen, so
that it works on any host. The canonical URL is the target's, so that nobody cites the detour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atlas import urls
from atlas.addresses import Produced, in_own_language, jurisdictions
from atlas.model import AddressKind, Severity
from atlas.pages import parts
from atlas.pages.plan import Head, Link, PagePlan
from atlas.publication import Publication

_ABOVE_A_RECORD = 4
"""Names in the address of a provision: `/platform/acme/terms/deleted-chats/`."""


@dataclass(frozen=True, slots=True)
class PermanentView:
    """What `pages/permanent.html` is handed."""

    id: str
    """The permanent number that leads there; nothing where it is another address that does."""
    target: Link


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each address that leads to another one of its language."""
    names = _names(publication)
    for entry in _redirects(publication):
        if urls.is_translated(entry.address):
            yield _plan(publication, entry, names)


def ids(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each permanent address, of records, of their revisions, and of documents."""
    names = _names(publication)
    for entry in _redirects(publication):
        if not urls.is_translated(entry.address):
            yield _plan(publication, entry, names)


def _redirects(publication: Publication) -> Iterator[Produced]:
    entries = in_own_language(publication.atlas)
    return (entry for entry in entries if entry.kind is AddressKind.REDIRECT)


def _plan(publication: Publication, entry: Produced, names: Mapping[str, Link]) -> PagePlan:
    href = publication.href(entry.target)
    named = names.get(_owner(entry.target), Link(entry.target, href))
    number = entry.id if entry.address.startswith(urls.PERMANENT) else ""
    say = publication.words.say
    return PagePlan(
        address=entry.address,
        template="pages/permanent.html",
        head=Head(
            title=number or say("permanent.moved"),
            description=named.text,
            canonical=publication.absolute(entry.target),
            indexed=False,
            refresh=href,
        ),
        view=PermanentView(number, Link(named.text, href, named.written)),
    )


def _owner(address: str) -> str:
    """Return the address of the page that names what is there: a record's, for what is below it."""
    names = address.removeprefix("/").removesuffix("/").split("/")
    if address.startswith(urls.PLATFORMS) and len(names) > _ABOVE_A_RECORD:
        return f"/{'/'.join(names[:_ABOVE_A_RECORD])}/"
    return address


def _names(publication: Publication) -> Mapping[str, Link]:
    """Return what the pages that an address may lead to are called, by address."""
    atlas, words = publication.atlas, publication.words
    written = {
        **{urls.platform(of): of.name for of in atlas.platforms.values()},
        **{urls.document(of): of.title for of in atlas.documents.values()},
        **{urls.provision(of): of.claim for of in atlas.provisions.values()},
        **{urls.clause_type(of.key): of.name for of in atlas.clause_types.values()},
        **{urls.regulation(of.key): of.name for of in atlas.regulations.values()},
        **{urls.category(of.key): of.name for of in atlas.categories.values()},
        **{urls.prose(of.slug): of.title for of in atlas.records.prose},
    }
    said = {
        **{urls.severity(of): parts.label(words, of) for of in Severity},
        **{urls.jurisdiction(code): parts.place(words, code) for code in jurisdictions(atlas)},
        **{address: words.say(key) for address, key in _LISTS},
    }
    return {
        **{address: Link(text, address, written=True) for address, text in written.items()},
        **{address: Link(text, address) for address, text in said.items()},
    }


_LISTS = (
    (urls.HOME, "permanent.home"),
    (urls.SEARCH, "search.title"),
    (urls.PLATFORMS, "nav.platforms"),
    (urls.CLAUSE_TYPES, "nav.clause-types"),
    (urls.REGULATIONS, "nav.regulations"),
    (urls.JURISDICTIONS, "jurisdiction.list"),
    (urls.CATEGORIES, "category.list"),
    (urls.SEVERITIES, "severities.list"),
)
