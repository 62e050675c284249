"""Names of jurisdictions from their ISO 3166 codes, and of languages; the one owner of pycountry.

Core. `EU` is not a country of ISO 3166-1 but is reserved there, and laws come from it. Names are in
any language into which the ISO lists are translated, and in English otherwise.
"""

import gettext
from functools import lru_cache
from typing import Any

_NAMED_HERE = {
    "EU": "European Union",
    "GB": "United Kingdom",
    "US": "United States",
    "KR": "South Korea",
    "TW": "Taiwan",
}
"""Names that people use where the ISO list has a formal one, or none."""


@lru_cache(maxsize=512)
def name(code: str, interface: str = "en") -> str:
    """Return what a jurisdiction is called: `United States`, `California, United States`.

    An unknown code is its own name; the check `unknown-jurisdiction` refuses it before.
    """
    return _find(code, interface) or code


def is_known(code: str) -> bool:
    """Return whether the code is in ISO 3166-1 or 3166-2, or is EU."""
    return _find(code) is not None


@lru_cache(maxsize=512)
def language(tag: str, interface: str = "en") -> str:
    """Return what a language is called, from its tag (BCP 47): `German`, `German (AT)`."""
    import pycountry  # noqa: PLC0415  its tables are read on first use only

    code, _, variant = tag.partition("-")
    found = pycountry.languages.get(**{f"alpha_{len(code)}": code})
    known = (
        _translated("iso639-3", str(found.name), interface).partition(" (")[0] if found else code
    )
    return f"{known} ({variant})" if variant else known


@lru_cache(maxsize=512)
def _find(code: str, interface: str = "en") -> str | None:
    if code in _NAMED_HERE:
        return _translated("iso3166-1", _NAMED_HERE[code], interface)
    import pycountry  # noqa: PLC0415  its tables are read on first use only

    if "-" in code:
        part: Any = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
        if part is None:
            return None
        around = _find(code.partition("-")[0], interface)
        return f"{_translated('iso3166-2', part.name, interface)}, {around}"
    country: Any = pycountry.countries.get(alpha_2=code)
    if country is None:
        return None
    return _translated("iso3166-1", getattr(country, "common_name", country.name), interface)


def _translated(names: str, found: str, interface: str) -> str:
    """Return a name of an ISO list in a language, or as it is where the list is not translated into that."""
    if interface == "en":
        return found
    import pycountry  # noqa: PLC0415  its tables are read on first use only

    languages = [interface.replace("-", "_")]
    return gettext.translation(names, pycountry.LOCALES_DIR, languages, fallback=True).gettext(
        found
    )
