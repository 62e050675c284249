"""The note of a pack: what is what, how to check it, what vouches for it, and what nothing proves.

Core. Whoever is handed a pack may know nothing of the atlas.
"""

import textwrap
from collections.abc import Sequence

from atlas import urls
from atlas.citation_check.report import PROVES_NOT
from atlas.model import Leaf, Provision
from atlas.publication import Publication

_WIDTH = 88


def note(
    publication: Publication,
    records: Sequence[Provision],
    leaves: Sequence[Leaf],
    *,
    has_log: bool,
) -> str:
    """Return the text of `README.txt`; `leaves` are those of the records, `has_log` says that all others are there."""
    site = publication.atlas.site
    blocks = [
        f"A pack of {site.title}: {', '.join(of.id or '' for of in records)}",
        f"Made of what was published at {publication.absolute(urls.HOME)} on {publication.as_of}.",
        "Every file stands at the address that it has there.",
        *(_record(publication, of, leaves) for of in records),
        _WHAT,
        _WHOLE_LOG if has_log else _LONG_LOG.format(count=len(publication.atlas.published.leaves)),
        _VOUCHED,
        _HOW,
        f"What this does not prove\n\n{textwrap.fill(PROVES_NOT, _WIDTH)}",
    ]
    return "\n\n".join(blocks) + "\n"


def _record(publication: Publication, of: Provision, leaves: Sequence[Leaf]) -> str:
    folder = urls.provision(of).removeprefix("/")
    platform = publication.atlas.platforms[of.platform].name
    document = publication.atlas.documents[of.platform, of.document].title
    told = [
        f"{of.id}: {of.title}",
        f"  {platform}, {document}",
        f"  cited as {publication.absolute(urls.permanent(of.id or '', of.number))}",
        f"  files in {folder}",
    ]
    for number in range(1, of.number + 1):
        hashes = {
            leaf.record_sha256 for leaf in leaves if (leaf.id, leaf.revision) == (of.id, number)
        }
        told += [f"  revision {number}: SHA-256 {one}" for one in sorted(hashes)]
    return "\n".join(told)


_WHAT = """\
What is what

  r<n>/record.json   revision n of the record, frozen when it was published: these very
                     bytes are what the log vouches for
  record.json        the record as it stood on the day above; index.md is the same for reading
  history.json       which revision stood when, and what each one changed
  proof.json         the leaves of the log that are of this record, each with its path to
                     the first root that holds it (RFC 9162)
  evidence.json      beside the document: what was seen of it and when, the hashes of its
                     texts, and the copies that archives of others hold
  citations.*        beside the document: how its records are cited
  evidence/texts/    the texts of the document that may be published, named by their SHA-256
  api/v1/log/        the roots of the log in roots.jsonl, and below anchors/ the time stamps
                     (RFC 3161) and attestations of roots that vouch for these records first,
                     and the newest ones
  manifest.json      each file with what it is and what vouches for it, for programs
  SHA256SUMS         the SHA-256 of every other file, as `sha256sum -c SHA256SUMS` reads it"""
_WHOLE_LOG = """\
The files of four digits in api/v1/log/ hold all leaves of the log, so that its roots can be
added up again."""
_LONG_LOG = """\
The {count:,} leaves of the log are not here: the path of each leaf of these records leads to
its root without them. They are at api/v1/log/ of the site, for whoever wants to add them up."""
_VOUCHED = """\
What vouches for what

  The log vouches for the frozen records, the proofs, the roots and the texts: their hashes
  are in leaves, and the roots over these are signed by others. Nothing vouches for the rest
  but this pack: it is copied as the site showed it on the day above. SHA256SUMS shows what
  was damaged or mislaid since, and cannot show that somebody wrote all of it anew. Whoever
  files a pack may write down the SHA-256 of the zip with it, which fixes every file in it."""
_HOW = """\
How to check it

  python3 verify.py                               in this folder; it needs Python and nothing
                                                  else, and is short enough to be read
  ./run verify-citation PACK                      with the program of the atlas, on the zip or
                                                  this folder: more checks, and others'
                                                  archives are asked
  openssl ts -verify -in FILE.tsr -data LINE -CAfile CERTIFICATES
                                                  a time stamp by itself; LINE is a file with
                                                  the line of roots.jsonl of so many leaves as
                                                  the name begins with, without its line feed"""
