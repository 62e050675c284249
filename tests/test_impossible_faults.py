"""Faults of the pages that this atlas grew from, each tried on purpose: none of them can be built."""

import re
from datetime import UTC, date, datetime

import pytest
from conftest import AS_OF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published_worlds import registered
from seen import DAY, OTHER, START, TREE, atlas_of, days, drawn, line, texts
from selectolax.lexbor import LexborHTMLParser
from test_what_was_published import ACME, ONE, PUBLISHED, TERMS, TWO, moved
from worlds import document, files, platform, provision, with_platforms

from atlas import site
from atlas.examine import examine_files
from atlas.model import ClauseState, Failure


def codes(tree):
    return {p.code for p in examine_files(files(tree), AS_OF).report.problems if p.blocks}


def build(tree, folder):
    """Publish a small world and return text and tree of every page by address."""
    root = folder / "atlas"
    for file in files(tree):
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    result = site.build(root, folder / "site", site.Settings(AS_OF, with_search=False))
    assert result.written, result.report.problems
    return {
        p.relative_to(folder / "site").as_posix(): LexborHTMLParser(p.read_text(encoding="utf-8"))
        for p in (folder / "site").rglob("*.html")
    }


def words_of(page, selector="main"):
    return " ".join(" ".join(n.text(separator=" ") for n in page.css(selector)).split())


WORLDS = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(["opt-in", "opt-out", "no-choice"]), min_size=1, max_size=2),
    min_size=1,
)


@given(WORLDS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_unique_never_stands_beside_peers(tmp_path_factory, stances):
    """A page says that nobody else has such a clause, or shows who has: never both, and its numbers are those of its lists."""
    texts = {
        slug: [
            provision(f"We at {slug} do thing {n}.", stance=s, severity_reason="Said.")
            for n, s in enumerate(found)
        ]
        for slug, found in stances.items()
    }
    pages = build(with_platforms(**texts), tmp_path_factory.mktemp("world"))
    shelf = pages["clause-type/training/index.html"]
    for name, page in pages.items():
        if not re.fullmatch(r"platform/\w+/terms/p\d/index\.html", name):
            continue
        text = words_of(page)
        others = sum(len(found) for slug, found in stances.items() if slug != name.split("/")[1])
        assert ("No other reviewed platform" in text) <= (others == 0)
        assert f"{len(stances)} of {len(stances)} reviewed platform" in text
        assert (f"{others} provision" in text) == bool(others)
    assert len(shelf.css("#reviewed ~ div tbody tr, #reviewed ~ table tbody tr")) == len(stances)


def test_two_grades_for_one_clause_need_reasons():
    """Two clauses of one platform and type with two grades are refused until each says why."""
    pair = [provision("We may use it.", severity="high"), provision("We do use it.")]
    assert "unexplained-grade" in codes(with_platforms(a=pair))
    reasons = [
        provision("We may use it.", severity="high", severity_reason="A switch is missing here."),
        provision("We do use it.", severity_reason="The usual switch is there."),
    ]
    assert codes(with_platforms(a=reasons)) == set()


def test_a_peer_is_a_record_of_the_same_type():
    """A clause of another kind is no peer, and nobody can mark it as the same."""
    other = provision("We delete it.", clause_type="deletion", stance="prompt", id="SA-P-100002")
    example = "\n  - record: SA-P-100002\n    relation: same\n    note: Looks alike."
    assert "example-type" in codes(with_platforms(a=[provision(examples=example)], b=[other]))


def test_other_types_are_never_shown_as_peers(tmp_path):
    """Words of another clause type stand on no page as how others word this one."""
    other = provision(
        "Quuxify thoroughly.", clause_type="deletion", stance="prompt", id="SA-P-100002"
    )
    pages = build(with_platforms(a=[provision()], b=[other]), tmp_path)
    assert "Quuxify" not in words_of(pages["platform/a/terms/p0/index.html"])


@pytest.mark.parametrize(
    ("mapped", "code"),
    [
        ("\n  - id: eu-act", "missing-field"),
        ("\n  - id: eu-act\n    why: So.\n  - id: eu-act-part\n    why: So too.", "part-and-whole"),
        ("\n  - id: nowhere\n    why: So.", "unknown-reference"),
    ],
)
def test_regulations_are_never_a_mere_list(mapped, code):
    """A mapping without a reason, a law with its own part, a law that nobody recorded: refused."""
    assert code in codes(with_platforms(a=[provision(regulations=mapped)]))


def test_one_jurisdiction_has_one_name(tmp_path):
    """A jurisdiction is a code, shown by one name; a name in place of the code is refused."""
    law = "eu-act:\n  name: Act\n  short: Act\n  jurisdiction: European Union\n  url: https://law.example/\n"
    assert "invalid-jurisdiction" in codes(
        {**with_platforms(a=[provision()]), "data/regulations.yaml": law}
    )
    assert "unknown-jurisdiction" in codes(
        {
            **with_platforms(a=[provision()]),
            "data/regulations.yaml": law.replace("European Union", "QQ"),
        }
    )
    pages = build(
        with_platforms(a=[provision(regulations="\n  - id: eu-act\n    why: It bears on it.")]),
        tmp_path,
    )
    assert "jurisdiction/eu/index.html" in pages
    assert "European Union" in words_of(pages["platform/a/terms/p0/index.html"], "table.laws")


@pytest.mark.parametrize(
    "field",
    [
        "hash_verified: true",
        "snapshot_stored: true",
        "content_hash: sha256:" + "0" * 64,
        "last_verified: 2026-05-10",
        "first_seen: 2026-05-10",
        "months_monitored: 3",
        "changes: 0",
        "stable: true",
    ],
)
def test_nobody_can_write_that_evidence_was_verified(field):
    """No field of a record claims what only evidence can show."""
    name, _, value = field.partition(": ")
    assert codes(with_platforms(a=[provision(**{name: value})])) == {"unknown-field"}


def test_a_recorded_hash_is_shown_as_recorded(tmp_path):
    """A hash from elsewhere is never called verified, and each hash says of what it is."""
    pages = build(with_platforms(a=[provision(recorded_hash="sha256:" + "ab" * 32)]), tmp_path)
    text = words_of(pages["platform/a/terms/p0/index.html"])
    assert "recorded elsewhere" in text.lower()
    assert "clause-v1" in text
    assert not re.search(r"(?<!never )(?<!not )(?<!Last )\bverified\b", text, re.IGNORECASE)


def test_no_heading_stands_over_nothing(tmp_path):
    """On every page of a world with nothing optional, every heading has something under it."""
    for name, page in build(
        with_platforms(a=[provision()], b=[provision("Other words.")]), tmp_path
    ).items():
        for section in page.css("main section"):
            heading = section.css_first("h2, h3")
            assert heading is None or len(words_of(section, "*")) > len(heading.text()) * 2, (
                f"{name}: {heading.text()}"
            )
            assert section.css("p, table, dl, ul, ol, details, figure, blockquote"), (
                f"{name}: {heading and heading.text()}"
            )


def test_an_empty_section_is_refused():
    """A heading that a record leaves empty is a fault of the record."""
    assert "empty-section" in codes(
        with_platforms(a=[provision(body="## Why it matters\n\n## Consumer impact\n\nYou pay.\n")])
    )


def test_questions_never_repeat_the_analysis():
    """An answer that says the analysis again is refused, and so is a record that copies another."""
    said = "The switch in the settings stops most of the training but leaves two uses of your words untouched for good."
    body = f"## Why it matters\n\n{said}\n\n## Questions\n\n### What does it do?\n\n{said}\n"
    assert "repeated-analysis" in codes(with_platforms(a=[provision(body=body)]))
    plain = f"## Why it matters\n\n{said}\n"
    assert "repeated-analysis" in codes(
        with_platforms(a=[provision(body=plain)], b=[provision("Other words.", body=plain)])
    )


def test_a_name_never_stands_twice_in_a_row(tmp_path):
    """A document whose title begins with the platform's name is not put behind it in the possessive; labels never run together."""
    tree = with_platforms(acme=[provision()])
    tree["content/platform/acme/_platform.yaml"] = platform("Acme")
    tree["content/platform/acme/terms/_document.yaml"] = document("Acme Privacy Policy")
    for name, page in build(tree, tmp_path).items():
        text = words_of(page, "body")
        assert not re.search(r"Acme’s\s+Acme", text), name
        assert "Explicitdocument" not in text
        assert not re.search(r"\b(Explicit|Draft|Medium)(?=[A-Z])", text), name


def test_who_wrote_it_is_always_said(tmp_path):
    """An analysis without its method is refused; a page says who wrote it, how, and that nobody reviewed it."""
    assert "missing-field" in codes(
        with_platforms(a=[provision(analysis="\n  written: 2026-01-01")])
    )
    pages = build(
        with_platforms(
            a=[provision(analysis="\n  written: 2026-01-01\n  method: machine")],
            b=[provision("Other words.")],
        ),
        tmp_path,
    )
    text = words_of(pages["platform/a/terms/p0/index.html"])
    assert "Written by a machine" in text
    assert "nobody has reviewed it" in text
    assert "nobody has reviewed it" in words_of(pages["platform/b/terms/p0/index.html"])


LOOKED = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.sampled_from([None, None, None, Failure.SUSPECT]),
        st.sampled_from(
            [None, None, ClauseState.REWORDED, ClauseState.REMOVED, ClauseState.INTACT]
        ),
        st.sampled_from("abc"),
    ),
    max_size=20,
)
"""Days on which somebody looked: what failed, how the clause stood otherwise than before, and the text."""


def world_seen(looked):
    """Return the small world after these looks, the clause found on the first day."""
    by_day = dict(sorted({day: rest for day, *rest in looked}.items())) | {0: (None, None, "a")}
    told = sorted((START + DAY * day, *rest) for day, rest in by_day.items())
    lines = [
        line(at, state or ClauseState.INTACT, OTHER if state is ClauseState.REWORDED else None)
        for at, failure, state, _ in told
        if (state and not failure) or at == START
    ]
    shown, known, last = [], set(), None
    for at, failure, _, letter in told:
        if failure is None and letter != last:
            shown.append((at, letter, {"known": letter in known}))
            known.add(letter)
            last = letter
    return atlas_of([(at, failure) for at, failure, _, _ in told], lines, texts(*shown))


@given(LOOKED, st.integers(0, 260))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_figure_over_time_contradicts_another(looked, age):
    """First seen, last seen and the day until which it holds stand in order, and no count stands without its rows."""
    as_of = (START + DAY * age).date()
    page = LexborHTMLParser(drawn(world_seen(looked), as_of))
    (panel,) = (s for s in page.css("section") if s.css_first("#stability"))
    text = " ".join(panel.text(separator=" ").split())
    facts = dict(
        zip([n.text() for n in panel.css("dt")], [n.text() for n in panel.css("dd")], strict=False)
    )
    first, last = (day_of(facts[name]) for name in ("First seen", "Last seen"))
    assert START.date() <= first <= last <= as_of
    changes = re.search(r"(One|\d+) changes? of these words between", text)
    counted = 0 if changes is None else 1 if changes[1] == "One" else int(changes[1])
    assert text.count("first seen on") == counted
    pending = "A change of these words was seen" in text
    assert ("No change" in text) == (counted == 0 and not pending)
    texts_new = re.search(r"(One|\d+) changes? of the document’s text", text)
    rows = panel.css("details > ul")
    assert bool(texts_new) == bool(rows)
    if texts_new:
        number = 1 if texts_new[1] == "One" else int(texts_new[1])
        assert len(rows[0].css("li")) == number


@given(LOOKED, st.integers(0, 400))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_stale_never_looks_verified(looked, age):
    """Whatever was seen: `verified` stands with a day that is not yet over, or nowhere, and `stable` only beside it."""
    as_of = (START + DAY * age).date()
    page = LexborHTMLParser(drawn(world_seen(looked), as_of))
    status, main = words_of(page, ".facts"), words_of(page)
    promised = re.search(r"verified (\d+ \w+ \d+), good until (\d+ \w+ \d+)", status)
    if promised:
        assert day_of(promised[1]) <= as_of <= day_of(promised[2])
        assert (
            page.css_first(".facts [data-until]").attributes["data-until"]
            == day_of(promised[2]).isoformat()
        )
    else:
        assert not re.search(
            r"\b(verified \d|Intact(?! (when last seen|at the last good look))|Moved)", status
        )
        assert "Stable." not in main
    assert ("Stable." in main) <= bool(promised)


def day_of(words):
    return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()


CITED = re.compile(r"https://sample\.example/id/(SA-P-\d{6})/r(\d+)/").fullmatch


def cited(pages):
    """Return the page of each record by what it says is to be cited: id and revision, never a name."""
    found = {}
    for name, page in pages.items():
        link = page.css_first("link[rel=cite-as]")
        if link and not name.startswith("de/"):
            match = CITED(link.attributes["href"])
            assert match, name
            found[match.groups()] = name
    return found


def test_what_is_cited_is_an_id(tmp_path):
    """Every published record is cited by id and revision, which lead to it under whatever name it has next."""
    before = build(PUBLISHED, tmp_path / "before")
    renamed = moved(TERMS, f"{ACME}/terms-of-use")
    page = f"{ACME}/terms-of-use/_document.yaml"
    renamed[page] = renamed[page].decode().replace("title:", "aliases:\n  - terms\ntitle:", 1)
    whole = registered({**PUBLISHED, **renamed})
    after = build(whole, tmp_path / "after")
    numbers = {(f"SA-P-10000{n}", "1") for n in range(1, 5)}
    assert cited(before).keys() == cited(after).keys() == numbers
    for number, revision in numbers:
        for pages in (before, after):
            place = "/" + cited(pages)[number, revision].removesuffix("index.html")
            for short in (f"id/{number}/index.html", f"id/{number}/r{revision}/index.html"):
                assert (
                    pages[short].css_first("link[rel=canonical]").attributes["href"].endswith(place)
                )
    assert "platform/acme/terms-of-use/one/index.html" in cited(after).values()


ANOTHER = provision("Quite other words.", "## Why it matters\n\nAnother thing.\n", id="SA-P-100001")


@pytest.mark.parametrize(
    "changes",
    [
        {ONE: None},
        {ONE: ANOTHER},
        {ONE: None, f"{TERMS}/other.md": ANOTHER},
        {ONE: None, f"{ACME}/privacy/other.md": ANOTHER},
        {ONE: PUBLISHED[ONE].replace(b"100001", b"100009")},
        {ONE: PUBLISHED[ONE].replace(b"id: SA-P-100001\n", b"")},
        {ONE: PUBLISHED[TWO], TWO: PUBLISHED[ONE]},
    ],
    ids=["deleted", "emptied", "reused", "reused-elsewhere", "changed", "taken-away", "exchanged"],
)
def test_an_id_means_one_record_for_ever(changes):
    """An id that was published is never dropped, changed, or given to another record, whoever tries it by hand."""
    assert codes(PUBLISHED) == set()
    told = codes({**PUBLISHED, **changes})
    assert told & {"changed-id", "moved-record", "vanished-address", "unrevised-change"}


def test_the_clause_and_its_document_change_apart():
    """A document whose text is new every day changes no clause: both are counted, each with its own list."""
    shown = texts(*((START + DAY * n, letter, {}) for n, letter in enumerate("abcdef")))
    page = LexborHTMLParser(
        drawn(atlas_of(days(*range(6)), [line(START)], shown), date(2026, 5, 7))
    )
    assert "0 clause changes and 5 document changes between 1 May 2026 and 6 May 2026" in words_of(
        page, ".spread"
    )
    assert "No change of these words was seen between 1 May 2026 and 6 May 2026." in words_of(page)
    assert "5 changes of the document’s text" in words_of(page)


def test_a_platform_s_date_is_shown_as_its_claim():
    """The date that a document states is nobody's look: it stands as the document's own, and dates nothing else."""
    tree = {
        **TREE,
        "content/platform/acme/terms/_document.yaml": document(
            id="SA-D-00001",
            stated_date="2025-12-24",
            sources="\n  - url: https://acme.example/terms",
        ),
    }
    shown = texts(
        (START, "a", {"announced": "2025-12-24"}), (START + DAY, "b", {"announced": "2025-12-24"})
    )
    page = LexborHTMLParser(
        drawn(atlas_of(days(0, 1), [line(START)], shown, tree), date(2026, 5, 3))
    )
    text = words_of(page)
    claims = re.findall(r".{45}24 December 2025.{35}", text)
    assert len(claims) == text.count("24 December 2025") > 0
    for claim in claims:
        assert re.search(
            "by the document’s own account|dates itself|by the document itself", claim
        ), claim
