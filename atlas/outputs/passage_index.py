"""The index by which a reader's browser finds the record of a pasted clause, in parts, so that nothing is sent.

Core. Each passage (the quotation of a record, that of a former revision, the words that stand there
now) is known by a few of its shingles, the runs of four words, as CRC-32: the smallest ones, so
that the same ones are taken from words that were hardly changed (A. Broder, "On the resemblance
and containment of documents", 1997). The file behind a passage is what says what it is. Part of the
search, so its addresses are promised to nobody.
"""

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from atlas import urls
from atlas.canonical import clause_v1
from atlas.model import Atlas
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.revisions import revisions
from atlas.stability import standing

WORDS = 4
"""In a shingle; shorter passages are one."""
KEPT = 12
"""Shingles by which a passage is known."""
_HASHES = 1 << 32
_PER_SHARD = 4_000
"""Shingles in one part of the index, about 20 kB packed."""
PER_LIST = 256
"""Passages in one list of places."""
# Scripts without blanks between words count each character as one. The page's script has the same rule.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


class Passage(NamedTuple):
    """Words to be found, and the file that says whose they are."""

    place: str
    """Address without its first slash; of `evidence.json` with `#` and the record's id."""
    words: str


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the parts of the index and the lists of places."""
    yield from index(passages(publication))


def index(found: Sequence[Passage]) -> Iterator[TextFile]:
    """Yield the parts of the index of passages, and the lists of their places."""
    entries = sorted((h, n) for n, passage in enumerate(found) for h in known_by(passage.words))
    count = shards(len(entries))
    width = _HASHES // count
    hashes = [h for h, _ in entries]
    for shard in range(count):
        start, end = (bisect_right(hashes, place * width - 1) for place in (shard, shard + 1))
        gaps = [after - before for before, after in pairwise([shard * width, *hashes[start:end]])]
        tree = {"gaps": gaps, "passages": [n for _, n in entries[start:end]]}
        yield _file(urls.passage_shard(shard), tree)
    for start in range(0, len(found), PER_LIST):
        places = [passage.place for passage in found[start : start + PER_LIST]]
        yield _file(urls.passage_places(start // PER_LIST), {"places": places})


def shards(entries: int) -> int:
    """Return in how many parts an index is kept: a power of two."""
    return 1 << max(0, -(-entries // _PER_SHARD) - 1).bit_length()


def count_shards(publication: Publication) -> int:
    """Return in how many parts the index of a publication is kept."""
    return shards(sum(len(known_by(passage.words)) for passage in passages(publication)))


def passages(publication: Publication) -> list[Passage]:
    """Return everything that a pasted clause is compared with, in order of place."""
    atlas = publication.atlas
    found = [*_quotations(atlas), *_former(atlas), *_standing_now(publication)]
    return sorted(passage for passage in found if shingles(passage.words))


def shingles(text: str) -> set[int]:
    """Return the shingles of a text as CRC-32 of their words in UTF-8 with single blanks between."""
    words = _WORD.findall(clause_v1(text).lower())
    runs = range(max(1, len(words) - WORDS + 1)) if words else ()
    return {zlib.crc32(" ".join(words[n : n + WORDS]).encode()) for n in runs}


def known_by(text: str) -> list[int]:
    """Return the shingles by which a passage is known: the smallest."""
    return sorted(shingles(text))[:KEPT]


def _quotations(atlas: Atlas) -> Iterator[Passage]:
    for provision in atlas.provisions.values():
        if provision.clause and not provision.withheld:
            yield Passage(urls.provision(provision, "record.json")[1:], provision.clause)


def _former(atlas: Atlas) -> Iterator[Passage]:
    """Yield the quotations of former revisions, where they are other words."""
    for provision in atlas.provisions.values():
        if provision.number == 1:
            continue
        now = clause_v1(provision.clause or "")
        for revision in revisions(atlas, provision)[:-1]:
            clause = revision.text("clause")
            if clause and clause_v1(clause) != now:
                place = urls.revision(provision, revision.number, "record.json")[1:]
                yield Passage(place, clause)


def _standing_now(publication: Publication) -> Iterator[Passage]:
    """Yield the words that stand where a quotation stood."""
    atlas = publication.atlas
    for provision in atlas.provisions.values():
        if provision.id is None or not provision.counts or provision.is_silent:
            continue
        seen = standing(atlas, provision, publication.as_of).seen
        if seen and seen.wording:
            document = atlas.documents[provision.platform, provision.document]
            yield Passage(f"{urls.evidence(document)[1:]}#{provision.id}", seen.wording.text)


def _file(address: str, tree: object) -> TextFile:
    return TextFile(address[1:], json.dumps(tree, separators=(",", ":")))
