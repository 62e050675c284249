"""Files of what was published as bytes and back: what is read is what was written."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_worlds import with_sums

from atlas.model import AddressKind, Entered, Given, IdKind, Leaf, Published, SourceFile, State
from atlas.proof import grown
from atlas.published import (
    FOLDER,
    IDS_FILE,
    ROOTS_FILE,
    SUMS_FILE,
    URLS_FOLDER,
    encode_addresses,
    encode_ids,
    encode_leaves,
    encode_roots,
    encode_sums,
    file_of,
    frozen_file,
    read_published,
    renewed_sums,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)
NUMBERS = st.integers(1, 999_999)
CELLS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
ADDRESSES = st.one_of(
    st.builds("/{}/".format, CELLS),
    st.builds("/platform/{}/{}".format, SLUGS, CELLS),
    st.builds("/{}/platform/{}/{}/".format, SLUGS, SLUGS, CELLS),
)
KINDS = st.sampled_from(IdKind)
STATEMENTS = st.from_regex(r"(dispute|response)-[1-9][0-9]{0,2}", fullmatch=True)


def read(tree):
    """Return what a tree of files says, and the problems as `place:line message`."""
    published, problems = read_published([SourceFile(p, c) for p, c in tree.items()])
    assert all(p.blocks and p.code == "broken-published" and p.hint for p in problems)
    return published, [
        f"{p.path.removeprefix(FOLDER + '/')}:{p.span.line} {p.message}" for p in problems
    ]


def sound(tree):
    """Return what a tree of files says together with its sums; fails where something is wrong."""
    published, problems = read(with_sums(tree))
    assert problems == []
    return published


@st.composite
def ids(draw):
    kind = draw(KINDS)
    letter = "P" if kind is IdKind.PROVISION else "D"
    number = f"CA-{letter}-{draw(NUMBERS):06d}"
    return Given(number, kind, f"content/platform/{draw(SLUGS)}/{draw(SLUGS)}.md", draw(DAYS))


@st.composite
def lines(draw):
    kind = draw(st.sampled_from(AddressKind))
    number = draw(st.one_of(st.just(""), st.builds("CA-P-{:06d}".format, NUMBERS)))
    target = draw(ADDRESSES) if kind is AddressKind.REDIRECT else ""
    return Entered(draw(ADDRESSES), kind, target, number, draw(DAYS), "")


@st.composite
def leaves(draw):
    sha256 = hashlib.sha256(draw(st.binary(max_size=4))).hexdigest()
    seen = draw(st.booleans())
    status = draw(st.sampled_from(State))
    return Leaf(
        id=f"CA-P-{draw(NUMBERS):06d}",
        revision=draw(st.integers(1, 40)),
        record_sha256=sha256,
        clause_sha256=draw(st.sampled_from([sha256, None])),
        document="CA-D-00011",
        text_sha256=sha256 if seen else None,
        state=draw(st.sampled_from(["intact", "never-observed", "reworded"])),
        since=datetime(2026, 11, draw(st.integers(1, 28)), 5, 17, tzinfo=UTC) if seen else None,
        status=status,
        status_sha256=None if status is State.ACTIVE else sha256,
        statements=draw(st.dictionaries(STATEMENTS, st.just(sha256), max_size=3)),
    )


@given(st.lists(ids(), unique_by=lambda one: one.id))
def test_ids_come_back(given):
    """The ledger of ids says what it was given, in order of id."""
    read = sound({IDS_FILE: encode_ids(given)}).given
    assert list(read.values()) == sorted(given, key=lambda one: one.id)


@given(st.lists(lines(), unique_by=lambda one: one.address))
def test_addresses_come_back(entered):
    """The ledger of addresses says what was entered, each line in the file of its platform, in order."""
    files = encode_addresses(entered)
    assert set(files) == {file_of(one.address) for one in entered}
    addresses = sound(files).addresses
    assert dict(addresses) == {one.address: one for one in entered}
    assert len(addresses) == len(entered)
    for content in files.values():
        found = [line.split(b"\t")[0] for line in content.splitlines()[1:]]
        assert found == sorted(found)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "_site"),
        ("/platform/", "_site"),
        ("/platform/acme/", "acme"),
        ("/de/platform/acme/", "acme"),
        ("/de/platform/", "_site"),
        ("/platform/acme/terms/a/record.json", "acme"),
        ("/de/platform/acme/terms/a/r1/", "acme"),
        ("/id/CA-P-100001/", "_site"),
        ("/de/clause-type/platform/", "_site"),
        ("/platform//x", "_site"),
        ("/search/platform", "_site"),
    ],
)
def test_an_address_has_its_line_in_the_file_of_its_platform(address, file):
    """The platform is the one that the address itself names, in any language of the interface."""
    assert file_of(address) == f"{URLS_FOLDER}/{file}.tsv"


@given(
    st.lists(st.lists(leaves(), min_size=1, max_size=40, unique_by=lambda one: one.id), max_size=6)
)
def test_the_log_comes_back(publishings):
    """Leaves and roots say what they were made of, whatever number of publishings there was."""
    whole, roots = (), ()
    for day, found in enumerate(publishings, 1):
        at = datetime(2026, 11, day, 12, tzinfo=UTC)
        new, root = grown(Published(leaves=whole, roots=roots), found, at)
        whole, roots = (*whole, *new), (*roots, *((root,) if root else ()))
    tree = {**encode_leaves(whole), **({ROOTS_FILE: encode_roots(roots)} if roots else {})}
    published, problems = read(with_sums(tree))
    assert (published.leaves, published.roots) == (whole, roots)
    # The leaves stand for frozen records, and there are none here: that alone is told.
    assert len(problems) == len(whole)
    assert all("which was never published" in problem for problem in problems)


def test_a_thousand_leaves_stand_in_a_file():
    """The second file begins with leaf 1,000, counted from 0, and only files from a place on are made."""
    one = Leaf("CA-P-000001", 1, "0" * 64, None, "CA-D-00011", None, "never-observed", None)
    files = encode_leaves([one] * 2001)
    assert {path[-10:]: len(content.splitlines()) for path, content in files.items()} == {
        "0000.jsonl": 1000,
        "0001.jsonl": 1000,
        "0002.jsonl": 1,
    }
    assert list(encode_leaves([one] * 2001, 1500)) == [*files][1:]
    assert list(encode_leaves([one] * 2000, 2000)) == []


def test_sums_are_those_of_every_other_file():
    """`SHA256SUMS` has a line for each file but itself, in order of path, as `sha256sum` writes it."""
    path = frozen_file("CA-P-100001", 2)
    assert path == "data/published/revisions/CA-P-1000/CA-P-100001.r2.json"
    sums = encode_sums({path: "1" * 64, IDS_FILE: "2" * 64})
    assert sums.decode() == (
        f"{'2' * 64}  ids.tsv\n{'1' * 64}  revisions/CA-P-1000/CA-P-100001.r2.json\n"
    )
    renewed = renewed_sums(sums, {IDS_FILE: b"x", path: None, ROOTS_FILE: b""})
    assert renewed == encode_sums(
        {IDS_FILE: hashlib.sha256(b"x").hexdigest(), ROOTS_FILE: hashlib.sha256().hexdigest()}
    )


def test_nothing_published_is_no_problem():
    """An atlas that never published has no such files, and nothing is wrong with it."""
    assert read({"data/site.yaml": b"x"}) == (Published(), [])


def test_an_address_that_would_end_its_line_is_refused():
    """A cell can hold no tab and no line feed: a ledger that would be broken is never made."""
    line = Entered("/a\tb/", AddressKind.PAGE, "", "", date(2026, 11, 22), "")
    with pytest.raises(ValueError, match="cannot stand on a line"):
        encode_addresses([line])


def test_an_address_is_found_without_reading_every_file():
    """Asking for one address looks into the file of its platform; what was never published is not there."""
    day = date(2026, 11, 22)
    entered = [Entered(f"/platform/p{n}/", AddressKind.PAGE, "", "", day, "") for n in range(200)]
    addresses = sound(encode_addresses(entered)).addresses
    assert addresses["/platform/p7/"] == entered[7]
    assert addresses.get("/platform/p200/") is None
    assert "/platform/p199/" in addresses
    assert 7 not in addresses
    assert len(list(addresses)) == len(addresses) == 200


def test_sums_file_is_not_one_of_its_own_lines():
    """A tree with sums of everything else is whole."""
    tree = with_sums({IDS_FILE: "id\tkind\tpath\tgiven_on\n"})
    assert set(tree) == {IDS_FILE, SUMS_FILE}
    assert read(tree)[1] == []
