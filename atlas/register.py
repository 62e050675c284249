"""The register: enters what is about to be published, before it is, in the files below `data/published/`.

A line: examine, compute what is new, write. It refuses what a strict build refuses, so that what was
entered is what will be published; a second run enters nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from atlas.against import refuse_loss
from atlas.examine import UNWATCHED, Progress, examine
from atlas.held import Held
from atlas.load_published import FOLDER
from atlas.model import Root
from atlas.problem import Fault
from atlas.published import ANCHORS_FOLDER, SUMS_FILE
from atlas.published.anchors import anchored, attestation_file
from atlas.published.entering import Entering, entering
from atlas.published.places import BROKEN
from atlas.reports.report import Report
from atlas.write_published import PublishedFolder


@dataclass(frozen=True, slots=True)
class Registered:
    """What a run of the register did."""

    entering: Entering
    unattested: Root | None
    """The newest root of the log, unless its attestation is there."""


class RegisterFault(Fault):
    """Nothing can be entered; says why."""


def register(
    root: Path,
    as_of: date,
    at: datetime,
    anchors: Iterable[tuple[str, bytes]] = (),
    progress: Progress = UNWATCHED,
) -> Registered:
    """Enter what the atlas at `root` publishes on a day; `at` is the instant of the log's next root, in UTC.

    `anchors` are files, by name, that say something of its roots.

    Raises:
        AnchorFault: one of them does not; nothing was written.
        RegisterFault: a record has a problem or no id, or something is gone of what was entered; nothing was written.
        EnterFault: what is there cannot follow on what was published; likewise.
        WritePublishedFault: another command writes there, or nothing can be written.
    """
    with PublishedFolder(root, "./run register") as folder:
        refuse_loss(root, RegisterFault)
        machine = Held(root)
        examined = examine(root, as_of, strict=True, progress=progress, machine=machine)
        if not examined.is_sound:
            raise _refusal(examined.report)
        files = {file.path: file.content for file in machine.read().files}
        published = examined.atlas.published
        found = entering(
            examined.atlas, files.get(SUMS_FILE, b""), as_of, at, anchored(published, anchors)
        )
        if found.files:
            progress.begin("publish", len(found.files))
            folder.replace(found.files)
    newest = found.root or next(reversed(published.roots), None)
    is_attested = newest and f"{ANCHORS_FOLDER}/{attestation_file(newest.size)}" in found.files
    is_attested = is_attested or (newest and attestation_file(newest.size) in published.anchors)
    return Registered(found, None if is_attested else newest)


def _refusal(report: Report) -> RegisterFault:
    blocking = [problem for problem in report.problems if problem.blocks]
    # What is broken first: another problem may be but what comes of it.
    blocking.sort(key=lambda p: (p.code != BROKEN, p.code == "unassigned-id"))
    first = blocking[0]
    place = f"{first.path}:{first.span.line}: {first.message}"
    if first.code == "unassigned-id":
        count = len(blocking)
        records = "a record has no id yet" if count == 1 else f"{count} records have no id yet"
        return RegisterFault(f"{records} ({first.path}); run ./run assign, then this again")
    return RegisterFault(
        f"nothing is entered in {FOLDER} while something is wrong ({place});"
        " ./run check --strict says all of it"
    )
