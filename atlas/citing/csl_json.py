"""CSL-JSON: an item for citation processors (Zotero, Pandoc), as `csl-data.json` of the Citation Style Language has it.

Core. `accessed` is left to the reader.
"""

import json

from atlas.citing.cited import Cited, Name
from atlas.citing.wording import archived, noted
from atlas.words import Words


def csl_json(words: Words, of: Cited) -> str:
    """Return an item as JSON on one line, its keys in order."""
    return json.dumps(item(words, of), ensure_ascii=False, sort_keys=True)


def item(words: Words, of: Cited) -> dict[str, object]:
    """Return an item. Styles print `genre` before the number, as in `Record CA-P-007114`; the note says all of it."""
    claimed = words.say("citation.claimed") if of.is_claim else ""
    described = "; ".join(part for part in (claimed, *of.described) if part)
    told: dict[str, object] = {
        "id": of.key,
        "type": "webpage",
        "title": of.title,
        "author": [_author(name) for name in of.names],
        "container-title": of.site,
        "genre": words.say("citation.genre") if of.number else described,
        "issued": {"date-parts": [[of.day.year, of.day.month, of.day.day]]} if of.day else None,
        "language": of.language,
        "note": "; ".join((*noted(words, of), *archived(words, of))),
        "number": of.number,
        "section": of.pinpoint,
        "status": "; ".join(of.cautions),
        "URL": of.url,
        "version": str(of.revision) if of.revision else "",
    }
    return {name: value for name, value in told.items() if value}


def _author(name: Name) -> dict[str, str]:
    """Return a name; one of which nobody knows the parts is to be printed as it stands."""
    if not name.family:
        return {"literal": name.printed}
    return {"family": name.family, **({"given": name.given} if name.given else {})}
