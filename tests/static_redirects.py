"""Reads `_redirects` as hosts do: an address, where it leads, a status."""

import re

_ADDRESS = re.compile(r"/[A-Za-z0-9._~%/-]*")


def read_redirects(text):
    """Return the rules of a `_redirects` file: source, target and status, in order.

    Raises:
        ValueError: a line is no rule without patterns, or a source has two.
    """
    rules, sources = [], set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split(" ")
        if len(parts) != 3 or not all(map(_ADDRESS.fullmatch, parts[:2])) or parts[2] != "301":
            raise ValueError(f"_redirects:{number}: {line!r} is no rule")
        if parts[0] in sources:
            raise ValueError(f"_redirects:{number}: {parts[0]} leads to two places")
        sources.add(parts[0])
        rules.append((parts[0], parts[1], int(parts[2])))
    return rules
