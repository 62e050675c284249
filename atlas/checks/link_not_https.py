"""Links lead to https addresses, to mail addresses, or to this site from its root on (`/methodology/`)."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from atlas.checks.check import Check
from atlas.checks.links import passages, targets
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for origin, passage in passages(atlas):
        for target in targets(passage):
            if not _may_stand(target.meant):
                message, hint = _message(target.written), _hint(target.written)
                yield origin.problem(CHECK.code, target.span, message, hint)


CHECK = Check("link-not-https", __doc__, _find, judges_text=True)


def _may_stand(target: str) -> bool:
    if target.startswith(("mailto:", "#")):
        return len(target.partition(":")[2] or target) > 1
    if target.startswith("/"):
        return not target.startswith(("//", "/\\"))
    try:
        parts = urlsplit(target)
        return target.startswith("https://") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _message(target: str) -> str:
    return f"`{target}` is not an https link" if target else "this link leads nowhere"


def _hint(target: str) -> str:
    if target.lower().startswith("http://"):
        return f"write `https://{target[7:]}` if it can be reached so; otherwise name the page without a link"
    if target.lower().startswith("https://"):
        return "write the address as `https://name/...`, in lower case and without a user name"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        return "link to an https address, a mail address or a page of this site"
    return "write it in full from https:// on, or from the root of this site, as in `/methodology/`"
