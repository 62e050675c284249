"""What several verbs share: kinds of arguments, exit codes, and where a typed path leads. Door."""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import click

PROBLEMS = 1
MISUSE = 2

_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_DAY = re.compile(r"[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[date]):
    """A day on the command line: 2026-05-09."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail with the form that is wanted."""
        try:
            if isinstance(value, date):
                return value
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"`{value}` is not a date; write year, month, day: 2026-05-09", param, ctx)


class BaseUrl(click.ParamType[str]):
    """An address to publish at: https://example.org/ or https://example.org/repo/."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address, or fail with the form that is wanted."""
        if not _BASE.fullmatch(value) or "/." in value:
            self.fail(
                f"`{value}` is not an address to publish at; write it like https://example.org/repo/",
                param,
                ctx,
            )
        return value


demo_option = click.option("--demo", is_flag=True, help="Take the fictional atlas of tests/sample.")


def fictional(*, say: bool = True) -> Path:
    """Return the root of the fictional atlas, and say that this is the one."""
    from atlas.load import fictional_atlas

    root = fictional_atlas()
    if say:
        print(
            "This is the fictional atlas of tests/sample: everything in it is invented.", flush=True
        )
    return root


def typed(path: Path) -> Path:
    """Return a path of the command line; `./run` changes folders and says in which one it was typed."""
    return Path(os.environ.get("ATLAS_FROM", ".")).absolute() / path


def outside_sources(root: Path, path: Path | None, option: str) -> Path | None:
    """Return where a typed path leads that is to be written; people's files and machine files are refused."""
    if path is None:
        return None
    full = typed(path)
    for source in ("content", "data", "templates", "atlas", ".git"):
        if full.resolve().is_relative_to((root / source).resolve()):
            raise click.UsageError(f"{option}: {path} is in {source}/; choose another place")
    return full


def today() -> date:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()
