"""What becomes of citations, sound and damaged: the checks, the vectors on which the page agrees, and every bit."""

import json
from collections import Counter

import citation_cases
import pytest
from citation_cases import KINDS, cases, damage, damaged, exhibit, opened, vector

from atlas.citation_check import CHECKS, Verdict, check

CASES = {name: (of, fails) for name, of, fails in cases()}
BREAKS = {
    "clause": ("frozen-record", "record.json"),
    "record": ("frozen-record", "record.json"),
    "text": ("text-hash", ".txt"),
    "proof": ("inclusion", "leaf|proof.json"),
    "roots": ("root", "roots.jsonl"),
    "log": ("root", "leaves|leaf"),
}
"""Which check finds damage of a kind, and what its sentence names."""


def failing(of):
    return tuple(code for code, found in check(of).items() if found.verdict is Verdict.FAIL)


@pytest.mark.parametrize("name", [name for name, (_, fails) in CASES.items() if fails is not None])
def test_the_checks_that_fail_are_those_that_have_to(name):
    """Each case fails where it was damaged and nowhere else; what is missing makes nothing fail."""
    of, fails = CASES[name]
    assert failing(of) == fails


def test_sound_citations_pass_everything_that_files_can_show():
    """With every file at hand the six checks pass, but where the words did not stand any more."""
    codes = [code for code, _ in CHECKS[:6]]
    for key, of in ((name, CASES[name][0]) for name in CASES if name.startswith("sound-")):
        found = check(of)
        left = {code for code in codes if found[code].verdict is not Verdict.PASS}
        allowed = {
            "sound-2-r1": {"quote-in-text", "text-hash"},
            "sound-6-r1": {"quote-in-text", "text-hash"},
            "sound-5-r1": {"quote-in-text"},
        }
        assert left == allowed.get(key, set()), key


def test_every_check_says_something_of_every_case():
    """Each verdict has one whole sentence, which names no file of this machine."""
    for of, _ in CASES.values():
        for code, found in check(of).items():
            assert found.sentence.endswith((".", "`")), (code, found.sentence)
            assert found.sentence[0].isupper() or found.sentence[0] == "`"
            assert "/tmp" not in found.sentence


def test_vectors_are_those_that_the_program_gives(request):
    """The vectors that the page is compared with are written by `tests/citation_cases.py` and by nobody else."""
    if request.config.getoption("--update-golden"):
        for name, text in citation_cases.written().items():
            (citation_cases.FOLDER / name).write_text(text, encoding="utf-8")
    held = {
        path.name: path.read_text(encoding="utf-8") for path in citation_cases.FOLDER.glob("*.json")
    }
    assert held == citation_cases.written()
    for text in held.values():
        for told in json.loads(text)["vectors"]:
            assert vector(told["name"], opened(told)) == told


def test_every_flipped_bit_is_caught_and_the_break_is_named(thorough):
    """Whichever bit of quotation, record, text, proof, roots or log is turned over, a check fails and says where."""
    caught = Counter()
    count = 500 if thorough else 120
    for flip, kind in damage(count, seed=7):
        found = check(damaged(exhibit(1), flip))
        code, named = BREAKS[kind]
        fails = [one for one, said in found.items() if said.verdict is Verdict.FAIL]
        assert fails, (kind, flip)
        assert code in fails or (kind == "proof" and "root" in fails), (kind, flip, fails)
        sentence = found[code].sentence if code in fails else found["root"].sentence
        assert any(word in sentence for word in named.split("|")), sentence
        caught[kind] += 1
    assert sum(caught.values()) == count
    assert set(caught) == set(KINDS)
