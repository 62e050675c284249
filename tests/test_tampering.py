"""Whoever changes one bit of what was published, seen or quoted is found out, and the file is named."""

import hashlib
import re
from collections import defaultdict
from functools import cache

from conftest import AS_OF, ROOT
from tampering import flips
from test_against import commit, git, write

from atlas import held
from atlas.against import against
from atlas.examine import examine_files
from atlas.model import Given, IdKind, SourceFile
from atlas.published import (
    ANCHORS_FOLDER,
    FOLDER,
    IDS_FILE,
    ROOTS_FILE,
    SUMS_FILE,
    encode_ids,
    renewed_sums,
)

SAMPLE = ROOT / "tests" / "sample"
COUNT, SHORT = 500, 60
KINDS = {
    "ids": IDS_FILE,
    "addresses": f"{FOLDER}/urls/",
    "frozen records": f"{FOLDER}/revisions/",
    "leaves": f"{FOLDER}/log/",
    "roots": ROOTS_FILE,
    "anchors": f"{ANCHORS_FOLDER}/",
    "sums": SUMS_FILE,
    "looks": "data/evidence/ledger/",
    "texts": "data/evidence/texts/",
    "states": "data/evidence/documents/",
    "quotations": "content/platform/",
}
"""Where the files of each kind stand."""


@cache
def whole():
    """The fictional atlas as it was published, with a ledger of ids and anchors."""
    tree = {
        file.relative_to(SAMPLE).as_posix(): file.read_bytes()
        for top in ("content", "data")
        for file in (SAMPLE / top).rglob("*")
        if file.is_file()
    }
    atlas = examine_files([SourceFile(p, c) for p, c in tree.items()], AS_OF).atlas
    given = [
        *(Given(n, IdKind.PROVISION, of.origin.path, AS_OF) for n, of in atlas.by_id.items()),
        *(
            Given(n, IdKind.DOCUMENT, of.origin.path, AS_OF)
            for n, of in atlas.document_by_id.items()
        ),
    ]
    size = atlas.published.roots[-1].size
    more = {
        IDS_FILE: encode_ids(given),
        f"{ANCHORS_FOLDER}/{size}.sample.tsr": hashlib.sha512(b"token").digest() * 60,
        f"{ANCHORS_FOLDER}/{size}.sigstore.json": b'{"bundle": "' + b"x" * 3000 + b'"}\n',
    }
    return {**tree, **more, SUMS_FILE: renewed_sums(tree[SUMS_FILE], more)}


@cache
def published():
    """Return the files of the records whose quotation was published."""
    atlas = examine_files([SourceFile(p, c) for p, c in whole().items()], AS_OF).atlas
    records = (atlas.by_id.get(number) for number, _ in atlas.published.frozen)
    return {of.origin.path for of in records if of and _clause(whole()[of.origin.path])}


def kinds():
    found = defaultdict(dict)
    for kind, place in KINDS.items():
        for path, content in whole().items():
            if path.startswith(place) and (kind != "quotations" or path in published()):
                found[kind][path] = content
    return found


def _clause(content):
    return re.search(rb"^clause: \|-\n((?:  .*\n|\n)+)", content, re.MULTILINE)


def _stretch(path, content):
    """Return the quotation of a record, all of any other file."""
    match = _clause(content) if path.startswith("content/") else None
    return match.span(1) if match else (0, len(content))


def problems(flip):
    """Return what a check tells of the atlas with one bit turned over."""
    tree = {**whole(), flip.path: flip.of(whole()[flip.path])}
    files = [SourceFile(path, content) for path, content in tree.items()]
    if flip.path.startswith("content/"):
        return examine_files(files, AS_OF).report.problems
    return held.of_files(files).problems


def test_nothing_is_told_of_what_nobody_touched():
    """What the flips are made in is whole."""
    assert held.of_files([SourceFile(p, c) for p, c in whole().items()]).problems == ()


def test_every_bit_counts(thorough):
    """Of 500 bits, one at a time, in every kind of file, each is told as a fault that blocks, and its file is named."""
    unnamed = []
    for flip in flips(kinds(), COUNT if thorough else SHORT, within=_stretch):
        found = [p for p in problems(flip) if p.blocks]
        name = flip.path.rpartition("/")[2]
        if not any(flip.path == p.path or f"`{name}`" in p.message for p in found):
            unnamed.append((flip, found))
    assert unnamed == []


def test_the_line_is_told_where_the_past_is_at_hand(thorough, tmp_path):
    """Against the commit in which it was whole, file and line of each of 500 bits are told, and no other file is."""
    machine = {p: c for p, c in whole().items() if p.startswith("data/") and "/imported/" not in p}
    write(tmp_path, {**machine, ".gitattributes": "* -text\n"})
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    places = {kind: files for kind, files in kinds().items() if kind != "quotations"}
    wrong = []
    for flip in flips(places, COUNT if thorough else SHORT):
        write(tmp_path, {flip.path: flip.of(machine[flip.path])})
        found = against(tmp_path, "HEAD", tmp_path / "HEAD").problems
        if [(p.path, p.span.line) for p in found] != [(flip.path, flip.line(machine[flip.path]))]:
            wrong.append((flip, found))
        write(tmp_path, {flip.path: machine[flip.path]})
    assert wrong == []
