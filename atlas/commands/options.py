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
_INSTANT = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")


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


class PastDay(Day):
    """A day that has come: what is entered in a record has happened."""

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail where it is none or is yet to come."""
        day = super().convert(value, param, ctx)
        if day > today():
            self.fail(f"{day} lies in the future; today is {today()}", param, ctx)
        return day


class Instant(click.ParamType[datetime]):
    """An instant on the command line, in UTC: 2026-11-22T12:00:00Z."""

    name = "instant"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the instant, or fail with the form that is wanted."""
        try:
            if isinstance(value, datetime):
                return value
            return datetime.fromisoformat(value if _INSTANT.fullmatch(value) else "")
        except ValueError:
            self.fail(f"`{value}` is no instant; write it like 2026-11-22T12:00:00Z", param, ctx)


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


repository_option = click.option(
    "--repository", help="The running repository, where git and the environment do not say it."
)


def refuse_forks(root: Path, repository: str | None, doing: str, instead: str) -> None:
    """Refuse where the running repository is not the one that publishes, with what to do there.

    Raises:
        click.UsageError: it is another one, or nobody says which.
    """
    from atlas import examine, revision

    publishing = examine.settings_of(root).repository
    running = repository or revision.repository(root)
    if running != publishing:
        where = f"this is {running}" if running else "git does not say which repository this is"
        raise click.UsageError(f"{doing} in {publishing} only, and {where}. {instead}")


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


def here() -> Path:
    """Return the folder in which the command was typed."""
    return typed(Path())


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
