"""From a case to its exhibit: every file of the site that the checks look at, from the first place that has it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from atlas.citation_check.exhibit import Exhibit, File, root_of, sha256, tree_of
from atlas.citation_check.frozen_record import revision_of
from atlas.citation_check.reading import CitationFault, Cited
from atlas.ledger.coding import Wrong
from atlas.proof import Inclusion, decode_proof
from atlas.site_files import Web
from atlas.verify_citation.places import Case

LEAVES = 1_000
"""So many leaves of the log stand in one file."""
_LOG = "api/v1/log"
_ANCHOR = re.compile(r"([1-9][0-9]{0,15})\.(?:[a-z0-9][a-z0-9-]*\.tsr|sigstore\.json)").fullmatch
_MOST_TEXTS = 50


def gathered(case: Case) -> tuple[Exhibit, bool | None]:
    """Return what there is of a case, and whether its revision is the current one; None: nothing at hand says.

    Raises:
        CitationFault: there is no such record, no such revision, or nothing of it was published yet.
    """
    proof = case.beside("proof.json")
    entries = _opened(proof)
    number = _number(case, proof)
    revision = _revision(case, entries, number)
    record = case.record or _record(case, revision)
    _refuse_unknown(case, number, proof, record)
    roots = case.of_site(f"{_LOG}/roots.jsonl")
    cited = tuple(entry for entry in entries if entry.leaf.revision == revision)
    evidence = case.of_document("evidence.json")
    texts = dict(_texts(case, cited))
    anchors = dict(_anchors(case, cited, roots))
    exhibit = Exhibit(
        id=number,
        revision=revision,
        record=record,
        given=case.given,
        proof=proof,
        roots=roots,
        log=_log(case, cited),
        texts=texts,
        text_absent=_why_no_text(evidence, cited),
        anchors=anchors,
        anchors_absent="none was found at the place where the proof is",
        trusted=case.settings.trusted,
    )
    return exhibit, _is_current(case, entries, revision)


def _opened(proof: File | None) -> tuple[Inclusion, ...]:
    """Return the entries of a proof that can be read; nothing otherwise."""
    try:
        return decode_proof(proof.content)[1] if proof else ()
    except Wrong:
        return ()


def _number(case: Case, proof: File | None) -> str:
    """Return the id of the record: the one that was named, or that of the page that was named."""
    if case.cited.id:
        return case.cited.id
    page = case.beside("record.json")
    for file in (page, proof):
        told = (tree_of(file.content) or {}).get("id") if file else None
        if isinstance(told, str) and re.fullmatch(r"[A-Z]{2,8}-P-[0-9]{6}", told):
            case.cited = Cited(told, case.cited.revision, case.cited.folder)
            return told
    if page:
        raise CitationFault(
            f"the record at /{case.cited.folder} has no id yet, so nothing vouches for it;"
            " ids are given when it is published"
        )
    raise CitationFault(f"there is no record at /{case.cited.folder}; {_looked_at(case)}")


def _revision(case: Case, entries: tuple[Inclusion, ...], number: str) -> int:
    """Return the revision that is meant: the one that is named, that of the record given, or the last one."""
    named, known = case.cited.revision, {entry.leaf.revision for entry in entries}
    if named:
        if not case.record and known and named not in known and not _record(case, named):
            last = max(known)
            raise CitationFault(
                f"there is no revision {named} of {number}; the last one of which the log knows is {last}"
            )
        return named
    if case.record:
        actual = sha256(case.record.content)
        same = [e.leaf.revision for e in entries if e.leaf.record_sha256 == actual]
        return next(iter(same), max(known, default=1))
    return max(known, default=1)


def _is_current(case: Case, entries: tuple[Inclusion, ...], revision: int) -> bool | None:
    """Return whether a revision is the last one of the log, or without a proof, the one that the page is of."""
    if entries:
        return revision == max(entry.leaf.revision for entry in entries)
    page, history = (
        (tree_of(file.content) if file else None) or {}
        for file in (case.given or case.beside("record.json"), case.beside("history.json"))
    )
    numbers = [revision_of(page) or 1] if "address" in page else []
    listed = history.get("revisions") if history.get("id") == case.cited.id else None
    numbers += [revision_of({"revision": n}) for n in listed] if isinstance(listed, list) else []
    if numbers:
        return revision == max(numbers)
    return None if case.is_newest else False


def _record(case: Case, revision: int) -> File | None:
    """Return the frozen record of a revision; the one of the page, which is not frozen, is none."""
    for name in (f"r{revision}/record.json", f"{case.cited.id}.r{revision}.json"):
        file = case.beside(name)
        tree = tree_of(file.content) if file else None
        is_other = tree and revision_of(tree) not in {0, revision} and _is_flat(case, file)
        if file and not (tree and "address" in tree and "rubric" not in tree) and not is_other:
            return file
    return None


def _is_flat(case: Case, file: File | None) -> bool:
    return bool(file) and not any(place.folder for place in case.used)


def _refuse_unknown(case: Case, number: str, proof: File | None, record: File | None) -> None:
    if case.record or proof:
        return
    place = next(case.places(), None)
    if place is None:
        raise CitationFault(f"{number} is no id of a record that was found; {_looked_at(case)}")
    if place.files.is_whole:
        raise CitationFault(
            f"{number} has no leaf in the log yet, so nothing vouches for it; the next publishing adds one"
        )
    if not record:
        raise CitationFault(
            f"neither the frozen record of {number} nor its proof.json is in {place.files.name}"
        )


def _looked_at(case: Case) -> str:
    names = list(dict.fromkeys(case.asked))
    if not names:
        return "no place was looked at: name one with --from, or leave --offline out"
    return f"it was looked for in {', '.join(names)}"


def _texts(case: Case, cited: tuple[Inclusion, ...]) -> Iterator[tuple[str, File]]:
    wanted = {entry.leaf.text_sha256 for entry in cited if entry.leaf.text_sha256}
    for found in sorted(wanted):
        file = case.of_site(f"evidence/texts/{found[:2]}/{found}.txt")
        if file is None:
            file = next((one for one in _flat_texts(case) if sha256(one.content) == found), None)
        if file:
            yield found, file


def _flat_texts(case: Case) -> Iterator[File]:
    """Yield the texts that lie beside the proof under a name of somebody's own."""
    for place in case.places():
        if not place.folder and not place.files.is_whole:
            names = [n for n in place.files.names() if n.endswith(".txt") and "/" not in n]
            for name in names[:_MOST_TEXTS]:
                if content := place.files.read(name):
                    yield File(name, content)


def _why_no_text(evidence: File | None, cited: tuple[Inclusion, ...]) -> str:
    """Say why there is no text, by what the evidence says of it."""
    wanted = {entry.leaf.text_sha256 for entry in cited}
    tree: Any = tree_of(evidence.content) if evidence else None
    texts = tree.get("texts") if isinstance(tree, dict) else None
    for text in texts if isinstance(texts, list) else ():
        if isinstance(text, dict) and text.get("sha256") in wanted and not text.get("address"):
            return "The text of the document is not published, only its hash is; whoever holds it can compare."
    return "The text of the document was not at hand."


def _log(case: Case, cited: tuple[Inclusion, ...]) -> Mapping[int, File]:
    """Return the files of leaves that are at hand; the network is not asked for them, since the path is enough."""
    place = next((one for one in case.places() if not isinstance(one.files, Web)), None)
    if place is None:
        return {}
    starts = [entry.index // LEAVES * LEAVES for entry in cited]
    found: dict[int, File] = {}
    start = 0
    while True:
        path = f"{_LOG}/{start // LEAVES:04}.jsonl"
        content = place.files.read(path)
        if content is not None:
            found[start] = File(path, content)
        elif start >= max(starts, default=0):
            return found
        start += LEAVES


def _anchors(
    case: Case, cited: tuple[Inclusion, ...], roots: File | None
) -> Iterator[tuple[str, bytes]]:
    """Yield time stamps and attestations; where names cannot be listed, those of the first root and the newest."""
    for place in case.places():
        names = [*place.files.names(f"{_LOG}/anchors")]
        names += (
            [name for name in place.files.names() if "/" not in name]
            if not names and not place.files.is_whole
            else []
        )
        if isinstance(place.files, Web) and cited:
            newest = [
                root_of(line) for line in (roots.content if roots else b"").split(b"\n")[-2:-1]
            ]
            sizes = dict.fromkeys([cited[0].root.size, *(root.size for root in newest if root)])
            endings = ("sigstore.json", *(f"{name}.tsr" for name in case.settings.authorities))
            names = [f"{_LOG}/anchors/{size}.{ending}" for size in sizes for ending in endings]
        found = False
        for name in names:
            last = name.rpartition("/")[2]
            if _ANCHOR(last) and (content := place.files.read(name)):
                found = True
                yield last, content
        if found:
            return
