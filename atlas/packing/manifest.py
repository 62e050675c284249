"""`manifest.json`: what each file of a pack is and what vouches for it, and of which atlas the pack is.

Core. `proved`: the log has its hash, or it is the way there. `signed`: others signed it. `copied`: it is as the
site showed it on the day of the pack, or what the pack says of itself, and nothing else vouches for it.
"""

import json
import re
from collections.abc import Mapping, Sequence

from atlas import urls
from atlas.citation_check.exhibit import sha256
from atlas.model import Leaf, Provision
from atlas.publication import Publication

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""
_WHAT = tuple(
    (re.compile(pattern).search, what, vouched)
    for pattern, what, vouched in (
        (r"/r\d+/record\.json$", "a frozen revision of a record", "copied"),
        (r"/record\.json$", "a record as it stood on this day", "copied"),
        (r"/index\.md$", "a record as it stood on this day, for reading", "copied"),
        (r"/history\.json$", "which revision of a record stood when", "copied"),
        (r"/proof\.json$", "leaves of a record with their paths to roots", "proved"),
        (r"/evidence\.json$", "what was seen of a document", "copied"),
        (r"/citations\.\w+$", "how the records of a document are cited", "copied"),
        (r"^evidence/texts/", "a text of a document", "copied"),
        (r"/roots\.jsonl$", "the roots of the log", "proved"),
        (r"/\d+\.jsonl$", "leaves of the log", "proved"),
        (r"/anchors/.*\.tsr$", "a time stamp of a root", "signed"),
        (r"/anchors/", "an attestation of a root", "signed"),
        (r"^verify\.py$", "a script that checks this pack", "copied"),
        (r"^README\.txt$", "a note on this pack", "copied"),
    )
)


def manifest(
    publication: Publication,
    records: Sequence[Provision],
    leaves: Sequence[Leaf],
    files: Mapping[str, bytes],
) -> str:
    """Return the text of `manifest.json`; `leaves` are those of the records."""
    site = publication.atlas.site
    logged = {leaf.record_sha256 for leaf in leaves} | {leaf.text_sha256 for leaf in leaves}
    tree = {
        "format": FORMAT,
        "atlas": {
            "title": site.title,
            "address": publication.absolute(urls.HOME),
            "id_prefix": site.id_prefix,
            **({"fictional": True} if site.fictional else {}),
        },
        "as_of": publication.as_of.isoformat(),
        "records": [
            {"id": of.id, "revision": of.number, "folder": urls.provision(of).removeprefix("/")}
            for of in records
        ],
        "files": [_file(path, files[path], logged) for path in sorted(files)],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _file(path: str, content: bytes, logged: set[str | None]) -> dict[str, str]:
    what, vouched = next((what, by) for is_such, what, by in _WHAT if is_such(path))
    return {
        "path": path,
        "what": what,
        "vouched": "proved" if sha256(content) in logged else vouched,
    }
