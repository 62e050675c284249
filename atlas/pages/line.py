"""The line under a quotation, and the sentence that says in words what it draws.

Core. The sentence never rounds in our favour.
"""

from dataclasses import dataclass

from atlas.model import ClauseState, Freshness, Provision
from atlas.pages import parts
from atlas.pages.neatline import Neatline, neatline
from atlas.pages.standing import Expiring
from atlas.publication import Publication
from atlas.stability import Cell, Cells, cells, changes, sightings, standing


@dataclass(frozen=True, slots=True)
class Line:
    """The line under the quotation and what it says in words."""

    drawn: Neatline
    looked: str
    """In how many days, weeks or months somebody looked, and with what outcome."""
    caution: Expiring
    """What the line does not say; no text where every cell was seen."""


def line(publication: Publication, of: Provision) -> Line | None:
    """Return the line under the quotation, or None where no look was good: no looks, no line."""
    drawn = cells(publication.atlas, of, publication.as_of)
    if drawn is None:
        return None
    words = publication.words
    seen = drawn.number(Cell.SAME) + drawn.number(Cell.CHANGED)
    told = seen + drawn.number(Cell.UNSEEN)
    looked = words.say(f"stability.looked.{drawn.unit.value}", n=told, k=seen)
    found = drawn.number(Cell.CHANGED)
    what = "gone" if _only_gone(publication, of) else "changed"
    outcome = (
        words.say(f"stability.{what}.{drawn.unit.value}", n=found)
        if found
        else words.say("stability.same")
    )
    return Line(
        drawn=neatline(words, drawn),
        looked=words.say("stability.sentences", first=looked, then=outcome),
        caution=_caution(publication, of, drawn),
    )


def _only_gone(publication: Publication, of: Provision) -> bool:
    """Return whether all that looks ever saw, but for the words themselves, is that they are gone."""
    lines = sightings(publication.atlas, of, publication.as_of)
    turned = changes(publication.atlas, of, publication.as_of)
    others = {line.seen.state for line in lines if line.seen.state.is_former}
    return others == {ClauseState.REMOVED} and not any(c.state.is_found for c in turned)


def _caution(publication: Publication, of: Provision, drawn: Cells) -> Expiring:
    words = publication.words
    stands = standing(publication.atlas, of, publication.as_of)
    if stands.is_former:
        return Expiring(words.say("stability.ended"))
    if stands.last_good is None or stands.good_until is None:
        return Expiring("")
    was_found = stands.last_seen == stands.last_good
    key = "stability.cannot-say" if was_found else "stability.cannot-say-which"
    cannot_say = words.say(key, day=parts.day(words, stands.last_good.date()))
    if stands.freshness is not Freshness.VERIFIED:
        return Expiring(cannot_say)
    unseen = drawn.number(Cell.UNSEEN)
    told = words.say(f"stability.unseen.{drawn.unit.value}", n=unseen) if unseen else ""
    if _breaks_off(drawn):
        told = words.say("stability.sentences", first=words.say("stability.away"), then=told)
    return Expiring(told, until=stands.good_until.isoformat(), late=cannot_say)


def _breaks_off(drawn: Cells) -> bool:
    """Return whether the words were gone for a while, and came back."""
    row = "".join("-" if cell is Cell.NOTHING else "x" for cell in drawn.cells)
    return "-" in row.strip("-")
