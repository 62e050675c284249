"""What looks say of a clause over time: where it stands, since when, with which gaps and changes.

Core. Every figure is derived from `Evidence` by one function, as of a day that is given; no
duration is stored anywhere. A look that failed says nothing of the words, and no figure takes it
for more.
"""

from atlas.stability.announced import Announced, announced
from atlas.stability.changes import (
    Change,
    DocumentChange,
    Recent,
    changes,
    document_changes,
    recent,
    technical_changes,
)
from atlas.stability.documents import (
    DocumentStanding,
    clause_changes,
    document_cells,
    document_standing,
    has_evidence,
    history_of,
    public_texts,
)
from atlas.stability.elsewhere import (
    Elsewhere,
    SpanChange,
    editions_of,
    elsewhere,
    other_editions,
    same_words,
    span_cells,
)
from atlas.stability.line import Cell, Cells, Unit, cells
from atlas.stability.looks import Followed, followed, history, sightings
from atlas.stability.monitoring import GAP, Gap, Monitoring, is_stable, monitoring
from atlas.stability.since import Came, came_to_stand
from atlas.stability.standing import Standing, is_former, standing
from atlas.stability.weeks import WEEKS, Week, weeks

__all__ = [
    "GAP",
    "WEEKS",
    "Announced",
    "Came",
    "Cell",
    "Cells",
    "Change",
    "DocumentChange",
    "DocumentStanding",
    "Elsewhere",
    "Followed",
    "Gap",
    "Monitoring",
    "Recent",
    "SpanChange",
    "Standing",
    "Unit",
    "Week",
    "announced",
    "came_to_stand",
    "cells",
    "changes",
    "clause_changes",
    "document_cells",
    "document_changes",
    "document_standing",
    "editions_of",
    "elsewhere",
    "followed",
    "has_evidence",
    "history",
    "history_of",
    "is_former",
    "is_stable",
    "monitoring",
    "other_editions",
    "public_texts",
    "recent",
    "same_words",
    "sightings",
    "span_cells",
    "standing",
    "technical_changes",
    "weeks",
]
