"""The closed lists of the record format: every word that a field may take.

Ground. Members stand in the order in which people read them (most severe first, most certain
first). What each means is said once, in `templates/words.yaml`.
"""

from enum import StrEnum


class Severity(StrEnum):
    """How far a clause reaches into what people would expect."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        """4 for critical down to 0 for none: also the number of filled bars of its glyph."""
        return _RANKS[self]


_RANKS = {severity: 4 - place for place, severity in enumerate(Severity)}


class Confidence(StrEnum):
    """How certain a reviewer is of the reading."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Basis(StrEnum):
    """What the reading rests on."""

    EXPLICIT = "explicit"
    IMPLIED = "implied"
    CONFLICTING = "conflicting"
    SILENT = "silent"


class Relation(StrEnum):
    """How an example that a person picked relates to the clause it stands beside."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    CONTRAST = "contrast"
    CONTEXT = "context"


class Method(StrEnum):
    """Who wrote the analysis."""

    HUMAN = "human"
    ASSISTED = "assisted"
    MACHINE = "machine"


class State(StrEnum):
    """Where a record stands; one without a `status` is active."""

    ACTIVE = "active"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class DocumentKind(StrEnum):
    """What sort of document binds people."""

    TERMS_OF_SERVICE = "terms-of-service"
    PRIVACY_POLICY = "privacy-policy"
    ACCEPTABLE_USE_POLICY = "acceptable-use-policy"
    COMMUNITY_GUIDELINES = "community-guidelines"
    DATA_PROCESSING_ADDENDUM = "data-processing-addendum"
    DEVELOPER_AGREEMENT = "developer-agreement"
    SAFETY_FRAMEWORK = "safety-framework"
    HELP_PAGE = "help-page"
    OTHER = "other"


class RegulationStatus(StrEnum):
    """Where a regulation stands, as of its `checked_on`."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    IN_FORCE = "in-force"
    REPEALED = "repealed"
    NON_BINDING = "non-binding"


NOT_ADDRESSED = "not-addressed"
"""The stance that every clause type has: the documents were read and say nothing."""
