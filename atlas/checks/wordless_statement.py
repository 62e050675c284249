"""What somebody says of a record has words: they stand below the front matter."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for statement in atlas.records.statements:
        if not any(character.isalnum() for character in statement.text):
            message = "there are no words below the front matter"
            hint = "add what they say, in their words, or take the file away"
            yield Problem(CHECK.code, statement.origin.path, FIRST_LINE, message, hint)


CHECK = Check("wordless-statement", __doc__, _find)
