"""What the fictional atlas published, publishing by publishing; `write` turns it into `tests/sample/data/published/`.

At each instant of `PUBLISHINGS` the atlas is what its files tell of that day: a record is there from the day on which
its analysis was written, and says what its former revision said until the day of the next; a status and what others
say are there from their days on; `STOOD` has what no file tells any more. What is entered then follows through `atlas.published`, as `./run register` does it.
"""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

from atlas.link import link
from atlas.model import Given, IdKind, Section, SourceFile
from atlas.problem import FIRST_LINE
from atlas.published import FOLDER, IDS_FILE, SUMS_FILE, encode_ids, read_published, renewed_sums
from atlas.published.entering import entering

PUBLISHINGS = (
    datetime(2026, 9, 20, 18, 0, tzinfo=UTC),
    datetime(2026, 10, 4, 18, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 18, 0, tzinfo=UTC),
    datetime(2026, 11, 22, 18, 0, tzinfo=UTC),
)
"""The last day is the as-of date of all tests."""


def misspelt(now, then):
    """Return what changes words of ours to what they were before they were put right."""

    def change(record):
        assert any(now in section.text for section in record.sections), record.id
        sections = tuple(
            section.model_copy(update={"text": section.text.replace(now, then)})
            for section in record.sections
        )
        return {"sections": sections}

    return change


STOOD = {
    "FA-P-100046": (
        date(2026, 10, 5),
        misspelt("behind it was repealed", "behind it was repealled"),
    ),
    "FA-P-100069": (
        date(2026, 10, 30),
        lambda _: {
            "claim": "Names a single seller as an example of what is taken down",
            "status": None,
            "clause": "A listing such as those of the seller of Rua da Praia 11 is taken down unasked.",
            "sections": (
                Section(
                    heading="Why it matters",
                    text="Standards are read by everybody.",
                    span=FIRST_LINE,
                    text_line=1,
                ),
            ),
        },
    ),
}
"""What records were before they were changed without a revision, by id: the day of the change, and the fields then."""


def files(atlas):
    """Return every file below `data/published/` by its path from the root of the atlas."""
    held = {}
    for at in PUBLISHINGS:
        then = _at(atlas.records, at.date())
        published = _read(held)
        ids = encode_ids([*published.given.values(), *_given(then, published, at.date())])
        held[IDS_FILE] = ids
        held[SUMS_FILE] = renewed_sums(held.get(SUMS_FILE, b""), {IDS_FILE: ids})
        whole = link(replace(then, published=_read(held)))
        for path, content in entering(whole, held[SUMS_FILE], at.date(), at).files.items():
            held.pop(path, None)
            if content is not None:
                held[path] = content
    return dict(sorted(held.items()))


def write(root, atlas):
    """Write the files in the place of those that are there."""
    told = files(atlas)
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    for path, content in told.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def _read(held):
    published, problems = read_published(SourceFile(p, content) for p, content in held.items())
    assert problems == ()
    return published


def _given(records, published, day):
    """Yield the ids that are given out on a day."""
    for kind, group in (
        (IdKind.DOCUMENT, records.documents),
        (IdKind.PROVISION, records.provisions),
    ):
        for one in group:
            if one.id and one.id not in published.given:
                yield Given(one.id, kind, one.origin.path, day)


def _at(records, day):
    """Return the records as they stood on a day."""
    provisions = []
    for record in records.provisions:
        if record.analysis and record.analysis.written > day:
            continue
        former = [one for one in records.former if one.key == record.key]
        revisions = sorted((*former, record), key=lambda one: one.number)
        stood = [one for one in revisions if one.revision is None or one.revision.on <= day][-1]
        changed_on, fields = STOOD.get(record.id, (day, None))
        before = fields(stood) if day < changed_on else {}
        if stood.status and stood.status.on and stood.status.on > day:
            before["status"] = None
        provisions.append(stood.model_copy(update={"id": record.id, **before}))
    said = tuple(one for one in records.statements if one.on <= day)
    return replace(records, provisions=tuple(provisions), statements=said)
