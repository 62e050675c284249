"""The ledger of ids, `ids.tsv`: what each id was given to, and when.

Core. Lines are in order of id; none is ever changed or taken out.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from atlas.model import Given, IdKind
from atlas.problem import Problem
from atlas.published.places import IDS_FILE, broken, lines_of

_HEAD = "id\tkind\tpath\tgiven_on"
_CELLS = 4
_ID = re.compile(r"[A-Z]{2,8}-([PD])-[0-9]{5,6}").fullmatch
_KINDS = {"P": IdKind.PROVISION, "D": IdKind.DOCUMENT}


def encode_ids(given: Iterable[Given]) -> bytes:
    """Return what `ids.tsv` holds."""
    lines = [
        f"{one.id}\t{one.kind}\t{one.path}\t{one.given_on.isoformat()}"
        for one in sorted(given, key=lambda one: one.id)
    ]
    return "".join(f"{line}\n" for line in [_HEAD, *lines]).encode()


def decode_ids(content: bytes) -> tuple[dict[str, Given], list[Problem]]:
    """Return the ids that the ledger holds, by id, and what is wrong with it: then nothing is known of any."""
    problems: list[Problem] = []
    lines = lines_of(IDS_FILE, content, problems)
    if lines[:1] != [_HEAD.encode()]:
        problems.append(broken(IDS_FILE, f"this file does not begin with the line `{_HEAD}`"))
        return {}, problems
    found: dict[str, Given] = {}
    before = ""
    for number, line in enumerate(lines[1:], 2):
        try:
            given = _given(line)
        except ValueError as wrong:
            problems.append(broken(IDS_FILE, str(wrong), number))
            continue
        if given.id in found:
            problems.append(broken(IDS_FILE, f"`{given.id}` is given twice", number))
        elif given.id < before:
            message = f"`{given.id}` is out of order: it stands after `{before}`"
            problems.append(broken(IDS_FILE, message, number))
        before = max(before, given.id)
        found.setdefault(given.id, given)
    return {} if problems else found, problems


def _given(line: bytes) -> Given:
    """Return what a line says.

    Raises:
        ValueError: it is not in order; says why.
    """
    cells = line.decode("utf-8", "replace").split("\t")
    if len(cells) != _CELLS:
        raise ValueError(f"this line has {len(cells)} cells, and {_CELLS} belong there")
    number, kind, path, day = cells
    match = _ID(number)
    if not match:
        raise ValueError(f"`{number}` is no id")
    if _KINDS[match[1]] != kind:
        raise ValueError(
            f"`{number}` is the id of a {_KINDS[match[1]]}, and the kind says `{kind}`"
        )
    if not path.startswith("content/") or not path.isprintable():
        raise ValueError(f"`{path}` is not the path of a record")
    return Given(number, _KINDS[match[1]], path, day_of(day))


@cache
def day_of(text: str) -> date:
    """Return the day that a cell says.

    Raises:
        ValueError: it says none.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"`{text}` is not a day like `2026-11-22`")
    return day
