"""`history.json` beside every provision that has an id: which revision stood on which day, and what became of it.

Core. `first_published` is the first day at any address that the record has had, `until` the day on which the next
revision took its place; a revision with neither is not published yet. `events` are all that happened, in the
order of publishing: each with the day on which it was entered, of a status and of a statement with the hash that
the log has of it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from atlas import urls
from atlas.became import Said, Stood, became
from atlas.model import Atlas, Provision
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.record_form import canonical_json, status
from atlas.revisions import Revision, corrections, revisions

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the history of every record that has an id."""
    for provision in publication.atlas.provisions.values():
        if provision.id:
            path = urls.provision(provision, "history.json").removeprefix("/")
            yield TextFile(path, canonical_json(history(publication.atlas, provision)))


def history(atlas: Atlas, of: Provision) -> dict[str, object]:
    """Return revisions and events of a record, oldest first, and the spelling that was put right since."""
    return {
        "format": FORMAT,
        "id": of.id,
        "revisions": [_revision(of, revision) for revision in revisions(atlas, of)],
        "events": [_event(event) for event in became(atlas, of)],
        "spelling": [
            {
                "revision": of.number,
                "on": of.corrected_on.isoformat() if of.corrected_on else None,
                "before": correction.before,
                "after": correction.after,
            }
            for correction in corrections(atlas, of)
        ],
    }


def _revision(of: Provision, revision: Revision) -> dict[str, object]:
    days = {"on": revision.on, "first_published": revision.first_published, "until": revision.until}
    return {
        "number": revision.number,
        **{name: _day(day) for name, day in days.items()},
        "because": revision.because,
        "changed": list(revision.changed),
        "record": urls.revision(of, revision.number, "record.json"),
        "sha256": revision.sha256,
    }


def _event(of: Revision | Stood | Said) -> dict[str, object]:
    if isinstance(of, Revision):
        return {"kind": "revision", "number": of.number, "entered": _day(of.first_published)}
    entered = {"entered": _day(of.entered), "sha256": of.sha256}
    if isinstance(of, Stood):
        told = status(of.status) if of.status else {"state": of.state.value}
        return {"kind": "status", **told, **entered}
    said = of.statement
    return {
        "kind": of.name.partition("-")[0],
        "name": of.name,
        "by": said.by if said else None,
        "on": _day(said.on) if said else None,
        **entered,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
