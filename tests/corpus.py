"""A synthetic atlas of any size, the same for the same number: for measuring builds.

`PYTHONPATH=. python tests/corpus.py 2000 FOLDER` writes one that `python -m atlas --root FOLDER build` publishes.
"""

import sys
from pathlib import Path
from random import Random

import worlds

ONSETS = "b br c d dr f g gr h j k l m n p pr r s st t tr v w".split()
NUCLEI = "a e i o u ai ea io".split()
CODAS = ["", "", "n", "r", "l", "s", "t", "nd", "rt", "ment", "tion", "ble"]
PER_PLATFORM = 25
TYPES = 40
KINDS = ["terms-of-service", "privacy-policy", "acceptable-use-policy"]


def vocabulary(size=9000):
    """Return made-up words, commonest first."""
    rng = Random(7)
    words = {}
    while len(words) < size:
        words[
            "".join(
                rng.choice(ONSETS) + rng.choice(NUCLEI) + rng.choice(CODAS)
                for _ in range(rng.choice((1, 2, 2, 3)))
            )
        ] = None
    return list(words)


WORDS = vocabulary()
WEIGHTS = [1 / (rank + 4) for rank in range(len(WORDS))]


def sentence(rng, length):
    """Return a sentence of `length` words."""
    return " ".join(rng.choices(WORDS, WEIGHTS, k=length)).capitalize() + "."


def paragraph(rng, sentences):
    """Return some sentences."""
    return " ".join(sentence(rng, rng.randint(6, 16)) for _ in range(sentences))


def shelves():
    """Yield clause types and regulations enough for many records."""
    rng = Random(8)
    types = []
    for n in range(TYPES):
        types.append(
            f"type-{n:02d}:\n  name: {sentence(rng, 3)[:-1]}\n  summary: {sentence(rng, 8)}\n  scope_in: {sentence(rng, 6)}\n"
            f"  scope_out: {sentence(rng, 6)}\n  categories:\n    - rights\n  look_for:\n    - {rng.choice(WORDS)}\n  stances:\n"
            + "".join(
                f"    {grade}-stance:\n      name: {sentence(rng, 2)[:-1]}\n      severity: {grade}\n      reason: {sentence(rng, 8)}\n"
                for grade in ("low", "medium", "high", "critical")
            )
        )
    yield "data/clause-types.yaml", "".join(types)
    laws = [
        f"law-{n:02d}:\n  name: {sentence(rng, 4)[:-1]} Act\n  short: Act {n}\n  jurisdiction: {rng.choice(['EU', 'GB', 'US', 'US-CA', 'NO'])}\n  url: https://law.example/{n}\n"
        for n in range(30)
    ]
    yield "data/regulations.yaml", "".join(laws)


def tree(count):
    """Return path and text of every file of an atlas with `count` provisions."""
    files = {**worlds.SHELVES, **dict(shelves())}
    for number in range(count):
        rng = Random(f"record {number}")
        home = number // PER_PLATFORM
        platform, kind = f"p{home:04d}", KINDS[number % len(KINDS)]
        folder = f"content/platform/{platform}"
        if f"{folder}/_platform.yaml" not in files:
            files[f"{folder}/_platform.yaml"] = worlds.platform(
                f"{sentence(Random(platform), 1)[:-1]} {home}"
            )
        files[f"{folder}/{kind}/_document.yaml"] = worlds.document(
            kind.replace("-", " ").capitalize(),
            kind,
            id=f"SA-D-{100001 + home * len(KINDS) + KINDS.index(kind)}",
        )
        files[f"{folder}/{kind}/record-{number:05d}.md"] = record(rng, number)
    return files


def record(rng, number):
    """Return the text of one provision."""
    laws = "".join(
        f"\n  - id: law-{n:02d}\n    why: {sentence(rng, 10)}"
        for n in sorted(rng.sample(range(30), rng.randint(1, 5)))
    )
    grade = rng.choice(["low", "medium", "medium", "high", "critical"])
    body = f"## Why it matters\n\n{paragraph(rng, 8)}\n\n{paragraph(rng, 6)}\n\n## Consumer impact\n\n{sentence(rng, 6)} {sentence(rng, 7)}\n"
    return worlds.provision(
        clause=paragraph(rng, rng.randint(2, 6)),
        body=body,
        id=f"SA-P-{100001 + number}",
        title=f"{sentence(rng, 4)[:-1]} {number}",
        claim=f"{sentence(rng, 7)[:-1]} {number}"[:119],
        clause_type=f"type-{min(int(rng.expovariate(1 / 8)), TYPES - 1):02d}",
        stance=f"{grade}-stance",
        severity_reason=sentence(rng, 9),
        section=f'"{rng.randint(1, 20)}"',
        regulations=laws,
        captured_at="2026-05-09T14:35:38Z",
        analysis="\n  written: 2026-05-10\n  method: human",
    )


def write(count, folder):
    """Write an atlas of `count` provisions."""
    for path, text in tree(count).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
