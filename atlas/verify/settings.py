"""What a run of the verifier is told: which documents, from where, and whether it may write. A line's values."""

from dataclasses import dataclass
from pathlib import Path

from atlas.archive import ArchiveSettings


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of all documents: those whose host falls to it, so that no host is asked by two."""

    number: int
    """From 1."""
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one run goes about it."""

    documents: tuple[str, ...] = ()
    """Only these, by id; empty: all."""
    platforms: tuple[str, ...] = ()
    """Only of these, by slug; empty: all."""
    stalest: int | None = None
    """Only so many, those whose last good look is longest ago."""
    shard: Shard | None = None
    dry_run: bool = False
    """Look, judge and report, and write nothing."""
    repository: str | None = None
    """The running repository; machine files are written only where it is the one that publishes."""
    incomplete: bool = False
    """Record what shards found although others of their run are missing."""
    from_warc: Path | None = None
    """Take the captures of this file instead of asking anybody."""
    captures: Path | None = None
    """Folder for the captures of changed and suspect looks; None: none are kept."""
    vantage: str = "not stated"
    """Where the fetcher stands: `region EU, language en`."""
    archive: ArchiveSettings | None = None
    """The archive's account; None: no copies are asked for."""
