"""The words of the interface: every label that people read comes from `templates/words.yaml`.

Core. A word is a sentence with `{names}` in it; one that counts has a form for each plural category
of its language, of which `other` is always one, chosen by `n` and the rules that stand under
`grammar.plural` (the names and the rules are those of CLDR). Each language has a file of its own
with the same entries.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from atlas.problem import Fault

FILE = "words.yaml"
"""The words that are there when a language has no file of its own: English ones."""

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""Names of plural categories (UTS 35)."""
_RELATION = re.compile(r"n(?: % ([1-9]\d*))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)")


class WordsFault(Fault):
    """A word of the interface is missing or cannot be filled in; says which."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted key (`provision.why-it-matters`)."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]] = field(repr=False)
    file: str = FILE
    """Name of the file below `templates/` that they come from."""

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the words at `key` as plain text, with `values` filled in.

        Raises:
            WordsFault: there is no such entry, or it names a value that was not given.
        """
        return str(self._filled(key, self._pattern(key, n), n, values))

    def markup(self, key: str, n: int | None = None, **values: object) -> Markup:
        """Return the words at `key` as HTML: the words escaped, values escaped unless they are markup."""
        return Markup(self._filled(key, escape(self._pattern(key, n)), n, values))  # noqa: S704  both escaped

    def forms(self, key: str) -> str:
        """Return every form of a word that counts by its category, as JSON for a script that counts itself.

        Raises:
            WordsFault: there is no such entry.
        """
        entry = self.entries.get(key)
        if entry is None:
            raise WordsFault(f"templates/{self.file} has no entry `{key}`; add it")
        return json.dumps(
            {"other": entry} if isinstance(entry, str) else dict(entry), ensure_ascii=False
        )

    def has(self, key: str) -> bool:
        """Return whether there is an entry."""
        return key in self.entries

    def _pattern(self, key: str, n: int | None) -> str:
        entry = self.entries.get(key)
        if entry is None:
            raise WordsFault(f"templates/{self.file} has no entry `{key}`; add it")
        if isinstance(entry, str):
            return entry
        return (
            entry.get(self._category(n), entry["other"]) if isinstance(n, int) else entry["other"]
        )

    def _category(self, n: int) -> str:
        rules = ((c, self.entries.get(f"grammar.plural.{c}")) for c in CATEGORIES)
        try:
            return next(
                (c for c, rule in rules if isinstance(rule, str) and holds(rule, n)), "other"
            )
        except ValueError as error:
            raise WordsFault(f"templates/{self.file}: `grammar.plural`: {error}") from error

    def _filled(self, key: str, pattern: str, n: int | None, values: Mapping[str, object]) -> str:
        try:
            return pattern.format(**({"n": n} if n is not None else {}), **values)
        except (LookupError, ValueError, AttributeError) as error:
            known = ", ".join(f"{{{name}}}" for name in sorted(values)) or "none"
            message = f"templates/{self.file}: `{key}` cannot be filled in ({error}); the values it may name: {known}"
            raise WordsFault(message) from error


def holds(rule: str, n: int) -> bool:
    """Return whether a number fits a plural rule of CLDR: `n % 10 = 2..4 and n % 100 != 12..14`.

    Raises:
        ValueError: it is no rule about `n`.
    """
    alternatives = [
        [_relation(relation, n) for relation in alternative.split(" and ")]
        for alternative in rule.split(" or ")
    ]
    return any(map(all, alternatives))


def _relation(relation: str, n: int) -> bool:
    parts = _RELATION.fullmatch(relation.strip())
    if parts is None:
        raise ValueError(f"`{relation}` is no rule; write one like `n % 10 = 2..4`")
    value = n % int(parts[1]) if parts[1] else n
    ranges = (span.partition("..") for span in parts[3].split(","))
    fits = any(int(low) <= value <= int(high or low) for low, _, high in ranges)
    return fits == (parts[2] == "=")


def marks(of: Words, within: Words) -> Markup:
    """Return the attributes of an element in one language among another: none where they are the same.

    The language is told (WCAG 3.1.2), and the direction where it turns.
    """
    if of.language == within.language:
        return Markup()
    direction = of.say("base.direction")
    told = Markup(' lang="{}"').format(of.language)
    return (
        told
        if direction == within.say("base.direction")
        else told + Markup(' dir="{}"').format(direction)
    )


def marked(text: str, attributes: Markup) -> Markup:
    """Return text as HTML, in a `span` of its own where there are attributes to say of it."""
    return Markup("<span{}>{}</span>").format(attributes, text) if attributes else escape(text)


def missing(words: Words, reference: Words) -> tuple[str, ...]:
    """Return the keys that `reference` has and `words` has not."""
    return tuple(key for key in reference.entries if key not in words.entries)


def flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, str | Mapping[str, str]]:
    """Return nested words by dotted key; a mapping of plural categories, `other` among them, is one entry."""
    entries: dict[str, str | Mapping[str, str]] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and "other" in value and set(value) <= set(CATEGORIES):
            entries[name] = {form: str(text) for form, text in value.items()}
        elif isinstance(value, Mapping):
            entries.update(flatten(value, f"{name}."))
        else:
            entries[name] = str(value)
    return entries
