"""What is cited: a revision of ours, their clause, an older revision; with everything that a reader must know."""

import json
from dataclasses import replace
from datetime import date

import pytest
from conftest import ROOT
from seen import DAY, DOCUMENT, START, TREE, atlas_of, days, drawn, line
from worlds import SITE, document, platform, provision
from worlds import atlas as world

from atlas import citing, frozen, load, site
from atlas.model import Archived, ClauseState

TEMPLATES = load.load_templates(ROOT)
PLACE = "content/platform/acme/terms/writing.md"
PEOPLE = (
    "jo:\n  name: Jo Ray\nkim:\n  name: Kim Sol\nlou:\n  name: Lou, Jr.\nmay:\n  name: May Ann\n"
)
NUMBERED = {"id": "SA-P-100001", "section": '"4"', "captured_at": "2026-05-09T14:35:38Z"}
SIGNED = {"analysis": "\n  written: 2026-05-10\n  method: human\n  authors:\n    - jo\n    - kim"}


def publication(atlas, as_of=date(2026, 6, 30)):
    return site.publish(atlas, TEMPLATES, site.Settings(as_of))


def tree(terms=None, acme=None, **fields):
    return {
        **TREE,
        "data/people.yaml": PEOPLE,
        "content/platform/acme/_platform.yaml": acme or platform("Acme", entity="Acme, Inc."),
        "content/platform/acme/terms/_document.yaml": terms
        or document(
            id=DOCUMENT,
            language="en",
            region="EU",
            stated_date="2026-05-05",
            sources="\n  - url: https://acme.example/terms",
        ),
        PLACE: provision(**{**NUMBERED, **fields}),
    }


def cited(**fields):
    """Return a publication, its record as cited and its clause as cited."""
    made = publication(world(tree(**fields)))
    (of,) = made.atlas.provisions.values()
    return made, citing.record(made, of), citing.clause(made, of)


def forms(made, of):
    return {form.key: form.cite(made.words, of) for form in citing.FORMS}


def test_a_record_is_cited_by_its_revision():
    """Key, address and number are those of the revision; the day is that of the analysis."""
    _, record, _ = cited(**SIGNED)
    assert record.key == "SA-P-100001-r1"
    assert record.url == "https://sample.example/id/SA-P-100001/r1/"
    assert (record.number, record.revision, record.day) == ("SA-P-100001", 1, date(2026, 5, 10))
    assert record.authors == ("Jo Ray", "Kim Sol")
    assert not record.is_claim


def test_the_parts_of_a_name_come_from_the_shelf_and_are_frozen():
    """What a person's entry says of the name is cited, and an older revision has it from its frozen form alone."""
    people = PEOPLE.replace("name: Jo Ray", "name: Jo Ray\n  sort_name: Ray, Jo")
    made = publication(world({**tree(**SIGNED), "data/people.yaml": people}))
    (of,) = made.atlas.provisions.values()
    assert citing.record(made, of).sort_names == ("Ray, Jo", "")
    held = frozen.freeze(made.atlas, of)
    assert held["analysis"]["sort_names"] == {"Jo Ray": "Ray, Jo"}
    assert citing.former_revision(made, of, held).sort_names == ("Ray, Jo", "")
    bare = publication(world(tree(**SIGNED)))
    assert "sort_names" not in frozen.freeze(bare.atlas, of)["analysis"]
    assert frozen.changed(held, frozen.freeze(bare.atlas, of)) == ()


def test_a_revised_record_has_the_day_of_its_revision():
    """A revision's day goes before that of the analysis, and the address names the revision."""
    revision = "\n  number: 3\n  on: 2026-06-01\n  because: The clause was read again."
    _, record, _ = cited(revision=revision, **SIGNED)
    assert record.day == date(2026, 6, 1)
    assert record.url.endswith("/id/SA-P-100001/r3/")
    assert "revised 1 June 2026" in record.dated


def test_without_authors_the_atlas_is_the_author():
    """A record that names nobody is the atlas's own, and the atlas is not named twice."""
    made, record, _ = cited()
    assert record.authors == ("Sample Atlas",)
    assert forms(made, record)["apa"].count("Sample Atlas") == 1
    assert forms(made, record)["oscola"].count("Sample Atlas") == 1
    assert forms(made, record)["bluebook"].count("Sample Atlas") == 1
    assert forms(made, record)["csl-json"].count("Sample Atlas") == 1


def test_a_record_without_a_number_says_so():
    """Until it has a number a record is cited by its page, and every form says that it has none."""
    made, record, clause = cited(id=None)
    assert record.url == "https://sample.example/platform/acme/terms/writing/"
    assert record.key == "acme-terms-writing-r1"
    assert clause.key == "acme-terms-writing-clause"
    for key, text in forms(made, record).items():
        assert "record not yet numbered" in text, key


def test_what_has_no_day_has_no_day_in_any_form():
    """Without a day nothing invents one: `n.d.`, or the style's own way, and no year field."""
    made, record, _ = cited()
    told = forms(made, record)
    assert "(n.d.)" in told["apa"]
    assert "n.d." in told["plain"]
    assert "undated" in told["oscola"]
    assert "year" not in told["bibtex"]
    assert "PY  -" not in told["ris"]
    assert "issued" not in json.loads(told["csl-json"])


STATES = {
    "withdrawn": {"status": "\n  state: withdrawn\n  on: 2026-06-02\n  reason: It was misread."},
    "superseded": {"status": "\n  state: superseded\n  on: 2026-06-02\n  replaced_by: SA-P-100002"},
    "disputed": {"status": "\n  state: disputed"},
    "draft that nobody has reviewed": {},
}


@pytest.mark.parametrize("said", STATES)
def test_every_form_says_the_state(said):
    """Draft, withdrawn, superseded, disputed: no form leaves it out."""
    made, record, _ = cited(**STATES[said])
    for key, text in forms(made, record).items():
        assert said in text, key


def test_a_reviewed_record_is_no_draft():
    """After a review no form calls it one."""
    made, record, _ = cited(reviews="\n  - by: kim\n    on: 2026-05-20")
    assert not any("draft" in text for text in forms(made, record).values())


def test_every_form_says_that_it_is_invented():
    """A fictional atlas's citations say so of the record and of the clause."""
    made = publication(world({**tree(), "data/site.yaml": f"{SITE}fictional: true\n"}))
    (of,) = made.atlas.provisions.values()
    for one in (citing.record(made, of), citing.clause(made, of)):
        for key, text in forms(made, one).items():
            assert "invented" in text, (one.key, key)


def test_every_form_says_that_the_words_are_former():
    """When the platform has other words now, record and clause are cited as former."""
    gone = [line(START), line(START + DAY * 3, ClauseState.REMOVED, since=START, looks=3)]
    made = publication(atlas_of(days(0, 1, 2, 3), gone))
    (of,) = made.atlas.provisions.values()
    for key, text in forms(made, citing.record(made, of)).items():
        assert "on words that are former" in text, key
    for key, text in forms(made, citing.clause(made, of)).items():
        assert "former wording" in text, key


def test_a_clause_names_its_document_place_edition_and_days():
    """The legal entity, the title, the section, the date as the document's claim, edition, capture, address."""
    _, _, clause = cited()
    assert clause.authors == ("Acme, Inc.",)
    assert (clause.title, clause.pinpoint, clause.url) == (
        "Terms",
        "4",
        "https://acme.example/terms",
    )
    assert (clause.day, clause.is_claim) == (date(2026, 5, 5), True)
    assert clause.described == (
        "English edition",
        "region European Union",
        "as captured 9 May 2026, 14:35 UTC",
    )
    assert clause.dated == "dated 5 May 2026 by the document itself"


@pytest.mark.parametrize(
    ("entity", "title", "author"),
    [
        ("Acme Holding, LLC", "Terms", "Acme Holding, LLC"),
        ("Zenith, LLC", "Terms", "Zenith, LLC (Acme)"),
        ("Zenith, LLC", "Acme Terms", "Zenith, LLC"),
        (None, "Terms", "Acme"),
    ],
)
def test_the_author_of_a_clause_is_known_to_a_reader(entity, title, author):
    """The name that people know stands beside a legal entity that does not hold it, unless the title does."""
    acme = platform("Acme", **({"entity": entity} if entity else {}))
    _, _, clause = cited(acme=acme, terms=document(title, id=DOCUMENT))
    assert clause.authors == (author,)


def test_a_silent_record_has_no_clause_to_cite():
    """Where the documents say nothing there is a record to cite and no clause."""
    silent = {"basis": "silent", "stance": "not-addressed", "read": f"\n  - {DOCUMENT}"}
    _, record, clause = cited(clause=None, **silent)
    assert record is not None
    assert clause is None


def test_no_address_is_said():
    """A document whose address is not recorded is cited without one, and readers are told."""
    made, _, clause = cited(terms=document(id=DOCUMENT))
    told = forms(made, clause)
    assert all(
        "address not recorded" in told[key].lower()
        for key in ("plain", "apa", "bluebook", "oscola")
    )
    assert "url" not in told["bibtex"]
    assert "UR  -" not in told["ris"]
    assert "URL" not in json.loads(told["csl-json"])


def copied(at, *, clause=True, address="https://web.archive.org/web/1/terms"):
    return at, Archived(DOCUMENT, "https://acme.example/terms", address, at, clause)


@pytest.mark.parametrize(
    ("copies", "found"),
    [
        ([copied(START + DAY)], True),
        ([copied(START + DAY, clause=False)], False),
        ([copied(START + DAY, clause=None)], False),
        ([copied(START - DAY)], False),
        ([copied(START + DAY * 90)], False),
        ([copied(START + DAY, address=None, clause=None)], False),
        ([], False),
    ],
    ids=[
        "read back",
        "not in it",
        "not read back",
        "before our words",
        "after the day",
        "none",
        "never asked",
    ],
)
def test_an_archived_copy_was_read_back_and_holds_the_clause(copies, found):
    """Only a copy that was read back, holds these words and was made by the day of publication is cited."""
    made = publication(atlas_of(days(0, 1), [line(START)], archived=copies))
    (of,) = made.atlas.provisions.values()
    clause = citing.clause(made, of)
    assert clause.archived == ("https://web.archive.org/web/1/terms" if found else "")
    for key, text in forms(made, clause).items():
        assert ("web.archive.org" in text) is found, key


def test_the_newest_copy_is_cited():
    """Of several sound copies the one that was asked for last is named."""
    copies = [
        copied(START + DAY),
        copied(START + DAY * 2, address="https://web.archive.org/web/2/terms"),
    ]
    made = publication(atlas_of(days(0, 1, 2), [line(START)], archived=copies))
    (of,) = made.atlas.provisions.values()
    assert citing.clause(made, of).archived == "https://web.archive.org/web/2/terms"


def test_an_older_revision_is_cited_from_its_frozen_form():
    """Authors, title, day and number are those that were frozen; that a newer one has taken its place is said."""
    before = publication(world(tree(**SIGNED)))
    (old,) = before.atlas.provisions.values()
    frozen_then = json.loads(frozen.frozen_bytes(before.atlas, old))
    revision = "\n  number: 2\n  on: 2026-06-01\n  because: The clause was read again."
    renamed = {**tree(revision=revision, title="Another title"), "data/people.yaml": PEOPLE}
    now = publication(world(renamed))
    (of,) = now.atlas.provisions.values()
    told = citing.former_revision(now, of, frozen_then)
    assert told.key == "SA-P-100001-r1"
    assert told.url == "https://sample.example/id/SA-P-100001/r1/"
    assert told.authors == ("Jo Ray", "Kim Sol")
    assert told.title.startswith("Use of writing")
    assert told.day == date(2026, 5, 10)
    for key, text in forms(now, told).items():
        assert "revision 2 has taken its place" in text, key
    clause = citing.former_clause(now, of, frozen_then)
    assert clause.key == "SA-P-100001-r1-clause"
    assert replace(clause, key="") == replace(citing.clause(before, old), key="")


def test_a_frozen_form_that_lost_its_parts_is_still_cited():
    """What is not in a frozen form is not in the citation, and nothing breaks."""
    made, _, _ = cited()
    (of,) = made.atlas.provisions.values()
    bare = citing.former_revision(made, of, {"id": of.id, "title": "T"})
    assert (bare.day, bare.revision, bare.authors) == (None, 1, ("Sample Atlas",))
    assert citing.former_clause(made, of, {"id": of.id}) is None


def test_citations_are_the_same_in_every_language_of_the_interface():
    """A page in German cites in the language of the records."""
    own, german = site.in_every_language(publication(world(tree())), TEMPLATES)
    (of,) = own.atlas.provisions.values()
    assert citing.record(own, of) == citing.record(german, of)
    assert citing.clause(own, of) == citing.clause(german, of)


def test_no_form_says_when_it_was_read():
    """The day of reading is the reader's to add: no form has one, and none changes with the day of the build."""
    early, late = (
        publication(world(tree(**SIGNED)), day) for day in (date(2026, 6, 1), date(2030, 1, 1))
    )
    for made in (early, late):
        (of,) = made.atlas.provisions.values()
        for one in (citing.record(made, of), citing.clause(made, of)):
            for text in forms(made, one).values():
                assert not any(
                    w in text.lower() for w in ("accessed", "visited", "urldate", "y2  -")
                )
    first, second = (
        forms(made, citing.clause(made, next(iter(made.atlas.provisions.values()))))
        for made in (early, late)
    )
    assert first == second


def test_names_in_right_to_left_letters_are_isolated_on_the_page_alone():
    """The page isolates such a name; what is copied or read by programs has the letters and no mark around them."""
    name = "شروط الاستخدام"
    made, record, clause = cited(terms=document(name, id=DOCUMENT, language="ar"))
    for one in (record, clause):
        for key, text in forms(made, one).items():
            assert name in text, key
            assert not set(text) & set("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"), (
                key
            )
            assert "<bdi>" not in text, key
    assert f"“<bdi>{name}</bdi>”" in drawn(made.atlas, made.as_of)


def test_an_older_clause_is_by_the_entity_of_its_document():
    """A document may name another legal entity than its platform's; an older quotation of it is by that one too."""
    terms = document(id=DOCUMENT, entity="Acme Ireland, Ltd.")
    made, _, clause = cited(terms=terms)
    (of,) = made.atlas.provisions.values()
    then = json.loads(frozen.frozen_bytes(made.atlas, of))
    assert clause.authors == citing.former_clause(made, of, then).authors == ("Acme Ireland, Ltd.",)


def test_withheld_words_are_not_cited():
    """Where the law forbids to show the words the record is cited as withdrawn, and no clause, now or before."""
    before, _, _ = cited()
    (old,) = before.atlas.provisions.values()
    then = json.loads(frozen.frozen_bytes(before.atlas, old))
    status = "\n  state: withdrawn\n  on: 2026-06-02\n  reason: A court said so.\n  withheld: A court said so."
    made, record, clause = cited(status=status)
    (of,) = made.atlas.provisions.values()
    assert clause is None
    assert citing.former_clause(made, of, then) is None
    assert record.cautions == ("draft that nobody has reviewed", "withdrawn")
