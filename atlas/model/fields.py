"""The types of single fields: from the text of a scalar to a checked value.

Ground. Every scalar arrives as text (the reader knows no implicit types), so each type states its
own form and its own sentence. A rejected value raises `PydanticCustomError`, whose type is the
problem's code and whose context holds the hint.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 80


def _reject(code: str, message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _reject(
            "wrong-shape", "text is expected here, not a list or a mapping", "write one plain value"
        )
    if not value.strip():
        raise _reject("empty-value", "this field has no value", "fill it in, or take the line out")
    return value


def _line(value: object) -> str:
    text = _text(value)
    if "\n" in text.strip():
        raise _reject("wrong-shape", "this field holds one line", "join the lines")
    return text.strip()


def _matching(pattern: str, code: str, message: str, hint: str) -> BeforeValidator:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: object) -> str:
        text = _line(value)
        if not compiled.fullmatch(text):
            raise _reject(code, message.format(text), hint)
        return text

    return BeforeValidator(check)


def _date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _line(value)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise _reject(
            "invalid-date", f"`{text}` is not a date", "write year, month, day: 2026-05-09"
        ) from None


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    text = _line(value)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", text, re.ASCII):
            raise ValueError
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    except ValueError:
        raise _reject(
            "invalid-time",
            f"`{text}` is not a time in UTC",
            "write it with T and Z: 2026-05-09T14:35:38Z",
        ) from None


def _address(value: object) -> str:
    text = _line(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  reading it is what raises on a port that is no number
    except ValueError:
        parts, host = None, ""
    if (
        parts is None
        or parts.scheme != "https"
        or "." not in host
        or re.search(r"[\s<>\"'\\^`{|}]", text)
    ):
        raise _reject(
            "not-https", f"`{text}` is not an https address", "write it in full, from https:// on"
        )
    if parts.username is not None:
        raise _reject(
            "not-https", "an address carries no user name", "leave out what stands before the @"
        )
    return text


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _line(value)
    if text not in {"true", "false"}:
        raise _reject("unknown-value", f"`{text}` is neither true nor false", "write true or false")
    return text == "true"


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    text = _line(value)
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text, re.ASCII):
        raise _reject(
            "invalid-number",
            f"`{text}` is not a whole number",
            "write digits only, without leading zeros",
        )
    return int(text)


Text = Annotated[str, BeforeValidator(_text)]
"""Text of any number of lines."""

Line = Annotated[str, BeforeValidator(_line)]
"""Text of one line."""

Slug = Annotated[
    str,
    _matching(
        SLUG.pattern,
        "invalid-slug",
        "`{}` is not a slug",
        "use lower-case letters a to z, digits and single hyphens, as in `opt-out-with-carve-outs`",
    ),
    Field(pattern=f"^{SLUG.pattern}$", max_length=SLUG_LENGTH),
]
"""A name made of lower-case letters, digits and single hyphens, at most 80 characters."""

ProvisionId = Annotated[
    str,
    _matching(
        r"[A-Z]{2,8}-P-\d{6}",
        "invalid-id",
        "`{}` is not the id of a provision",
        "an id reads like CA-P-007114; a new record has none: leave the line out",
    ),
    Field(pattern=r"^[A-Z]{2,8}-P-\d{6}$"),
]
DocumentId = Annotated[
    str,
    _matching(
        r"[A-Z]{2,8}-D-(?:\d{5}|\d{6})",
        "invalid-id",
        "`{}` is not the id of a document",
        "an id reads like CA-D-00011; a new document has none: leave the line out",
    ),
    Field(pattern=r"^[A-Z]{2,8}-D-(\d{5}|\d{6})$"),
]
Sha256 = Annotated[
    str,
    _matching(
        r"sha256:[0-9a-f]{64}",
        "invalid-hash",
        "`{}` is not a SHA-256 hash",
        "write sha256: and 64 lower-case hexadecimal digits",
    ),
    Field(pattern=r"^sha256:[0-9a-f]{64}$"),
]
Language = Annotated[
    str,
    _matching(
        r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?",
        "invalid-language",
        "`{}` is not a language tag",
        "write an ISO 639 code such as en, or de-AT (BCP 47)",
    ),
    Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"),
]
JurisdictionCode = Annotated[
    str,
    _matching(
        r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?",
        "invalid-jurisdiction",
        "`{}` is not the code of a jurisdiction",
        "write an ISO 3166 code (US, US-CA, NO), or EU",
    ),
    Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"),
]
Hostname = Annotated[
    str,
    _matching(
        r"[a-z0-9-]+(?:\.[a-z0-9-]+)+",
        "invalid-hostname",
        "`{}` is not a host name",
        "write the name alone, in lower case: help.example.org",
    ),
    Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
]
Day = Annotated[
    date,
    BeforeValidator(_date),
    PlainSerializer(date.isoformat, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A day, `2026-05-09` (ISO 8601)."""

Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(lambda t: t.strftime("%Y-%m-%dT%H:%M:%SZ"), when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": "Z$"}),
]
"""A second in UTC, `2026-05-09T14:35:38Z` (RFC 3339)."""

Address = Annotated[
    str,
    BeforeValidator(_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://"}),
]
"""An https address (RFC 3986) without user information."""

Truth = Annotated[bool, BeforeValidator(_truth)]
Number = Annotated[int, BeforeValidator(_number)]
