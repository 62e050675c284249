"""A small log with records of every kind, and what becomes of citations of them: sound ones, and damaged by one bit.

`python tests/citation_cases.py` writes `tests/citation_vectors/`, on which the command, the page /verify/ and
the script of twenty lines agree. Nothing in it is from a real platform.
"""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from logs import AT, leaf, published
from tampering import flips

from atlas.canonical import clause_sha256, text_v1
from atlas.citation_check import Exhibit, check
from atlas.citation_check.exhibit import File
from atlas.model import State
from atlas.proof import encode_proof, inclusions
from atlas.published import encode_leaves, encode_roots
from atlas.record_form import canonical_json

FOLDER = Path(__file__).parent / "citation_vectors"
CLAUSE = "We may use what you write to train our models, unless you turn that off in your settings."
MARKS = "“Content” — all of it — is ours…\nقد نستخدم المحتوى الخاص بك وليس غيره. We’ll keep it [...] for as long as we exist."
TEXTS = {
    "plain": f"Terms\n{CLAUSE}\nYou may stop at any time.",
    "marks": "“Content” – all of it – is ours…\nقد نستخدم المحتوى الخاص بك وليس غيره. We'll keep it, as we keep\u00a0everything, for as long as we exist.",
    "case": CLAUSE.upper(),
    "later": "Terms\nWe use what you write to train our models.\n",
}
TEXTS = {name: text_v1(text).encode() for name, text in TEXTS.items()}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def frozen(number, revision=1, clause=CLAUSE):
    """Return the bytes of a frozen record."""
    tree = {
        "claim": "Uses what you write",
        "document": {
            "id": "SA-D-00001",
            "sources": ["https://acme.example/terms"],
            "title": "Terms",
        },
        "format": 1,
        "id": f"SA-P-{100000 + number}",
        "revision": {"number": revision},
        "rubric": 1,
        **({"clause": clause} if clause else {}),
    }
    return canonical_json(tree).encode()


def entered(number, content, clause, state="never-observed", text=None, **others):
    """Return the leaf of a frozen record; `text` is the name of the text in which the clause stood so."""
    return leaf(
        number,
        record_sha256=sha256(content),
        clause_sha256=clause_sha256(clause) if clause else None,
        state=state,
        text_sha256=sha256(TEXTS[text]) if text else None,
        since=AT - timedelta(hours=1) if text else None,
        **others,
    )


RECORDS = {
    (1, 1): frozen(1),
    (1, 2): frozen(1, 2, f"{CLAUSE}\nYou may stop at any time."),
    (2, 1): frozen(2, clause=None),
    (3, 1): frozen(3, clause=MARKS),
    (4, 1): frozen(4),
    (5, 1): frozen(5),
    (6, 1): frozen(6),
}
"""By number and revision: 1 has two, 2 is silent, 3 has every mark, 4 is in other typography, 5 reworded, 6 withheld."""
DISPUTED = {
    "status": State.DISPUTED,
    "status_sha256": "b" * 64,
    "statements": dict.fromkeys(("dispute-10", "dispute-2", "response-1"), "d" * 64),
}
FIRST = [
    entered(1, RECORDS[1, 1], CLAUSE, "intact", "plain"),
    entered(2, RECORDS[2, 1], None),
    entered(3, RECORDS[3, 1], MARKS, "moved", "marks"),
]
SECOND = [
    entered(
        1, RECORDS[1, 2], f"{CLAUSE}\nYou may stop at any time.", "intact", "plain", revision=2
    ),
    entered(4, RECORDS[4, 1], CLAUSE, "typography", "case"),
    entered(5, RECORDS[5, 1], CLAUSE, "reworded", "later"),
    entered(2, RECORDS[2, 1], None, **DISPUTED),
]
THIRD = [
    entered(6, RECORDS[6, 1], CLAUSE, status=State.WITHDRAWN, status_sha256="c" * 64),
    entered(5, RECORDS[5, 1], CLAUSE, "reworded", "later", statements={"response-1": "a" * 64}),
    entered(
        1, RECORDS[1, 2], f"{CLAUSE}\nYou may stop at any time.", "reworded", "later", revision=2
    ),
]
LOG = published(FIRST, SECOND, THIRD)
PROOFS = {number: encode_proof(number, entries) for number, entries in inclusions(LOG).items()}
LEAVES = {0: next(iter(encode_leaves(LOG.leaves).values()))}
ROOTS = encode_roots(LOG.roots)


def exhibit(number, revision=1, **others):
    """Return everything that can be at hand of a citation."""
    name = f"SA-P-{100000 + number}"
    wanted = {one.text_sha256 for one in LOG.leaves if (one.id, one.revision) == (name, revision)}
    whole = Exhibit(
        id=name,
        revision=revision,
        record=File("record.json", RECORDS[number, revision]),
        proof=File("proof.json", PROOFS[name]),
        roots=File("roots.jsonl", ROOTS),
        log={start: File(f"{start:04}.jsonl", content) for start, content in LEAVES.items()},
        texts={
            sha256(one): File(f"{sha256(one)}.txt", one)
            for one in TEXTS.values()
            if sha256(one) in wanted
        },
    )
    return replace(whole, **others)


def cases():
    """Yield name, exhibit and the codes of the checks that fail, told by hand."""
    for number, revision in RECORDS:
        yield f"sound-{number}-r{revision}", exhibit(number, revision), ()
    for name in ("record", "proof", "roots"):
        yield f"without-{name}", exhibit(1, **{name: None}), ()
    for name in ("log", "texts"):
        yield f"without-{name}", exhibit(1, **{name: {}}), ()
    yield "nothing-but-a-record", exhibit(1, proof=None, roots=None, log={}, texts={}), ()
    first, second = exhibit(1), exhibit(4)
    yield "the-proof-of-another", replace(first, proof=second.proof), ("frozen-record", "inclusion")
    yield "the-record-of-another", replace(first, record=second.record), ("frozen-record",)
    yield (
        "another-revision",
        replace(first, record=exhibit(1, 2).record),
        ("frozen-record", "clause-hash"),
    )
    yield (
        "a-revision-that-never-was",
        replace(exhibit(1), revision=3, record=File("record.json", frozen(1, 3))),
        ("frozen-record", "clause-hash", "inclusion"),
    )
    reworded = RECORDS[1, 1].replace(b"unless you turn", b"until you turn")
    yield (
        "other-words",
        replace(first, record=File("record.json", reworded)),
        ("frozen-record", "clause-hash", "quote-in-text"),
    )
    ours = RECORDS[1, 1].replace(b"Uses what", b"Keeps all")
    yield "another-claim", replace(first, record=File("record.json", ours)), ("frozen-record",)
    gone = {"format": 1, "id": "SA-P-100006", "revision": 1, "withheld": "A court forbids it."}
    told = canonical_json({**gone, "sha256": sha256(RECORDS[6, 1])}).encode()
    yield "withheld", exhibit(6, record=File("record.json", told)), ()
    lied = canonical_json({**gone, "sha256": "a" * 64}).encode()
    yield (
        "withheld-with-another-hash",
        exhibit(6, record=File("record.json", lied)),
        ("frozen-record",),
    )
    indented = json.dumps(json.loads(RECORDS[1, 1]), indent=2, sort_keys=True).encode()
    yield "not-canonical", replace(first, record=File("record.json", indented)), ("frozen-record",)
    for name, content in (
        ("torn-roots", ROOTS[:-1]),
        ("an-empty-root", b"\n"),
        ("a-root-too-few", ROOTS.split(b"\n", 1)[1]),
    ):
        yield name, replace(first, roots=File("roots.jsonl", content)), ("root",)
    cut = b"".join(line + b"\n" for line in ROOTS.split(b"\n")[:1])
    yield "roots-of-before", replace(first, roots=File("roots.jsonl", cut)), ("root",)
    shorter = b"".join(line + b"\n" for line in LEAVES[0].split(b"\n")[:3])
    yield "a-log-of-before", replace(first, log={0: File("0000.jsonl", shorter)}), ()
    longer = LEAVES[0] + LEAVES[0].split(b"\n")[0] + b"\n"
    yield "a-leaf-too-many", replace(first, log={0: File("0000.jsonl", longer)}), ("root",)
    swapped = b"\n".join([*LEAVES[0].split(b"\n")[1::-1], *LEAVES[0].split(b"\n")[2:]])
    yield "leaves-in-another-order", replace(first, log={0: File("0000.jsonl", swapped)}), ("root",)
    month = PROOFS["SA-P-100001"].replace(b'"since":"2026-11-', b'"since":"2026-31-', 1)
    yield (
        "an-instant-that-never-was",
        replace(first, proof=File("proof.json", month)),
        ("inclusion",),
    )
    for name, old, new, fails in (
        ("a-status-that-there-is-not", b'"disputed"', b'"deleted"', ("inclusion",)),
        ("a-statement-under-no-name", b'"dispute-2"', b'"dispute"', ("inclusion",)),
        ("a-statement-of-another-name", b'"dispute-2"', b'"dispute-3"', ("inclusion", "root")),
        ("a-status-taken-back", b'"disputed"', b'"active"', ("inclusion", "root")),
    ):
        changed = PROOFS["SA-P-100002"].replace(old, new)
        yield name, exhibit(2, proof=File("proof.json", changed)), fails
    for flip, kind in damage(48):
        yield f"flip-{kind}-{flip.offset}-{flip.bit}", damaged(first, flip), None


KINDS = {
    "clause": "record",
    "record": "record",
    "text": "texts",
    "proof": "proof",
    "roots": "roots",
    "log": "log",
}
"""What is damaged, and what of an exhibit it is; the clause is the stretch of the record that is quoted."""


def damage(count, seed=1):
    """Yield flips of the files of the first citation, each with its kind."""
    of = exhibit(1)
    kinds = {kind: {kind: _content(of, kind)} for kind in KINDS}
    for flip in flips(kinds, count, seed, _stretch):
        yield flip, flip.path


def damaged(of, flip):
    """Return an exhibit with one bit of one file turned over."""
    name, content = KINDS[flip.path], flip.of(_content(of, flip.path))
    held = getattr(of, name)
    if isinstance(held, dict):
        (key, file), *others = held.items()
        return replace(of, **{name: {key: file._replace(content=content), **dict(others)}})
    return replace(of, **{name: held._replace(content=content)})


def _content(of, kind):
    held = getattr(of, KINDS[kind])
    return (next(iter(held.values())) if isinstance(held, dict) else held).content


def _stretch(kind, content):
    if kind != "clause":
        return 0, len(content)
    start = content.index(b'"clause":"') + len(b'"clause":"')
    return start, content.index(b'"', start)


def vector(name, of):
    """Return a case as JSON holds it."""

    def told(content):
        return base64.b64encode(content).decode()

    files = {
        kind: told(getattr(of, kind).content)
        for kind in ("record", "proof", "roots")
        if getattr(of, kind)
    }
    for kind in ("texts", "log"):
        if getattr(of, kind):
            files[kind] = {str(key): told(file.content) for key, file in getattr(of, kind).items()}
    return {
        "name": name,
        "id": of.id,
        "revision": of.revision,
        "files": files,
        "verdicts": {code: found.verdict.value for code, found in check(of).items()},
    }


def opened(told):
    """Return the exhibit of a vector."""

    def file(kind, value):
        return File(kind, base64.b64decode(value))

    files = told["files"]
    names = {"record": "record.json", "proof": "proof.json", "roots": "roots.jsonl"}
    return Exhibit(
        id=told["id"],
        revision=told["revision"],
        **{kind: file(name, files[kind]) for kind, name in names.items() if kind in files},
        texts={key: file(f"{key}.txt", value) for key, value in files.get("texts", {}).items()},
        log={
            int(key): file(f"{int(key):04}.jsonl", value)
            for key, value in files.get("log", {}).items()
        },
    )


def bundle(content):
    """Return an attestation of a file (a Sigstore bundle), as far as anybody reads it before `gh` does."""
    subject = {"name": "root.json", "digest": {"sha256": hashlib.sha256(content).hexdigest()}}
    payload = base64.b64encode(json.dumps({"subject": [subject]}).encode()).decode()
    kind = "application/vnd.dev.sigstore.bundle.v0.3+json"
    return json.dumps({"mediaType": kind, "dsseEnvelope": {"payload": payload}}).encode()


def written():
    """Return each file of vectors by name."""
    made = {"sound": [], "damaged": [], "flipped": []}
    for name, of, fails in cases():
        made["flipped" if fails is None else "damaged" if fails else "sound"].append(
            vector(name, of)
        )
    return {
        f"{name}.json": json.dumps({"format": 1, "vectors": one}, indent=1) + "\n"
        for name, one in made.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in written().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
