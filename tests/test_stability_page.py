"""What a provision's page says of its wording: every state with its own expiry, its list and its next step."""

import gzip
import re
from dataclasses import replace
from datetime import date

import pytest
from conftest import AS_OF, ROOT
from seen import (
    DAY,
    DOCUMENT,
    OTHER,
    QUOTE,
    RECORD,
    START,
    TREE,
    atlas_of,
    days,
    drawn,
    line,
    stamp,
    texts,
)
from selectolax.lexbor import LexborHTMLParser
from worlds import document

from atlas import load, site
from atlas.canonical import clause_sha256
from atlas.link import link
from atlas.model import (
    Archived,
    ArchiveSpan,
    ClauseSeen,
    ClauseState,
    Evidence,
    Failure,
    History,
    ImportedObservation,
    Look,
    Sighting,
    TextRef,
    TextSeen,
    TextSighting,
    Wording,
)
from atlas.pages import provision as provision_page
from atlas.parse import parse

NEW = "We will not use what you write for 30 days."
EDITION = "SA-D-00002"


def page(atlas, as_of, language="en"):
    return LexborHTMLParser(drawn(atlas, as_of, language))


def said(tree, selector="main"):
    return " ".join(" ".join(n.text(separator=" ") for n in tree.css(selector)).split())


def facts(tree):
    """The fact about the wording, as it stands in the status line."""
    return next(said(div, "dd") for div in tree.css(".facts > div") if "Wording" in div.text())


def part(tree, name):
    """The words of a section, by the id of its heading."""
    (found,) = (s for s in tree.css("section") if s.css_first(f"#{name}"))
    return " ".join(found.text(separator=" ").split())


def reworded(text=NEW):
    """Intact for twenty days, then other words, confirmed a day later."""
    since = START + DAY * 20
    return [
        line(START),
        line(since, ClauseState.REWORDED, text, confirmed=False),
        line(since + DAY, ClauseState.REWORDED, text, since=since, looks=2),
    ]


def test_never_observed_stays_true_without_looks():
    """A record without a look says so; there is no line, no panel and no figure."""
    tree = page(atlas_of([], []), date(2026, 5, 20))
    assert facts(tree).startswith("Never verified")
    assert tree.css(".neatline") == []
    assert "Never observed" in part(tree, "stability")
    assert "Last verified never" in part(tree, "details")


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"id": DOCUMENT}, "No address is recorded"),
        ({"sources": "\n  - url: https://a.example/"}, "It has no ID yet"),
    ],
    ids=["no address", "no id"],
)
def test_what_nobody_can_look_at_says_why(fields, label):
    """A document without an address or an id names the reason and the next step."""
    tree = {**TREE, "content/platform/acme/terms/_document.yaml": document(**fields)}
    assert label in part(page(atlas_of([], [], tree=tree), date(2026, 5, 20)), "stability")


def test_verified_prints_its_expiry():
    """The state stands with the day of the look and the day until which it holds; the line has a sentence."""
    tree = page(atlas_of(days(0, 1, 2, 4), [line(START)]), date(2026, 5, 6))
    assert facts(tree) == "Intact verified 5 May 2026, good until 12 May 2026"
    assert "Good looks on 4 of 6 days. The same words each time." in said(tree, ".hung")
    assert "On the other 2 days nobody saw it" in said(tree, ".hung")
    assert len(tree.css(".quote .neatline")) == 1


@pytest.mark.parametrize(("age", "label"), [(8, "Due"), (30, "Due"), (31, "Stale"), (300, "Stale")])
def test_stale_never_looks_verified(age, label):
    """Past the expiry the word itself changes, and nothing on the page says verified or stable of today."""
    tree = page(atlas_of(days(*range(100)), [line(START)]), (START + DAY * (99 + age)).date())
    assert facts(tree).startswith(label)
    assert "Nobody has seen it since 8 August 2026, so we cannot say" in said(tree, ".hung")
    assert "Stable" not in said(tree)
    assert "verified 8" not in said(tree, ".facts")


def test_stable_says_its_time():
    """The word stands with the monitored time, only after ninety days."""
    late = page(atlas_of(days(*range(92)), [line(START)]), START.date() + DAY * 92)
    assert "Stable. No change of these words in 2 months (91 days)" in part(late, "stability")
    early = page(atlas_of(days(*range(89)), [line(START)]), START.date() + DAY * 89)
    assert "Stable." not in said(early)


def test_differs_from_the_first_sight():
    """A change that one look saw is told above the title, word by word, with how many looks are still needed."""
    lines = [line(START), line(START + DAY, ClauseState.REWORDED, NEW, confirmed=False)]
    tree = page(atlas_of(days(0, 1), lines), date(2026, 5, 3))
    order = [n.attributes.get("class") or n.tag for n in tree.css("main > *")]
    assert order.index("notice changed") < order.index("h1")
    above = said(tree, ".notice.changed")
    assert "Other words were seen on 2 May 2026, and are being confirmed." in above
    assert "One look found that. At least one more must agree." in above
    assert facts(tree).startswith("Differs")
    (now,) = (s for s in tree.css("section") if s.css_first("#now"))
    assert {n.text() for n in now.css("blockquote ins b")} >= {"not", "30"}
    assert {n.text() for n in now.css("blockquote del b")} == {"may"}
    assert now.css_first("blockquote .unseen").text().strip() == "Removed:"
    assert "and 1 clause change being confirmed" in said(tree, ".spread")
    panel = part(tree, "stability")
    assert "A change of these words was seen on 2 May 2026, and is being confirmed." in panel
    assert "No change" not in said(tree)


def test_former_is_said_above_the_title():
    """Confirmed other words: no longer the platform's since a day, the grade of the former wording, both wordings shown."""
    tree = page(atlas_of(days(*range(30)), reworded()), date(2026, 5, 31))
    above = said(tree, ".notice.changed")
    assert "Reworded: these are no longer the platform’s words since 21 May 2026." in above
    assert "The grade is of the former wording" in above
    order = [n.tag if n.tag == "h1" else n.attributes.get("class") for n in tree.css("main > *")]
    assert order.index("notice changed") < order.index("h1")
    assert QUOTE in said(tree, "#quotation")
    assert NEW in part(tree, "now")
    assert "Confirmed on 22 May 2026, by 2 looks that agree." in part(tree, "stability")
    assert "Likeness: 0.90 of 1." in part(tree, "stability")


def test_words_that_came_back_leave_a_gap_that_is_told():
    """While other words stood there the line breaks off, and a sentence says why."""
    back = line(START + DAY * 30, since=START + DAY * 29, looks=2)
    tree = page(atlas_of(days(*range(40)), [*reworded(), back]), date(2026, 6, 10))
    assert facts(tree).startswith("Intact")
    assert "Where the line breaks off, other words stood there." in said(tree, ".hung")
    assert "Back at the quotation, first seen on 30 May 2026." in part(tree, "stability")


def test_removed_words_are_struck():
    """Words that are gone stand struck out, in an element that says so."""
    since = START + DAY * 5
    lines = [line(START), line(since, ClauseState.REMOVED, since=since, looks=3)]
    tree = page(atlas_of(days(*range(8)), lines), date(2026, 5, 9))
    assert said(tree, "#quotation del") == QUOTE
    assert "Removed: these are no longer the platform’s words since 6 May 2026." in said(
        tree, ".notice"
    )


@pytest.mark.parametrize(
    "failure", [f for f in Failure if f not in {Failure.NO_ID, Failure.NO_ADDRESS}]
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_failure_has_its_name_and_next_step(failure, language):
    """A look that told nothing is named above the title with its detail and what happens next; words stay as last seen."""
    atlas = atlas_of([START, (START + DAY, failure)], [line(START)])
    tree = page(atlas, date(2026, 5, 3), language)
    words = site.read_words(
        (ROOT / "templates" / f"words{'.de' if language == 'de' else ''}.yaml").read_text(
            encoding="utf-8"
        ),
        language,
    )
    notice = said(tree, ".notice")
    assert words.say(f"failure.{failure.value}.label") in notice
    assert words.say(f"failure.{failure.value}.next") in notice
    assert "It did not." in notice
    assert tree.css(".notice.changed") == []
    assert QUOTE in said(tree, "#quotation")


def test_trouble_for_a_week_calls_for_a_person():
    """After seven days without a good look the next step is a person's."""
    looks = [START, *((START + DAY * n, Failure.SUSPECT) for n in range(1, 10))]
    tree = page(atlas_of(looks, [line(START)]), date(2026, 5, 10))
    assert "A person must look." in said(tree, ".notice")


def test_scattered_and_never_found_call_for_a_person():
    """Words too far apart, and a quotation that was never found, are said so and are no change."""
    apart = page(
        atlas_of(
            days(0, 1), [line(START), line(START + DAY, ClauseState.SCATTERED, confirmed=False)]
        ),
        date(2026, 5, 3),
    )
    assert "too far apart to be one clause" in said(apart, ".notice")
    hint = line(START, ClauseState.REWORDED, NEW, confirmed=False)
    never = page(atlas_of(days(0, 1), [hint]), date(2026, 5, 3))
    assert "was not found in its document" in said(never, ".notice")
    assert facts(never).startswith("Never verified")
    assert NEW not in said(never)


def test_no_count_without_its_list():
    """Every number of changes on the page is the number of rows beside it: words, days and gaps."""
    shown = texts(*((START + DAY * n, letter, {}) for n, letter in enumerate("abcd")))
    tree = page(
        atlas_of([*days(*range(30)), START + DAY * 45], reworded(), shown), date(2026, 6, 15)
    )
    panel = part(tree, "stability")
    assert "One change of these words between" in panel
    assert len(re.findall(r"first seen on", panel)) == 1
    listed = tree.css_first("#stability").parent.parent.css("details > ul")[0].css("li")
    assert "3 changes of the document’s text" in panel
    assert [n.text() for n in listed] == ["4 May 2026", "3 May 2026", "2 May 2026"]
    assert "Gap 30 May 2026 to 15 June 2026" in panel
    (lately,) = tree.css('.spread a[href="#stability"]')
    assert lately.text().startswith("1 clause change and")


def test_the_platform_s_date_stands_beside_ours():
    """A text that changed under an unmoved date is told, as the document's own claim."""
    shown = texts(
        (START, "a", {"announced": "2026-04-01"}),
        (START + DAY * 3, "b", {"announced": "2026-04-01"}),
    )
    panel = part(page(atlas_of(days(0, 2, 3), [line(START)], shown), date(2026, 5, 5)), "stability")
    assert "New text seen on 4 May 2026, last without it on 3 May 2026." in panel
    assert "It still dates itself 1 April 2026, as before." in panel


def test_evidence_by_hash_and_method():
    """Each hash has its method, what the latest look made of it and the run; what is held and copied is said."""
    shown = texts((START, "a", {}))
    copy = Archived(
        DOCUMENT,
        "https://acme.example/terms",
        "https://web.archive.org/web/1/x",
        START,
        clause_in_memento=True,
    )
    atlas = atlas_of(days(0, 1), [line(START)], shown, held={"a" * 64}, archived=[(START, copy)])
    evidence = part(page(atlas, date(2026, 5, 3)), "evidence")
    assert "The same on 2 May 2026, run 20260502T051700Z." in evidence
    assert "stored here, as text-v1" in evidence
    assert "recomputed from the stored text of 1 May 2026, run 20260501T051700Z" in evidence
    assert "1 May 2026, and the clause is in it" in evidence
    assert "./run fingerprint --form clause-v1 -" in evidence
    refused = replace(
        copy,
        address=None,
        captured_at=None,
        clause_in_memento=None,
        reason="the archive refused it",
    )
    bare = part(
        page(
            atlas_of(days(0), [line(START)], shown, archived=[(START, refused)]), date(2026, 5, 3)
        ),
        "evidence",
    )
    assert "Snapshot not stored" in bare
    assert "not reproducible, since the text is not held here" in bare
    assert "not archived, because the archive refused it" in bare


def test_a_hash_that_differs_is_said_to_differ():
    """After a rewording the quotation's hash is different, by the run that saw it last."""
    evidence = part(page(atlas_of(days(*range(30)), reworded()), date(2026, 5, 31)), "evidence")
    assert "Different on 30 May 2026, run 20260530T051700Z." in evidence


def test_records_of_others_stand_apart():
    """Another edition's changes are drawn apart, by the archive's name, and leave this record's own state as it is."""
    tree = {
        **TREE,
        "content/platform/acme/terms-eu/_document.yaml": document(
            "Terms for Europe", id=EDITION, edition_of=DOCUMENT, region="EU"
        ),
    }
    entries = tuple(
        ImportedObservation(
            at,
            f"https://archive.example/{n}",
            "c" * 40,
            "9" * 64,
            "plain-v1",
            {RECORD: clause_sha256(text)},
        )
        for n, (at, text) in enumerate([(START, QUOTE), (START + DAY * 30, OTHER)])
    )
    span = ArchiveSpan("open-terms-archive", EDITION, START, START + DAY * 60, 5, entries)
    shown = page(atlas_of([], [], tree=tree, spans={EDITION: (span,)}), date(2026, 9, 1))
    apart = part(shown, "recorded-1")
    assert "The same words elsewhere: European Union" in apart
    assert "One change recorded by Open Terms Archive, 1 May 2026 to 30 June 2026." in apart
    assert f"clause-v1:sha256:{clause_sha256(OTHER)}" in apart
    assert "no word diff" in apart
    assert facts(shown).startswith("Never verified")
    assert shown.css(".quote .neatline") == []
    assert len(shown.css(".neatline.thin")) == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_heaviest_page_stays_light(language):
    """The real page with the most on it, changed and confirmed, with a year of texts and another edition, in 14 KB."""
    records, problems = parse(load.load(ROOT).files)
    assert problems == []
    atlas = link(records)
    of = atlas.by_id["CA-P-007114"]
    own = atlas.documents[of.platform, of.document].id
    new = of.clause.replace("unless you opt out", "unless you opt out within 30 days").replace(
        "(1)", "(i)"
    )

    def seen(at, state, text=None):
        wording = Wording(text, clause_sha256(text)) if text else None
        return Sighting(
            stamp(at),
            ClauseSeen(
                own,
                of.id,
                clause_sha256(of.clause),
                state,
                confirmed=True,
                text_sha256="0" * 64,
                first_seen_at=at,
                looks=2,
                score=0.93,
                wording=wording,
            ),
        )

    shown, before = [], None
    for n in range(12):
        sha = clause_sha256(str(n))
        entry = TextSeen(
            own,
            TextRef(sha, 9000),
            before,
            (sha,),
            "Terms",
            "en",
            "html-v1",
            (),
            announced="2026-05-05",
        )
        shown.append(TextSighting(stamp(START + DAY * 16 * n), entry))
        before = sha
    looks = tuple(Look(START + DAY * n / 2, f"{n:016d}Z", None) for n in range(400))
    lines = (seen(START, ClauseState.INTACT), seen(START + DAY * 150, ClauseState.REWORDED, new))
    history = History(own, looks, tuple(shown), {of.id: lines})
    atlas = link(replace(records, evidence=Evidence({own: history})))
    templates = load.load_templates(ROOT)
    publications = site.in_every_language(
        site.publish(atlas, templates, site.Settings(AS_OF)), templates
    )
    publication = next(p for p in publications if p.words.language == language)
    plan = next(p for p in provision_page.pages(publication) if of.slug in p.address)
    files = {f.path: f.content for f in site.assets(publication, templates)}
    loaded = [files[path] for path in files if re.search(r"/(atlas|record|icon)\.", path)]
    page = site.renderer(publication, templates).draw(plan).encode()
    assert "since 28 September 2026" in page.decode() or language == "de"
    assert sum(len(gzip.compress(content, 9)) for content in [page, *loaded]) <= 14 * 1024
