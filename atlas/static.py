"""Files as a web server sees them: which one stands at an address, and what kind it is.

Edge: looks at the disk, reads nothing.
"""

from pathlib import Path

_MEDIA = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".pagefind": "application/octet-stream",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
}
_TEXT = frozenset(kind for kind in _MEDIA.values() if kind.startswith("text/")) | {
    "application/json",
    "application/jsonl",
    "application/manifest+json",
    "application/xml",
    "application/yaml",
    "image/svg+xml",
}


def media_type(suffix: str) -> str:
    """Return the media type of a file by its suffix, with the character set where it is text."""
    kind = _MEDIA.get(suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind in _TEXT else kind


def inside(folder: Path, address: str) -> Path | None:
    """Return the file or folder at an address, or None when it is not there or not inside `folder`."""
    parts = address.removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        return None
    try:
        found = folder.joinpath(*parts).resolve(strict=True)
        return found if found.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None
