"""Every provision stands in a folder with a `_document.yaml`, and every document in one with a `_platform.yaml`."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    missing: set[str] = set()
    parsed = {f"content/platform/{slug}/_platform.yaml" for slug in atlas.platforms}
    parsed |= {
        f"content/platform/{platform}/{slug}/_document.yaml" for platform, slug in atlas.documents
    }
    for child, path, of in _parents(atlas):
        if path in parsed or path in atlas.records.unparsed or path in missing:
            continue
        missing.add(path)
        message = f"the {of} of this file is not described: there is no {path}"
        hint = f"add {path} with at least its {'name' if of == 'platform' else 'title, kind and language'}"
        yield Problem(CHECK.code, child, FIRST_LINE, message, hint)


CHECK = Check("missing-parent", __doc__, _find)


def _parents(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """Yield each file with the file that it needs above it, once per needed file at most twice."""
    for document in atlas.records.documents:
        yield (
            document.origin.path,
            f"content/platform/{document.platform}/_platform.yaml",
            "platform",
        )
    for provision in atlas.records.provisions:
        yield (
            provision.origin.path,
            f"content/platform/{provision.platform}/_platform.yaml",
            "platform",
        )
        folder = f"content/platform/{provision.platform}/{provision.document}"
        yield provision.origin.path, f"{folder}/_document.yaml", "document"
