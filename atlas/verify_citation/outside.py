"""What is looked at outside of the site: GitHub's attestation, archived copies, the live page."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from atlas import attestation as gh
from atlas.citation_check.anchoring import anchored
from atlas.citation_check.attestation import ENDING
from atlas.citation_check.exhibit import Attested, Exhibit, Seen, tree_of
from atlas.citation_check.found import visible
from atlas.fetch import Asking, Fetcher, FetchSettings, NotFetched, unusable
from atlas.model import Body, DocumentState, Source, Watched
from atlas.proof.attestation import is_about
from atlas.verify_citation.places import Case
from atlas.verify_citation.settings import Settings

MOST_COPIES = 3
"""Archived copies that are read, the newest first."""
MOST_PAGES = 5
_HOPS = 5
_REDIRECTS = {301, 302, 303, 307, 308}


def looked_outside(of: Exhibit, case: Case) -> Exhibit:
    """Return an exhibit with what was seen outside of the site."""
    settings = case.settings
    of = replace(of, attested=_attested(of, settings))
    if settings.offline:
        return _unasked(of, "`--offline` forbids to ask for it.")
    if not case.is_newest:
        return _unasked(of, "It was asked for the newest revision here alone.")
    if of.quote is None:
        return _unasked(of, "There is no quotation at hand to look for.")
    return replace(
        of,
        copies=tuple(asyncio.run(_copy(url, settings.fetch)) for url in _copies(case)),
        copies_absent="No archived copy that holds the words is known of.",
        pages=asyncio.run(_live(of, _sources(of), settings.fetch)),
        pages_absent="No address of the document is recorded.",
    )


def _unasked(of: Exhibit, why: str) -> Exhibit:
    return replace(of, copies_absent=why, pages_absent=why)


def _attested(of: Exhibit, settings: Settings) -> Attested | None:
    """Return what `gh` says of the first attestation that is of the root's line."""
    for name, bundle, line in anchored(of, ENDING):
        if line is None or not is_about(bundle, line):
            continue
        repository = settings.repository or "OWNER/NAME"
        how = (
            f"`gh attestation verify FILE --bundle {name} --repo {repository}` does it, where FILE holds the line of"
            f" {name.partition('.')[0]} leaves of `roots.jsonl` without its line feed."
        )
        why = _unverifiable(settings)
        is_sound, said = (None, why) if why else gh.verify(line, bundle, settings.repository)
        said = said if why else f"`{visible(said)}`"
        if is_sound is None:
            return Attested(
                None,
                f"`{name}` is an attestation of this root's line, and its signatures were not verified ({said}):"
                f" {how}",
            )
        verdict = (
            f"finds that {repository} made `{name}`" if is_sound else f"refuses `{name}`: {said}"
        )
        return Attested(is_sound, f"`gh attestation verify` {verdict}.")
    return None


def _unverifiable(settings: Settings) -> str:
    """Return why `gh` is not asked; empty: it is."""
    if settings.offline:
        return "`--offline` forbids it"
    if not settings.repository:
        return "nobody said whose they have to be, as `--repository` does"
    return "" if gh.is_there() else "`gh` is not installed"


def _copies(case: Case) -> list[str]:
    """Return the addresses of archived copies that were found to hold the words, the newest first."""
    evidence = case.of_document("evidence.json")
    tree: Any = tree_of(evidence.content) if evidence else None
    told = tree.get("archived") if isinstance(tree, dict) else None
    found = [
        (str(one.get("captured_at")), str(one["address"]))
        for one in (told if isinstance(told, list) else ())
        if isinstance(one, dict) and one.get("clause_in_memento") is True and one.get("address")
    ]
    return [address for _, address in sorted(found, reverse=True)[:MOST_COPIES]]


def _sources(of: Exhibit) -> tuple[str, ...]:
    document: Any = (of.tree or {}).get("document")
    told = document.get("sources") if isinstance(document, dict) else None
    urls = [one for one in (told if isinstance(told, list) else ()) if isinstance(one, str)]
    return tuple(urls[:MOST_PAGES])


async def _copy(url: str, settings: FetchSettings) -> Seen:
    """Return an archived copy as it was taken, without what the archive adds."""
    asked = _raw(url)
    try:
        async with Fetcher(replace(settings, pause=1.0)) as fetcher:
            for _ in range(_HOPS):
                answer = await fetcher.call(asked, Asking())
                if answer.status not in _REDIRECTS:
                    break
                asked = _raw(urljoin(asked, answer.headers.get("location", "")))
        if answer.status != 200:
            raise unusable(answer.status, "the archive")
    except NotFetched as error:
        return Seen(url, None, f"The archived copy could not be read: {error.failed.detail}")
    kind = answer.headers.get("content-type", "")
    return Seen(url, Body(url, asked, 200, kind, answer.content))


def _raw(url: str) -> str:
    head, web, rest = url.partition("/web/")
    stamp, slash, page = rest.partition("/")
    return f"{head}{web}{stamp}id_/{page}" if slash and stamp.isdecimal() else url


async def _live(of: Exhibit, urls: tuple[str, ...], settings: FetchSettings) -> tuple[Seen, ...]:
    """Return the sources of the document, asked for as the verifier does: robots.txt first, in turn."""
    seen = []
    document: Any = (of.tree or {}).get("document")
    language = str(document.get("language") or "en") if isinstance(document, dict) else "en"
    async with Fetcher(settings) as fetcher:
        for url in urls:
            source = Source.model_construct(url=url, select=None, remove=(), render=False)
            watched = Watched(of.id, "", (source,), language, ())
            fetched = await fetcher.fetch(watched, DocumentState(of.id), True, None)  # noqa: FBT003
            body = fetched.bodies[0] if fetched.bodies else None
            why = fetched.failed.detail if fetched.failed else "Nothing came."
            seen.append(Seen(url, body, "" if body else f"The live page could not be read: {why}"))
    return tuple(seen)
