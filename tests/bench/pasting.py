"""The index that a browser finds pasted clauses with: how much of it there is for a large atlas."""

import gzip
import random

from atlas.outputs import passage_index
from atlas.outputs.passage_index import Passage
from bench.row import Row

RECORDS, SHORT, BOUND = 10_000, 1_000, 1_000_000


def rows(thorough=True):  # noqa: FBT002  like all others
    """Return the weight of the whole index of 10,000 records, packed as hosts send it; the short form has its share."""
    records = RECORDS if thorough else SHORT
    bound = BOUND * records // RECORDS
    chance = random.Random(5)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10)))
        for _ in range(6_000)
    ]
    found = sorted(
        Passage(
            f"platform/{words[n // 25]}/{words[n % 4]}-terms/{words[n]}-{chance.choice(words)}-{chance.choice(words)}/record.json",
            " ".join(chance.choices(words, k=chance.randint(20, 160))),
        )
        for n in (chance.randrange(6_000) for _ in range(records))
    )
    packed = {
        file.path: len(gzip.compress(file.text.encode(), mtime=0))
        for file in passage_index.index(found)
    }
    total = sum(packed.values())
    return [
        Row(
            f"index of pasted clauses, {records:,} records",
            f"<= {bound / 1e6:g} MB packed",
            f"{total / 1e6:.2f} MB in {len(packed)} parts, the largest {max(packed.values()) / 1e3:.0f} kB",
            total <= bound,
        )
    ]
