"""Where a file belongs from which nothing is read, or what it should be called. Core."""

import difflib
from collections.abc import Iterable
from pathlib import PurePosixPath

PLATFORM_FILE = "_platform.yaml"
DOCUMENT_FILE = "_document.yaml"
SITE_FILE = "data/site.yaml"

_NEARLY = frozenset({".md", ".markdown", ".yaml", ".yml"})
"""Endings, in any letter case, of files that are meant to be records."""
_BESIDE = 6
"""Parts of the path of a file in the folder beside a record."""


def right_place(path: PurePosixPath, shelves: Iterable[str]) -> str:
    """Return where a file that nothing is read from may belong, or what it should be called."""
    special = {PLATFORM_FILE[:-5]: PLATFORM_FILE, DOCUMENT_FILE[:-5]: DOCUMENT_FILE}.get(
        path.stem.lower()
    )
    ending = ".yaml" if path.parts[0] == "data" else ".md"
    meant = special or (f"{path.stem}{ending}" if path.suffix.lower() in _NEARLY else path.name)
    if meant != path.name:
        return f"rename it to `{meant}`"
    if special == PLATFORM_FILE:
        return f"a platform is described in content/platform/<platform>/{PLATFORM_FILE}"
    if special == DOCUMENT_FILE:
        return f"a document is described in content/platform/<platform>/<document>/{DOCUMENT_FILE}"
    if len(path.parts) == _BESIDE and path.parts[:2] == ("content", "platform"):
        return "beside a record stand `r1.md`, `response-1.md` and `dispute-1.md`, and so on with other numbers"
    if path.parts[0] == "data":
        names = [
            PurePosixPath(SITE_FILE).name,
            *(f"{PurePosixPath(s).name}.yaml" for s in shelves),
        ]
        close = difflib.get_close_matches(path.name.lower(), names, 1, 0.8)
        return (
            f"did you mean `{close[0]}`?"
            if close
            else f"the files in data/ are: {', '.join(names)}"
        )
    return "a provision is content/platform/<platform>/<document>/<provision>.md; see content/README.md"
