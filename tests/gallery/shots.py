"""What the gallery shows: one literal table of page types and states, and the modes each is taken in."""

from typing import NamedTuple


class Mode(NamedTuple):
    """How a page is looked at."""

    width: int
    """CSS pixels."""
    scale: int = 1
    """Device pixels a CSS pixel."""
    scheme: str = "light"
    media: str = "screen"
    forced: bool = False
    scripts: bool = True
    folder: str = ""
    """Where pages in the language of the mode stand."""

    @property
    def pixels(self):
        """Width of the picture."""
        return self.width * self.scale


MODES = {
    "light": Mode(1280),
    "dark": Mode(1280, scheme="dark"),
    "phone": Mode(390, scale=2),
    "narrow": Mode(320),
    "print": Mode(718, media="print"),  # A4 within margins of 10 mm, at 96 pixels an inch
    "forced": Mode(1280, forced=True, scheme="dark"),
    "german": Mode(1280, folder="/de"),
    "german-phone": Mode(390, scale=2, folder="/de"),
    "no-script": Mode(1280, scripts=False),
}

LOOKS = ("light", "dark", "phone")
SCREEN = (*LOOKS, "narrow", "forced", "german")
EVERY = (*SCREEN, "print")
STATE = (*LOOKS, "print")

OPEN = "for (const part of document.querySelectorAll('details')) part.open = true"


class Shot(NamedTuple):
    """One page in one state."""

    page: str
    """A module of `atlas/pages/`."""
    state: str
    atlas: str
    """A name of `atlases.ATLASES`."""
    address: str
    modes: tuple[str, ...]
    does: str = ""
    """JavaScript that brings the state about once the page is there."""

    @property
    def name(self):
        """What its pictures are called, and what `--only` looks in."""
        return f"{self.page}-{self.state}"


TERMS = "/platform/brindle/terms/"
BROKEN_PAGE = f"{TERMS}training-after-opt-out/"
POSITIONS = "/platform/nordlysveg/privacy/position-history/"
STANDARDS = "/platform/luzeiro/seller-standards/"
REAL_PAGE = (
    "/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)

SHOTS = (
    Shot("home", "sample", "sample", "/", (*EVERY, "german-phone")),
    Shot("home", "real", "real", "/", EVERY),
    Shot("home", "one-record", "bare", "/", LOOKS),
    Shot("platforms", "sample", "sample", "/platform/", EVERY),
    Shot("platforms", "real", "real", "/platform/", LOOKS),
    Shot("platform", "many-records", "sample", "/platform/brindle/", EVERY),
    Shot("platform", "no-record", "sample", "/platform/quietline/", LOOKS),
    Shot("platform", "real", "real", "/platform/anthropic/", LOOKS),
    Shot("document", "many-records", "sample", TERMS, EVERY),
    Shot("document", "in-trouble", "sample", "/platform/brindle/usage-policy/", LOOKS),
    Shot("document", "read-anew", "sample", "/platform/brindle/privacy-policy/", LOOKS),
    Shot("document", "elsewhere", "sample", "/platform/brindle/terms-europe/", LOOKS),
    Shot("document", "no-record", "sample", "/platform/quietline/terms/", LOOKS),
    Shot("provision", "reviewed", "sample", BROKEN_PAGE, (*EVERY, "german-phone", "no-script")),
    Shot("provision", "opened", "sample", BROKEN_PAGE, STATE, OPEN),
    Shot("provision", "draft", "sample", "/platform/qamar/terms/deleted-notebooks/", EVERY),
    Shot("provision", "new", "sample", "/platform/pixelmoor/house-rules/idle-accounts/", LOOKS),
    Shot(
        "provision",
        "withdrawn",
        "sample",
        "/platform/luzeiro/terms-of-use/buyers-photographs/",
        STATE,
    ),
    Shot("provision", "superseded", "sample", f"{TERMS}arbitration-without-a-way-out/", STATE),
    Shot(
        "provision",
        "disputed",
        "sample",
        "/platform/luzeiro/seller-standards/how-ranking-works/",
        STATE,
    ),
    Shot(
        "provision", "silent", "sample", "/platform/ditherbox/rules/what-is-left-in-the-box/", STATE
    ),
    Shot(
        "provision",
        "many-regulations",
        "sample",
        "/platform/luzeiro/terms-of-use/everything-at-its-own-discretion/",
        EVERY,
    ),
    Shot(
        "provision",
        "japanese",
        "sample",
        "/platform/tokigumo/riyo-kiyaku/photographs-stay-yours/",
        STATE,
    ),
    Shot("provision", "withheld", "sample", f"{STANDARDS}sellers-by-name/", STATE),
    Shot(
        "provision",
        "disputed-twice",
        "sample",
        "/platform/pixelmoor/terms/ownership-of-player-works/",
        (*STATE, "german"),
    ),
    Shot("revision", "replaced", "sample", f"{BROKEN_PAGE}r1/", (*EVERY, "german-phone")),
    Shot("revision", "between-two", "sample", f"{POSITIONS}r2/", STATE),
    Shot("history", "of-three", "sample", f"{POSITIONS}history/", (*EVERY, "german-phone")),
    Shot(
        "history",
        "spelling",
        "sample",
        "/platform/heathermeet/terms/reminder-before-renewal/history/",
        STATE,
    ),
    Shot("history", "withdrawn", "sample", f"{STANDARDS}sellers-by-name/history/", LOOKS),
    Shot("history", "one-revision", "real", f"{REAL_PAGE}history/", LOOKS),
    Shot("provision", "former", "sample", f"{TERMS}no-liability-in-any-event/", STATE),
    Shot("provision", "differs", "sample", f"{TERMS}arbitration-with-a-way-out/", STATE),
    Shot(
        "provision",
        "removed",
        "sample",
        "/platform/luzeiro/terms-of-use/data-for-whoever-asks/",
        STATE,
    ),
    Shot("provision", "editions", "sample", f"{TERMS}changes-by-posting/", STATE),
    Shot("provision", "real", "real", REAL_PAGE, (*EVERY, "german-phone", "no-script")),
    Shot("clause_types", "sample", "sample", "/clause-type/", EVERY),
    Shot("clause_types", "real", "real", "/clause-type/", LOOKS),
    Shot(
        "clause_type", "many-records", "sample", "/clause-type/training/", (*EVERY, "german-phone")
    ),
    Shot("clause_type", "former", "sample", "/clause-type/disputes/", LOOKS),
    Shot("clause_type", "no-record", "sample", "/clause-type/captions/", LOOKS),
    Shot("clause_type", "real", "real", "/clause-type/model-training-data-use/", EVERY),
    Shot("regulations", "sample", "sample", "/regulation/", EVERY),
    Shot("regulations", "real", "real", "/regulation/", LOOKS),
    Shot("regulation", "with-parts", "sample", "/regulation/eu-legible-terms/", EVERY),
    Shot("regulation", "part", "sample", "/regulation/eu-legible-terms-title-3/", LOOKS),
    Shot("regulation", "no-record", "bare", "/regulation/eu-act/", LOOKS),
    Shot("regulation", "real", "real", "/regulation/eu-gdpr/", LOOKS),
    Shot("jurisdictions", "sample", "sample", "/jurisdiction/", SCREEN),
    Shot("jurisdiction", "sample", "sample", "/jurisdiction/eu/", SCREEN),
    Shot("categories", "sample", "sample", "/category/", SCREEN),
    Shot("category", "sample", "sample", "/category/privacy/", SCREEN),
    Shot("category", "one-record", "bare", "/category/rights/", LOOKS),
    Shot("severities", "sample", "sample", "/severity/", SCREEN),
    Shot("severity", "many-records", "sample", "/severity/high/", SCREEN),
    Shot("severity", "no-record", "bare", "/severity/critical/", LOOKS),
    Shot("verify", "start", "sample", "/verify/", (*LOOKS, "german", "no-script")),
    Shot("verify", "passed", "sample", "/verify/#FA-P-100001", LOOKS),
    Shot("search", "start", "sample", "/search/", (*SCREEN, "no-script")),
    Shot("search", "results", "sample", "/search/?q=training", SCREEN),
    Shot("search", "narrowed", "sample", "/search/?q=training&severity=high", LOOKS),
    Shot("search", "nothing-found", "sample", "/search/?q=zeppelin", (*LOOKS, "german")),
    Shot("prose", "method", "sample", "/methodology/", EVERY),
    Shot("prose", "real", "real", "/methodology/", LOOKS),
    Shot("permanent", "id", "sample", "/id/FA-P-100042/", ("light", "no-script")),
    Shot("permanent", "moved", "sample", "/platform/nordly/terms/", ("light", "dark", "narrow")),
    Shot("gone", "category", "sample", "/category/household/", (*SCREEN, "print")),
    Shot("not_found", "404", "sample", "/404.html", ("light", "dark", "phone", "narrow", "forced")),
    Shot("problems", "page", "broken", BROKEN_PAGE, (*LOOKS, "narrow")),
    Shot("problems", "everything", "broken", "/_preview/problems", LOOKS),
    Shot("problems", "notice", "broken", "/", LOOKS),
)
