"""What was seen, in small: one document with one clause, and evidence made by hand, for tests of figures and pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from conftest import ROOT
from worlds import SITE, document, platform, provision
from worlds import atlas as world

from atlas import load, site
from atlas.canonical import clause_sha256
from atlas.link import link
from atlas.model import (
    ClauseSeen,
    ClauseState,
    Evidence,
    History,
    Look,
    Sighting,
    Stamp,
    TextRef,
    TextSeen,
    TextSighting,
    Wording,
)
from atlas.pages import provision as provision_page

RECORD, DOCUMENT = "SA-P-100001", "SA-D-00001"
QUOTE = "We may use what you write."
OTHER = "We will use what you write."
START = datetime(2026, 5, 1, 5, 17, tzinfo=UTC)
DAY = timedelta(days=1)
TREE = {
    "data/site.yaml": f"{SITE}translations:\n  - de\n",
    "content/platform/acme/_platform.yaml": platform("Acme"),
    "content/platform/acme/terms/_document.yaml": document(
        id=DOCUMENT, sources="\n  - url: https://acme.example/terms"
    ),
    "content/platform/acme/terms/writing.md": provision(QUOTE, id=RECORD),
}
BARE = world(TREE)
WRITING = BARE.by_id[RECORD]


def stamp(at):
    return Stamp(f"{at:%Y%m%dT%H%M%SZ}", at, at, "region EU, language en")


def line(
    at, state=ClauseState.INTACT, text=None, *, confirmed=True, since=None, quote=QUOTE, looks=1
):
    """A line of the ledger about the clause: its words, or others."""
    wording = Wording(text, clause_sha256(text)) if text else None
    seen = ClauseSeen(
        DOCUMENT,
        RECORD,
        clause_sha256(quote),
        state,
        confirmed,
        "0" * 64,
        since or at,
        looks,
        score=None if state.is_found else 0.9,
        wording=wording,
    )
    return Sighting(stamp(at), seen)


def texts(*shown):
    """Lines about the document's text: instant, letter of the hash, and what else is known of it."""
    found, before = [], None
    for at, letter, more in shown:
        seen = TextSeen(
            DOCUMENT,
            TextRef(letter * 64, 100),
            before,
            ("f" * 64,),
            "Terms",
            "en",
            "html-v1",
            (),
            **more,
        )
        found.append(TextSighting(stamp(at), seen))
        before = letter * 64
    return tuple(found)


def atlas_of(looks, lines, shown=(), tree=None, spans=None, held=(), archived=()):
    """The small world with what was seen of its one document; a look is an instant, or one with a failure."""
    pairs = [look if isinstance(look, tuple) else (look, None) for look in looks]
    history = History(
        DOCUMENT,
        tuple(
            Look(at, f"{at:%Y%m%dT%H%M%SZ}", failure, "It did not." if failure else "")
            for at, failure in pairs
        ),
        shown,
        {RECORD: tuple(lines)} if lines else {},
        tuple((stamp(at), copy) for at, copy in archived),
    )
    evidence = Evidence({DOCUMENT: history} if pairs else {}, spans or {}, frozenset(held))
    records = (world(tree) if tree else BARE).records
    return link(replace(records, evidence=evidence))


def days(*numbers):
    return [START + DAY * n for n in numbers]


def drawn(atlas, as_of, language="en"):
    """Return the HTML of the page of the clause, in a language of the interface."""
    return publish(atlas, as_of, language)[0]


def publish(atlas, as_of, language="en", folder=None):
    """Return the page of the clause and its address; written to a folder with all that it loads, if one is given."""
    templates, publications = _published()
    own, german = (replace(p, atlas=atlas, as_of=as_of) for p in publications)
    publication = own if language == own.words.language else replace(german, original=own)
    plan = next(iter(provision_page.pages(publication)))
    html = site.renderer(publication, templates).draw(plan)
    address = publication.href(plan.address)
    if folder:
        for file in site.assets(publication, templates):
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).write_bytes(file.content)
        page = folder / f"{address}index.html".removeprefix("/")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")
    return html, address


@cache
def _published():
    """Return the templates and what is the same for every atlas: its words and addresses, read once."""
    templates = load.load_templates(ROOT)
    publication = site.publish(BARE, templates, site.Settings(START.date()))
    return templates, site.in_every_language(publication, templates)
