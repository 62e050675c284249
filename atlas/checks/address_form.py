"""An old address is one that this site may have had: a folder with a slash at its end, or a file with its ending."""

import re
from collections.abc import Iterator
from datetime import date

from atlas import urls
from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ADDRESS = re.compile(
    rf"/(?:{_NAME}/)*(?:{_NAME}(?:[.-]{_NAME})*\.[a-z0-9]+)?"
    r"|/id/[A-Z]{2,8}-[PD]-[0-9]{5,6}/(?:r[1-9][0-9]*/)?",
    re.ASCII,
)
_UNPROMISED = ("/assets/", "/pagefind/", f"{urls.VERIFY}index/", "/sitemap-", urls.NOT_FOUND)
"""What nobody was promised, and what the program writes there may stand in the way."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    folders = [urls.language_folder(one) for one in site.translations] if site else []
    for old in atlas.records.addresses:
        fault = _fault(old.key, folders)
        if fault:
            yield old.origin.problem(CHECK.code, old.origin.at_key(), *fault)


CHECK = Check("address-form", __doc__, _find)


def _fault(key: str, folders: list[str]) -> tuple[str, str] | None:
    folder = next((folder for folder in folders if key.startswith(f"/{folder}")), None)
    if folder:
        inside = f"/{key.removeprefix(f'/{folder}')}"
        hint = f"write `{inside}`: it leads on in every language"
        return f"`{key}` is an address in one language", hint
    if key.startswith(_UNPROMISED):
        hint = "take the line out"
        return f"`{key}` is the name of a file of the program, which nobody was promised", hint
    if _ADDRESS.fullmatch(key):
        return None
    if _ADDRESS.fullmatch(f"{key}/"):
        return f"`{key}` is no address of a page", f"write `{key}/`, with the slash at its end"
    hint = "write it from the root of the site on, as in `/clause-type/old-name/`"
    return f"`{key}` is no address of this site", hint
