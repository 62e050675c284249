"""The words of the interface: every label that people read comes from `templates/words.yaml`.

Core. A word is a sentence with `{names}` in it; one that counts has a form for `one` and a form
for `other`, chosen by `n` (English and German plural rules, CLDR).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from atlas.problem import Fault


class WordsFault(Fault):
    """A word of the interface is missing or cannot be filled in; says which."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted key (`provision.why-it-matters`)."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]] = field(repr=False)

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the words at `key` as plain text, with `values` filled in.

        Raises:
            WordsFault: there is no such entry, or it names a value that was not given.
        """
        return str(self._filled(key, self._pattern(key, n), n, values))

    def markup(self, key: str, n: int | None = None, **values: object) -> Markup:
        """Return the words at `key` as HTML: the words escaped, values escaped unless they are markup."""
        return Markup(self._filled(key, escape(self._pattern(key, n)), n, values))  # noqa: S704  both escaped

    def has(self, key: str) -> bool:
        """Return whether there is an entry."""
        return key in self.entries

    def _pattern(self, key: str, n: int | None) -> str:
        entry = self.entries.get(key)
        if entry is None:
            raise WordsFault(f"templates/words.yaml has no entry `{key}`; add it")
        return entry if isinstance(entry, str) else entry["one" if n == 1 else "other"]

    @staticmethod
    def _filled(key: str, pattern: str, n: int | None, values: Mapping[str, object]) -> str:
        try:
            return pattern.format(**({"n": n} if n is not None else {}), **values)
        except (LookupError, ValueError, AttributeError) as error:
            known = ", ".join(f"{{{name}}}" for name in sorted(values)) or "none"
            message = f"templates/words.yaml: `{key}` cannot be filled in ({error}); the values it may name: {known}"
            raise WordsFault(message) from error


def flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, str | Mapping[str, str]]:
    """Return nested words by dotted key; a mapping with exactly `one` and `other` is one entry."""
    entries: dict[str, str | Mapping[str, str]] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and set(value) == {"one", "other"}:
            entries[name] = {form: str(text) for form, text in value.items()}
        elif isinstance(value, Mapping):
            entries.update(flatten(value, f"{name}."))
        else:
            entries[name] = str(value)
    return entries
