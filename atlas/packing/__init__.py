"""What goes into a pack: of some records, every file of the site that somebody needs to check them without it.

Core. Files stand at the addresses that they have on the site, beside a script, a note that says what each
is, a manifest that says the same to programs, and sums over all of them.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from atlas import urls
from atlas.addresses import BESIDE_DOCUMENT
from atlas.citation_check.exhibit import sha256
from atlas.citation_check.pack import MANIFEST, SUMS, sums_text
from atlas.model import Leaf, Provision, Published
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
from atlas.packing.manifest import manifest
from atlas.packing.note import note
from atlas.publication import Publication

SCRIPT, NOTE = "verify.py", "README.txt"
MOST_LEAVES = 10_000
"""A log of so many leaves is packed whole and can be added up again; of a longer one the paths have to be enough."""
_LOG = urls.LOG.removeprefix("/")
_OUTPUTS = (
    record_json.files,
    index_md.files,
    frozen_json.files,
    history_json.files,
    proof_json.files,
    evidence_json.files,
    citations.files,
)


def texts(publication: Publication, records: Sequence[Provision]) -> tuple[str, ...]:
    """Return the hashes of the texts that the log names for these records, where they may be published."""
    return tuple(sorted({leaf.text_sha256 or "" for leaf in _leaves(publication, records)} - {""}))


def packed(publication: Publication, records: Sequence[Provision]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file that the site has of some records, but the texts of documents."""
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
    yield from log(publication, records)


def sealed(
    publication: Publication, records: Sequence[Provision], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of a pack with what the pack says of them: note, manifest and sums."""
    leaves = tuple(_leaves(publication, records))
    has_log = f"{_LOG}0000.jsonl" in files
    whole = {**files, NOTE: note(publication, records, leaves, has_log=has_log).encode()}
    whole[MANIFEST] = manifest(publication, records, leaves, whole).encode()
    sums = {path: sha256(content) for path, content in whole.items()}
    return {**whole, SUMS: sums_text(sums).encode()}


def log(publication: Publication, records: Sequence[Provision]) -> Iterator[tuple[str, bytes]]:
    """Yield the roots, the anchors that are needed, and the leaves of a log that is not too long."""
    published = publication.atlas.published
    is_short = len(published.leaves) <= MOST_LEAVES
    for file in log_files.files(publication, ()):
        if is_short or file.path == f"{_LOG}roots.jsonl":
            yield file.path, file.text.encode()
    wanted = _anchors(published, {of.id for of in records})
    for path, content in log_files.anchors(published):
        if path.rpartition("/")[2] in wanted:
            yield path, content


def _anchors(published: Published, ids: set[str | None]) -> set[str]:
    """Return the names of the anchors that vouch for these records the earliest, and of the newest of each kind.

    What is said of a root holds for every earlier one, since their lines are chained.
    """
    sizes = [root.size for root in published.roots]
    indices = [index for index, leaf in enumerate(published.leaves) if leaf.id in ids]
    roots = {sizes[at] for one in indices if (at := bisect_right(sizes, one)) < len(sizes)}
    kinds: dict[str, list[int]] = defaultdict(list)
    for name in published.anchors:
        size, _, kind = name.partition(".")
        kinds[kind].append(int(size))
    return {f"{size}.{kind}" for kind, at in kinds.items() for size in _needed(sorted(at), roots)}


def _needed(anchored: Sequence[int], roots: set[int]) -> set[int]:
    """Return of the sizes at which there are anchors the first from each root on, and the last."""
    first = {anchored[at] for root in roots if (at := bisect_left(anchored, root)) < len(anchored)}
    return first | {anchored[-1]}


def _leaves(publication: Publication, records: Sequence[Provision]) -> Iterator[Leaf]:
    ids = {of.id for of in records}
    yield from (leaf for leaf in publication.atlas.published.leaves if leaf.id in ids)
