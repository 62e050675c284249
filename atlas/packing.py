"""What goes into a pack: of some records, every file of the site that somebody needs to check them without it.

Core. Files stand at the addresses that they have on the site, beside a script and a note that says what each is.
"""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.addresses import BESIDE_DOCUMENT
from atlas.citation_check.report import PROVES_NOT
from atlas.model import Leaf, Provision
from atlas.outputs import (
    citations,
    evidence_json,
    frozen_json,
    history_json,
    index_md,
    log_files,
    proof_json,
    record_json,
)
from atlas.publication import Publication

SCRIPT, NOTE = "verify.py", "README.txt"
_OUTPUTS = (
    record_json.files,
    index_md.files,
    frozen_json.files,
    history_json.files,
    proof_json.files,
    evidence_json.files,
    citations.files,
)
_WIDTH = 64


def texts(publication: Publication, records: Sequence[Provision]) -> tuple[str, ...]:
    """Return the hashes of the texts that the log names for these records, where they may be published."""
    return tuple(sorted({leaf.text_sha256 or "" for leaf in _leaves(publication, records)} - {""}))


def packed(publication: Publication, records: Sequence[Provision]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file of a pack but the texts and the script."""
    beside = tuple(urls.provision(of).removeprefix("/") for of in records)
    wanted = {
        urls.document(publication.atlas.documents[of.platform, of.document], name).removeprefix("/")
        for of in records
        for name in ("evidence.json", *BESIDE_DOCUMENT)
    }
    for output in _OUTPUTS:
        for file in output(publication, ()):
            if file.path in wanted or file.path.startswith(beside):
                yield file.path, file.text.encode()
    yield from _log(publication, records)
    yield NOTE, _note(publication, records).encode()


def _log(publication: Publication, records: Sequence[Provision]) -> Iterator[tuple[str, bytes]]:
    """Yield the roots, their anchors, and the leaves up to those of the newest root that a proof names."""
    published = publication.atlas.published
    ids = {of.id for of in records}
    last = max(place for place, leaf in enumerate(published.leaves) if leaf.id in ids)
    size = next((root.size for root in published.roots if root.size > last), last + 1)
    files = {file.path: file for file in log_files.files(publication, ())}
    starts = range(0, size, 1_000)
    names = [urls.LOG.removeprefix("/") + f"{start // 1_000:04}.jsonl" for start in starts]
    for name in (*names, urls.LOG.removeprefix("/") + "roots.jsonl"):
        if name in files:
            yield name, files[name].text.encode()
    yield from log_files.anchors(published)


def _leaves(publication: Publication, records: Sequence[Provision]) -> Iterator[Leaf]:
    ids = {of.id for of in records}
    yield from (leaf for leaf in publication.atlas.published.leaves if leaf.id in ids)


def _note(publication: Publication, records: Sequence[Provision]) -> str:
    """Return the note: what is what, how to check it, and what it does not prove."""
    site = publication.atlas.site
    blocks = [
        f"A pack of {site.title}: {', '.join(of.id or '' for of in records)}",
        f"Made of what was published at {publication.absolute(urls.HOME)} on {publication.as_of}.",
        "Every file stands at the address that it has there.",
        *(_record(publication, of) for of in records),
        _WHAT,
        _HOW.format(id=records[0].id),
        f"What this does not prove\n\n{_folded(PROVES_NOT)}",
    ]
    return "\n\n".join(blocks) + "\n"


def _record(publication: Publication, of: Provision) -> str:
    folder = urls.provision(of).removeprefix("/")
    platform = publication.atlas.platforms[of.platform].name
    document = publication.atlas.documents[of.platform, of.document].title
    leaves = list(_leaves(publication, (of,)))
    told = [
        f"{of.id}: {of.title}",
        f"  {platform}, {document}",
        f"  cited as {publication.absolute(urls.permanent(of.id or '', of.number))}",
        f"  files in {folder}",
    ]
    for number in range(1, of.number + 1):
        hashes = {leaf.record_sha256 for leaf in leaves if leaf.revision == number}
        told += [f"  revision {number}: SHA-256 {one}" for one in sorted(hashes)]
    return "\n".join(told)


def _folded(text: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > _WIDTH + 24:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


_WHAT = """\
What is what

  r<n>/record.json   revision n of the record, frozen when it was published: these very
                     bytes are what the log vouches for
  record.json        the record as it stands today; index.md is the same for reading
  history.json       which revision stood when, and what each one changed
  proof.json         the leaves of the log that are of this record, each with its path to
                     the first root that holds it (RFC 9162)
  evidence.json      beside the document: what was seen of it and when, the hashes of its
                     texts, and the copies that archives of others hold
  citations.*        beside the document: how its records are cited
  evidence/texts/    the texts of the document that may be published, named by their SHA-256
  api/v1/log/        the leaves of the log, its roots in roots.jsonl, and below anchors/ the
                     time stamps (RFC 3161) and attestations of roots"""
_HOW = """\
How to check it

  python3 verify.py                               in this folder; it needs Python and nothing
                                                  else, and is short enough to be read
  ./run verify-citation {id} --from FOLDER
                                                  with the program of the atlas: more checks,
                                                  and others' archives are asked
  openssl ts -verify -in FILE.tsr -data LINE -CAfile CERTIFICATES
                                                  a time stamp by itself; LINE is a file with
                                                  the line of roots.jsonl of so many leaves as
                                                  the name begins with, without its line feed"""
