"""A quotation holds words, and not only marks and omissions."""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import quoted_words
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for passage in quoted_words(provision):
            if not re.search(r"[^\W_]", passage.text):
                hint = "quote the words that matter; `[...]` stands for those left out between them"
                yield provision.origin.problem(
                    CHECK.code, passage.whole, "this quotation holds no word", hint
                )


CHECK = Check("wordless-clause", __doc__, _find, judges_text=True)
