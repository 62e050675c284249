"""The fictional atlas: every field, every word of every closed list and every state stands in it, and it publishes cleanly."""

import enum
import json
import re
import shutil
import subprocess
import sys

import pytest
import sample_evidence
import sample_published
import site_links
import worlds
from conftest import AS_OF, ROOT
from previews import running, save
from pydantic import BaseModel
from selectolax.lexbor import LexborHTMLParser

from atlas import counting, examine, load, locate, model, stability
from atlas.model import vocabulary
from atlas.model.record import CLAIM_LENGTH, TITLE_LENGTH
from atlas.revisions import corrections, revisions

ADDRESS = "https://faraway-atlas.example/"
NOTICE = "Everything here is invented"
SAID = {"en": (NOTICE, "Invented: "), "de": ("Alles hier ist erfunden", "Erfunden: ")}
"""How the notice and the title begin, by language of the interface."""
DERIVED = {"Provision", "Document", "Platform", "Prose", "ClauseType", "Regulation", "Category"} | {
    "FormerRevision",
    "OldAddress",
    "Person",
    "Site",
    "Statement",
}
"""Models that add to a file's fields what the place says; the files' own are walked as their bases."""


@pytest.fixture(scope="module")
def atlas(sample):
    return examine.examine(sample, AS_OF).atlas


@pytest.fixture(scope="module")
def values(atlas):
    """Everything that the records hold: each model's instances, with what stands inside them."""
    found, queue = [], [value for value in _records(atlas) if isinstance(value, BaseModel)]
    while queue:
        value = queue.pop()
        found.append(value)
        queue += [inner for inner in _inner(value) if isinstance(inner, BaseModel)]
    return found


def _records(atlas):
    held = atlas.records
    yield held.site
    for group in (held.platforms, held.documents, held.provisions, held.prose):
        yield from group
    for group in (held.clause_types, held.regulations, held.categories, held.people):
        yield from group
    yield from (*held.statements, *held.addresses)


def _inner(value):
    for name in type(value).model_fields:
        field = getattr(value, name)
        if isinstance(field, dict):
            yield from field.values()
        elif isinstance(field, tuple):
            yield from field
        else:
            yield field


def _file_models():
    """Every model whose fields people write."""
    queue, found = [model.Record], []
    while queue:
        current = queue.pop()
        queue += current.__subclasses__()
        is_written_by_hand = current.__module__ != "atlas.model.run_report"
        if current is not model.Record and current.__name__ not in DERIVED and is_written_by_hand:
            found.append(current)
    return sorted(found, key=lambda m: m.__name__)


def test_nothing_is_wrong_with_it(sample):
    """The check finds no problem and gives no warning, as it stands and on a day years ahead."""
    report = examine.examine(sample, AS_OF).report
    assert report.problems == ()
    assert examine.examine(sample, AS_OF.replace(year=2034)).report.problems == ()


def test_it_is_large_enough_to_look_real(atlas):
    """Twelve platforms, sixty provisions, many documents, laws of many places."""
    held = atlas.records
    assert len(held.platforms) == 12
    assert len(held.provisions) >= 60
    assert len(held.documents) >= 22
    assert 14 <= len(held.clause_types) <= 18
    assert len(held.categories) >= 5
    assert len(held.regulations) >= 12
    assert len(atlas.by_jurisdiction) >= 5
    assert len({p.jurisdiction for p in held.platforms}) >= 6


def test_it_is_invented_from_end_to_end(sample, atlas):
    """No address and no host name is one that somebody could own."""
    assert atlas.site.fictional
    allowed = {"creativecommons.org"}
    for path in [*sample.rglob("*.md"), *sample.rglob("*.yaml")]:
        hosts = set(re.findall(r"https?://([^/\s>)\"]+)", path.read_text(encoding="utf-8")))
        assert {h for h in hosts if not h.endswith(".example")} <= allowed, path
    for platform in atlas.records.platforms:
        assert all(host.endswith(".example") for host in platform.hostnames)


@pytest.mark.parametrize("shape", _file_models(), ids=lambda m: m.__name__)
def test_every_field_is_set_somewhere(shape, values):
    """Each field that a person may write stands in at least one record; each optional one is also left out."""
    those = [value for value in values if isinstance(value, shape)]
    for name, field in shape.model_fields.items():
        given = [value for value in those if getattr(value, name) != field.default]
        assert given, f"no record of the sample sets {shape.__name__}.{name}"
        if not field.is_required() and shape is not model.SiteFields:
            assert len(given) < len(those), f"no record leaves {shape.__name__}.{name} out"


def _said(atlas, of):
    return [statement.kind for statement in atlas.statements_on.get(of.key, ())]


def _lists():
    return [
        found
        for found in vars(vocabulary).values()
        if isinstance(found, type) and issubclass(found, enum.Enum) and list(found)
    ]


@pytest.mark.parametrize("words", _lists(), ids=lambda e: e.__name__)
def test_every_word_of_a_closed_list_occurs(words, values, atlas):
    """Each member of each vocabulary is the value of a field, or what a field left out stands for."""
    used = {inner for value in values for inner in _inner(value) if isinstance(inner, words)}
    used |= {p.state for p in atlas.records.provisions if isinstance(p.state, words)}
    assert used == set(words)


STATES = {
    "draft": lambda a, p: p.is_draft,
    "reviewed": lambda a, p: not p.is_draft,
    "disputed, with the platform's answer": lambda a, p: (
        p.state is model.State.DISPUTED and _said(a, p) == ["response"]
    ),
    "disputed, with an answer and an objection": lambda a, p: (
        p.state is model.State.DISPUTED and _said(a, p) == ["response", "dispute"]
    ),
    "withdrawn, its words withheld, with a replacement": lambda a, p: (
        p.withheld and not p.clause and p.status.replaced_by in a.by_id
    ),
    "superseded by a record that is there": lambda a, p: (
        p.status and p.status.replaced_by in a.by_id
    ),
    "withdrawn for a reason": lambda a, p: p.state is model.State.WITHDRAWN and p.status.reason,
    "silent, with two documents read": lambda a, p: p.is_silent and len(p.read) > 1,
    "silent and unreviewed": lambda a, p: p.is_silent and p.is_draft,
    "without an id": lambda a, p: p.id is None,
    "without an id in a document without one": lambda a, p: (
        p.id is None and a.documents[p.platform, p.document].id is None
    ),
    "a later revision": lambda a, p: p.revision and p.revision.number == 2,
    "two former revisions that were published": lambda a, p: (
        [r.content == a.published.frozen.get((p.id, r.number)) for r in revisions(a, p)]
        == [True] * 3
    ),
    "spelling put right without a revision": lambda a, p: p.corrected_on and corrections(a, p),
    "old names": lambda a, p: len(p.aliases) > 1,
    "a title as long as may be": lambda a, p: len(p.title) == TITLE_LENGTH,
    "a claim as long as may be": lambda a, p: len(p.claim) == CLAIM_LENGTH,
    "words left out of the clause": lambda a, p: p.clause and "[...]" in p.clause,
    "several paragraphs": lambda a, p: p.clause and "\n\n" in p.clause,
    "a very long clause": lambda a, p: p.clause and len(p.clause) >= 3000,
    "a very short clause": lambda a, p: p.clause and len(p.clause.split()) <= 4,
    "many regulations": lambda a, p: len({m.id for m in p.regulations}) >= 14,
    "one regulation by several articles": lambda a, p: (
        len(p.regulations) > len({m.id for m in p.regulations})
    ),
    "written by a machine and reviewed by a person": lambda a, p: (
        p.reviews and p.analysis and p.analysis.method is model.Method.MACHINE
    ),
    "reviewed, with no word on who wrote it": lambda a, p: p.reviews and p.analysis is None,
    "several authors": lambda a, p: p.analysis and len(p.analysis.authors) > 2,
    "several reviews": lambda a, p: len(p.reviews) > 1,
    "questions": lambda a, p: p.section_text("Questions").count("### ") > 1,
    "one section only": lambda a, p: len(p.sections) == 1,
    "every section": lambda a, p: len(p.sections) == 4,
    "a grade of its own": lambda a, p: p.severity and p.severity != a.stance(p).severity,
    "examples of both sorts": lambda a, p: {bool(e.record) for e in p.examples} == {True, False},
    "every relation": lambda a, p: (
        {e.relation for e in p.examples} >= {"same", "narrower"}
        and {e.relation for e in p.examples} == set(model.Relation)
    ),
    "a document without address": lambda a, p: not a.documents[p.platform, p.document].sources,
    "a platform of no known place": lambda a, p: a.platforms[p.platform].jurisdiction is None,
    "another edition": lambda a, p: a.documents[p.platform, p.document].edition_of,
    **{
        f"a clause in {language}": lambda a, p, language=language: (
            p.clause and a.documents[p.platform, p.document].language == language
        )
        for language in ("de", "fr", "ja", "ar")
    },
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_record_occurs(state, atlas):
    """There is a page to look at for each state that a designer has to think of."""
    assert [p for p in atlas.records.provisions if STATES[state](atlas, p)]


def test_the_evidence_is_what_the_story_tells(sample, atlas, request):
    """Nothing below data/evidence/ is written by hand: `--update-golden` writes it anew from tests/sample_evidence.py."""
    if request.config.getoption("--update-golden"):
        sample_evidence.write(sample, atlas)
    committed = {
        path.relative_to(sample).as_posix(): path.read_bytes()
        for path in sorted((sample / "data" / "evidence").rglob("*"))
        if path.is_file()
    }
    assert committed == sample_evidence.files(atlas)


def test_what_was_published_is_what_follows(sample, atlas, request):
    """Nothing below data/published/ is written by hand: `--update-golden` writes it anew from tests/sample_published.py."""
    if request.config.getoption("--update-golden"):
        sample_published.write(sample, atlas)
    committed = {
        path.relative_to(sample).as_posix(): path.read_bytes()
        for path in sorted((sample / "data" / "published").rglob("*"))
        if path.is_file()
    }
    assert committed == sample_published.files(atlas)


def test_the_story_is_true(sample, atlas):
    """Whatever a look is told to have found is what the program finds in the text of that look, at the place told."""
    held = {
        sha256: (sample / path).read_text(encoding="utf-8")
        for sha256, path in atlas.evidence.texts.items()
    }
    for history in atlas.evidence.histories.values():
        for record, lines in history.clauses.items():
            before, quote = None, atlas.by_id[record].clause
            for told in (line.seen for line in lines):
                page = locate.folded(held[told.text_sha256])
                found = locate.find(quote, page, before)
                if found:
                    assert (found.state, found.prefix, found.suffix) == (
                        *(told.state, told.prefix, told.suffix),
                    ), record
                    before = told
                    continue
                last_good = [
                    t.seen.text.sha256
                    for t in history.texts
                    if t.stamp.observed_at < told.first_seen_at
                ][-1]
                likely = locate.search((quote,), page, locate.folded(held[last_good]))
                assert (likely.state, likely.wording and likely.wording.sha256) == (
                    *(told.state, told.wording and told.wording.sha256),
                ), record
                assert told.score == pytest.approx(likely.score, abs=0.01), record


def _standing(atlas):
    return {
        p.key: stability.standing(atlas, p, AS_OF) for p in atlas.provisions.values() if p.clause
    }


def test_every_state_of_a_clause_occurs(atlas):
    """Each thing that looks can say of a clause is said of one today, and each age of the last look occurs."""
    found = _standing(atlas).values()
    assert {stands.state for stands in found} == set(model.ClauseState)
    assert {stands.freshness for stands in found} == set(model.Freshness)
    assert {counting.stands(atlas, p, AS_OF) for p in atlas.provisions.values()} == {
        *counting.Stands,
        None,
    }


def test_every_failure_of_a_look_occurs(atlas):
    """Each reason for which a look can tell us nothing occurs, and more than half of them stand today."""
    documents = {
        d.key: stability.document_standing(atlas, d, AS_OF) for d in atlas.documents.values()
    }
    today = {stands.unwatched for stands in documents.values()} - {None}
    today |= {stands.trouble.reason for stands in documents.values() if stands.trouble}
    ever = {look.failure for h in atlas.evidence.histories.values() for look in h.looks} - {None}
    assert today | ever == set(model.Failure)
    assert len(today) > len(model.Failure) / 2


def _changes(a, p):
    return stability.changes(a, p, AS_OF)


def _watched(a, p):
    return stability.monitoring(a, p, AS_OF)


SEEN = {
    "two changes in two years": lambda a, p: (
        len(_changes(a, p)) == 2 and _watched(a, p).months > 21
    ),
    "changed, and changed back": lambda a, p: (
        [c.state.is_found for c in _changes(a, p)] == [False, True]
    ),
    "a gap in monitoring": lambda a, p: (
        _watched(a, p) and any(g.until for g in _watched(a, p).gaps)
    ),
    "comes and goes, and nothing is confirmed": lambda a, p: (
        not _changes(a, p) and sum(not s.seen.confirmed for s in stability.sightings(a, p)) > 1
    ),
    "a change that is being confirmed": lambda a, p: (
        stability.standing(a, p, AS_OF).state is model.ClauseState.DIFFERS
    ),
    "stable": lambda a, p: stability.is_stable(a, p, AS_OF),
    "unchanged, and not watched long enough to be called stable": lambda a, p: (
        stability.standing(a, p, AS_OF).is_verified
        and not _changes(a, p)
        and not stability.is_stable(a, p, AS_OF)
    ),
    "needs a person, since the page is suspect for more than seven days": lambda a, p: (
        (stands := stability.standing(a, p, AS_OF)).needs_person
        and stands.trouble
        and stands.trouble.reason is model.Failure.SUSPECT
    ),
    "former, and disputed by the platform": lambda a, p: (
        stability.is_former(a, p) and p.state is model.State.DISPUTED
    ),
    "former, and reviewed": lambda a, p: stability.is_former(a, p) and not p.is_draft,
    "the same words in an edition that others watch, unchanged": lambda a, p: any(
        not e.changes and e.had_these_words for e in stability.other_editions(a, p, AS_OF)
    ),
    "the same words in an edition that others watch, reworded": lambda a, p: any(
        e.changes for e in stability.other_editions(a, p, AS_OF)
    ),
}


@pytest.mark.parametrize("state", SEEN)
def test_everything_that_looks_can_tell_occurs(state, atlas):
    """There is a page to look at for each story that looks can tell of a clause."""
    assert [p for p in atlas.provisions.values() if SEEN[state](atlas, p)]


def test_everything_that_happens_to_a_document_occurs(atlas):
    """A text read anew, a text that came back, copies found, refused and without the clause, a term that appeared."""
    held = atlas.evidence.histories.values()
    texts = [t.seen for history in held for t in history.texts]
    copies = [copy for history in held for _, copy in history.archived]
    assert [t for t in texts if t.technical]
    assert [t for t in texts if t.known]
    assert [t for t in texts if t.announced]
    assert {c.clause_in_memento for c in copies} == {True, False, None}
    assert {bool(c.address) for c in copies} == {True, False}
    assert [history for history in held if history.terms]
    assert atlas.evidence.spans["FA-D-00024"]


@pytest.mark.parametrize("as_record", [True, False], ids=["record", "quotation"])
def test_examples_stand_in_every_way(as_record, atlas):
    """An example is a record or a quotation from elsewhere, with and without an address."""
    examples = [e for p in atlas.records.provisions for e in p.examples]
    assert [e for e in examples if bool(e.record) is as_record]
    assert {bool(e.source_url) for e in examples if not e.record} == {True, False}


def test_the_smallest_record_is_small(sample):
    """A record with nothing optional has eight lines of front matter or fewer."""
    path = sample / "content/platform/pixelmoor/house-rules/idle-accounts.md"
    text = path.read_text(encoding="utf-8")
    assert len(text.split("\n\n")[0].split("\n")) <= 8
    assert [line.split(":")[0] for line in text.split("\n\n")[0].split("\n")[1:6]] == [
        *("title", "claim", "clause_type", "stance", "clause"),
    ]


def test_shelves_stand_open(atlas):
    """Some clause types have no record, nor has a law, nor a platform with its document."""
    assert {t.key for t in atlas.records.clause_types if not atlas.by_clause_type.get(t.key)} == {
        "captions",
        "legacy-accounts",
    }
    assert not atlas.by_platform.get("quietline")
    assert atlas.documents_of["quietline"]
    assert not atlas.by_regulation.get("is-vitar")


def test_every_page_says_that_it_is_invented(built_sample):
    """The notice is the first thing of the header and the title begins with it; no page asks to be listed."""
    pages = [
        path
        for path in built_sample.rglob("*.html")
        if not path.is_relative_to(built_sample / "pagefind")
    ]
    assert len(pages) > 200
    for path in pages:
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        notice, mark = SAID[page.css_first("html").attributes["lang"]]
        first = page.css_first("header.top > *")
        assert first.attributes.get("class") == "fictional", path
        assert first.text().startswith(notice), path
        assert page.css_first("title").text().startswith(mark), path
        assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex", path


def test_machines_are_told_as_well(built_sample, atlas):
    """The forms for machines say that it is invented, and nothing of it may be crawled."""
    records = [json.loads(path.read_bytes()) for path in built_sample.rglob("record.json")]
    assert len(records) > 2 * len(atlas.by_id), "each record, and each of its revisions"
    assert all(told["fictional"] is True for told in records if "gone" not in told)
    twins = list(built_sample.rglob("index.md"))
    assert len(twins) >= len(atlas.records.provisions)
    for path in [*twins, built_sample / "llms.txt"]:
        assert NOTICE in path.read_text(encoding="utf-8"), path
    page = built_sample / "platform/brindle/terms/training-after-opt-out/index.html"
    assert page.read_text(encoding="utf-8").count(", invented, ") >= 2, "a citation leaves the page"
    assert '"genre":"invented"' in page.read_text(encoding="utf-8")
    assert (built_sample / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert not list(built_sample.glob("sitemap*"))


def test_the_real_atlas_says_nothing_of_the_sort(built):
    """An atlas that is not fictional carries neither notice nor mark."""
    page = (built / "index.html").read_text(encoding="utf-8")
    assert 'class="fictional"' not in page
    assert "Invented:" not in page
    assert "fictional" not in next(built.rglob("record.json")).read_text(encoding="utf-8")


def test_no_link_is_broken(built_sample):
    """Every link of the built sample leads somewhere, and no id stands twice on a page."""
    assert site_links.faults(built_sample, ADDRESS) == []


def test_the_program_finds_it(sample, monkeypatch, tmp_path):
    """A checkout has the fictional atlas; a program installed without it says so."""
    assert load.fictional_atlas() == sample
    monkeypatch.setattr(load, "__file__", str(tmp_path / "atlas" / "load.py"))
    with pytest.raises(load.LoadFault, match="checkout"):
        load.fictional_atlas()


def test_prose_shows_every_construct(sample, built_sample):
    """One page holds each element that Markdown can make, so that a stylesheet can be judged by it."""
    (page,) = (ROOT / "tests/sample/content").glob("house-style.md")
    assert page.is_relative_to(sample)
    drawn = LexborHTMLParser((built_sample / "house-style/index.html").read_text(encoding="utf-8"))
    for element in (
        *("h2", "h3", "h4", "h5", "h6", "p", "em", "strong", "em strong", "code", "pre code", "hr"),
        *("ul ul ul", "ol ol", "ol[start]", "li > p", "blockquote blockquote", "blockquote ul"),
        *("a[href^='/']", "a[href^='#']", "a[href^='https:']", "a[href^='mailto:']", "a[title]"),
        *("pre code[class]", "br"),
    ):
        assert drawn.css(f"main {element}"), element


@pytest.fixture
def checkout(tmp_path):
    """A checkout with no records of its own: the program, the templates, and a fictional atlas of one record."""
    root = tmp_path / "checkout"
    for name in ("atlas", "templates"):
        shutil.copytree(ROOT / name, root / name)
    fictional = {
        "data/site.yaml": f"{worlds.SITE}fictional: true\n",
        "content/about.md": "---\ntitle: About\ndescription: What this is.\n---\n\nAn atlas.\n",
        **worlds.with_platforms(acme=[worlds.provision("We may use what a grey cat writes.")]),
    }
    for file in worlds.files(fictional):
        (root / "tests/sample" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / "tests/sample" / file.path).write_bytes(file.content)
    return root


def test_the_demo_follows_its_records_and_the_templates(checkout):
    """`serve --demo` says what it shows, and shows what is saved below tests/sample and below templates."""
    record = checkout / "tests/sample/content/platform/acme/terms/p0.md"
    words = checkout / "templates/words.yaml"
    with running(checkout, "--demo") as preview:
        assert any("fictional atlas of tests/sample" in line for line in preview.lines)
        save(record, record.read_text().replace("a grey cat writes", "a purple cat left"))
        preview.heard(r"^\d+ pages built")
        assert "a purple cat left" in preview.page("/platform/acme/terms/p0/")
        save(words, words.read_text().replace(NOTICE, "Everything here is a purple dream"))
        preview.heard(r"^\d+ pages built \(templates/words\.yaml, ")
        assert "Everything here is a purple dream" in preview.page("/")
        assert preview.stop()[0] == 0


def test_the_demo_is_built_beside_the_site(checkout):
    """`build --demo` writes to a folder of its own; `check --demo` examines it; neither touches the atlas at hand."""
    built = run_atlas(checkout, "build", "--demo", "--no-search", "--as-of", "2026-11-22")
    assert built.returncode == 0
    said = built.stdout.splitlines()
    assert said[0] == "This is the fictional atlas of tests/sample: everything in it is invented."
    assert re.search(r"^\d+ pages of \d+ files, written to site-demo/ in", said[-1])
    assert sorted(p.name for p in checkout.iterdir() if p.name[0] != ".") == [
        *("atlas", "site-demo", "templates", "tests"),
    ]
    assert NOTICE in (checkout / "site-demo/index.html").read_text(encoding="utf-8")
    checked = run_atlas(checkout, "check", "--demo", "--as-of", "2026-11-22", "--format", "json")
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["problems"] == []


def test_the_demo_is_not_written_into_what_is_read(checkout):
    """An output folder among the records of the fictional atlas is refused."""
    refused = run_atlas(checkout, "build", "--demo", "--output", "tests/sample/content/site")
    assert refused.returncode == 2
    assert "which is read" in refused.stderr


def test_without_the_demo_a_command_says_so(checkout):
    """Where the folder is absent, as in an installed program, each `--demo` ends with one sentence and 2."""
    shutil.rmtree(checkout / "tests")
    for command in ("build", "check", "serve"):
        refused = run_atlas(checkout, command, "--demo")
        assert refused.returncode == 2
        assert refused.stderr.startswith("error: the fictional atlas is not installed")
        assert refused.stdout == ""


def run_atlas(root, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "atlas", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
