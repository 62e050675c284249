"""One verb of `./run` a file, and the list of them. Door.

A verb's file is imported when the verb is called, and imports what does its work then: none pays for another.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Never

import click

_FILES = {
    "build": "build",
    "check": "check",
    "assign": "assign",
    "register": "register",
    "commit": "commit",
    "timestamp": "timestamp",
    "revise": "revise",
    "rename": "rename",
    "withdraw": "withdraw",
    "supersede": "supersede",
    "review": "review",
    "verify": "verify",
    "verify-citation": "verify_citation",
    "pack": "pack",
    "propose": "propose",
    "import": "import_history",
    "fingerprint": "fingerprint",
    "serve": "serve",
    "schema": "schema",
}
"""Module of each verb; its function has the module's name."""


class Verbs(MutableMapping[str, click.Command]):
    """The verbs by name, as click wants them; each is imported when it is asked for."""

    def __getitem__(self, verb: str) -> click.Command:
        """Return a verb, or raise KeyError."""
        name = _FILES[verb]
        command: click.Command = getattr(import_module(f"atlas.commands.{name}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(_FILES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(_FILES)

    def __setitem__(self, verb: str, command: click.Command) -> Never:
        """Refuse: the list is literal."""
        raise TypeError(f"{verb} is entered in the list of atlas.commands")

    def __delitem__(self, verb: str) -> Never:
        """Refuse: the list is literal."""
        raise TypeError(f"{verb} is taken out of the list of atlas.commands")
