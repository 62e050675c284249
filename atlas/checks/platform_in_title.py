"""Title and claim do not name the platform: the page says it beside them already."""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import field_passage
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    names = {
        slug: re.compile(rf"(?<!\w){re.escape(platform.name)}(?!\w)", re.IGNORECASE)
        for slug, platform in atlas.platforms.items()
    }
    for provision in atlas.records.provisions:
        name = names.get(provision.platform)
        for place, text in (("title", provision.title), ("claim", provision.claim)):
            match = name.search(text) if name else None
            if match:
                span = field_passage(provision.origin, text, place).span(*match.span())
                message = f"the {place} names the platform, `{match[0]}`"
                hint = "begin with what the clause does, as in `Keeps deleted posts`"
                yield provision.origin.problem(CHECK.code, span, message, hint)


CHECK = Check("platform-in-title", __doc__, _find, judges_text=True)
