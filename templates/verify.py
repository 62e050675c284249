# Checks citations with Python alone: run it beside record.json, proof.json and roots.jsonl, or in an unpacked pack.
import hashlib, json, re, sys, unicodedata; from pathlib import Path
told, sys.excepthook = [], lambda _, error, __: print("FAIL        a file is not as it was published:", repr(error))
ALIKE = {"'": "\u2018\u2019\u201a\u201b\u2032\xb4\u02bc", '"': "\u201c\u201d\u201e\u201f\u2033\xab\xbb", "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", " ": "\u2022\u25cf\u25e6\u25aa\u2023\u2043"}
SAME = dict.fromkeys([0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]) | {ord(one): mark for mark, some in ALIKE.items() for one in some}
def clause_v1(s): return re.sub("[\0- \x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", " ", unicodedata.normalize("NFKC", s.translate(SAME)).translate(SAME)).strip(" ")
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def head(n, size, path, h): return b"".join([h, *path]) if size < 2 else sha(b"\1", head(n, left, path[:-1], h), *path[-1:]) if n < (left := 1 << (size - 1).bit_length() - 1) else sha(b"\1", *path[-1:], head(n - left, size - left, path[:-1], h))
def tell(what, good): told.append(good); print({True: "pass       ", None: "not checked"}.get(good, "FAIL       "), what)
packed, found = {name: digest for f in Path().glob("SHA256SUMS") for digest, name in (line.split("  ", 1) for line in f.read_text("utf-8").splitlines())}, {p.as_posix(): sha(p.read_bytes()).hex() for p in Path().rglob("*") if p.is_file() and p.as_posix() != "SHA256SUMS"}
if "manifest.json" in packed | found: tell("SHA256SUMS: every file is as it was packed" + "".join(f"\n             {name}: {'missing' if name not in found else 'not listed' if name not in packed else 'changed'}" for name in sorted(packed | found) if packed.get(name) != found.get(name)), packed == found)
for proof, record in [(p, r) for p in sorted(Path().rglob("proof.json")) for r in sorted(p.parent.glob("r*/record.json")) or [p.with_name("record.json")]]:
    entries, frozen, roots = json.loads(proof.read_bytes())["proofs"], json.loads(record.read_bytes()), [line for f in Path().rglob("roots.jsonl") for line in f.read_bytes().splitlines()]
    leaves = [entry["leaf"] for entry in entries if "withheld" in frozen or entry["leaf"]["revision"] == frozen["revision"]["number"]]
    tell(f"{record}: the log has its SHA-256", None if "withheld" in frozen else {leaf["record_sha256"] for leaf in leaves} == {sha(record.read_bytes()).hex()})
    tell(f"{record}: the log has the hash of its quotation (clause-v1)", None if "withheld" in frozen else {leaf["clause_sha256"] for leaf in leaves} == {sha(clause_v1(frozen["clause"]).encode()).hex() if "clause" in frozen else None})
    tell(f"{record}: the text of its document is the one in the log", all(sha(t.read_bytes()).hex() == t.stem for t in texts) if (texts := [t for leaf in leaves for t in Path().rglob(f"{leaf['text_sha256']}.txt")]) else None)
    tell(f"{proof}: every path leads from its leaf to its root (RFC 9162, 2.1.3)", all(0 <= e["index"] < e["root"]["size"] and head(e["index"], e["root"]["size"], [bytes.fromhex(h) for h in e["path"]], sha(b"\0", json.dumps(e["leaf"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())).hex() == e["root"]["root"] for e in entries))
    tell(f"{proof}: its roots are lines of roots.jsonl, each of which has the hash of the one before", (all(e["root"] in map(json.loads, roots) for e in entries) and all(json.loads(b)["prev"] == sha(a).hex() for a, b in zip(roots, roots[1:]))) if roots else None)
sys.exit(0 if told and False not in told else "This does not hold." if told else "There is no proof.json here.")
