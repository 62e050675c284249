"""Any value that the evidence can hold, for hypothesis."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from ledgers import CLAUSE, OTHER, PRIVACY, START, TERMS

from atlas.model import (
    Archived,
    ClauseSeen,
    LedgerLine,
    LookFailed,
    RunEnded,
    Stamp,
    TermSeen,
    TextSeen,
)


def _pattern(regex):
    return st.from_regex(regex, fullmatch=True)


_DOCUMENTS = st.sampled_from([TERMS, PRIVACY]) | _pattern(r"[A-Z]{2,3}-D-[0-9]{5,6}")
_SHA256 = st.binary(max_size=4).map(lambda b: hashlib.sha256(b).hexdigest())
_FORMS = {
    **dict.fromkeys(("document", "good", "failed"), _DOCUMENTS),
    "record": st.sampled_from([CLAUSE, OTHER]) | _pattern(r"[A-Z]{2,3}-P-[0-9]{6}"),
    "announced": st.dates().map(str),
    **dict.fromkeys(
        ("prev", "sha256", "quote_sha256", "text_sha256", "raw_sha256", "previous", "known_texts"),
        _SHA256,
    ),
    **dict.fromkeys(("status_sha256", "statements"), _SHA256),
    "statements.": _pattern(r"(dispute|response)-[1-9][0-9]{0,2}"),
}
"""What a text in a field of this name looks like; with a full stop, the keys of an object."""
_PLAIN = {
    str: st.text(st.characters(codec="utf-8"), max_size=9),
    int: st.integers(0, 2**53),
    float: st.floats(0, 1),
    bool: st.booleans(),
    datetime: st.integers(-(2**34), 2**34).map(lambda s: START + timedelta(seconds=s)),
}


def values(kind, name=""):
    """Return any value of a type of the evidence, for a field of this name."""
    inside = get_args(kind)
    if isinstance(kind, UnionType):
        return st.none() | values(inside[0], name)
    if get_origin(kind) is tuple:
        return st.lists(values(inside[0], name), max_size=2).map(tuple)
    if inside:
        return st.dictionaries(values(inside[0], f"{name}."), values(inside[1], name), max_size=2)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{f.name: values(hints[f.name], f.name) for f in fields(kind)})
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    return _FORMS.get(name, _PLAIN[kind]) if kind is str else _PLAIN[kind]


STAMPS = values(Stamp)
ENTRIES = st.one_of(*map(values, (TextSeen, ClauseSeen, TermSeen, LookFailed, Archived, RunEnded)))
LINES = st.builds(LedgerLine, st.integers(1, 2**53), _SHA256, STAMPS, ENTRIES)
