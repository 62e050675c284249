"""The nouns of the atlas as frozen values: vocabulary, fields, records, shelves, and the atlas that joins them.

Ground: imports nothing of the program but `problem`.
"""

from atlas.model.atlas import Atlas, Records, SourceFile
from atlas.model.documents import Document, DocumentFields, Platform, PlatformFields, Prose, ProseFields, Source
from atlas.model.provision import (
    Analysis,
    Example,
    Mapped,
    Provision,
    ProvisionFields,
    Review,
    RevisionNote,
    Section,
    Status,
)
from atlas.model.record import Record
from atlas.model.shelves import (
    Category,
    CategoryFields,
    ClauseType,
    ClauseTypeFields,
    Licence,
    Person,
    PersonFields,
    Regulation,
    RegulationFields,
    Site,
    SiteFields,
    Stance,
)
from atlas.model.vocabulary import (
    NOT_ADDRESSED,
    Basis,
    Confidence,
    DocumentKind,
    Method,
    RegulationStatus,
    Relation,
    Severity,
    State,
)

__all__ = [
    "NOT_ADDRESSED",
    "Analysis",
    "Atlas",
    "Basis",
    "Category",
    "CategoryFields",
    "ClauseType",
    "ClauseTypeFields",
    "Confidence",
    "Document",
    "DocumentFields",
    "DocumentKind",
    "Example",
    "Licence",
    "Mapped",
    "Method",
    "Person",
    "PersonFields",
    "Platform",
    "PlatformFields",
    "Prose",
    "ProseFields",
    "Provision",
    "ProvisionFields",
    "Record",
    "Records",
    "Regulation",
    "RegulationFields",
    "RegulationStatus",
    "Relation",
    "Review",
    "RevisionNote",
    "Section",
    "Severity",
    "Site",
    "SiteFields",
    "Source",
    "SourceFile",
    "Stance",
    "State",
    "Status",
]
