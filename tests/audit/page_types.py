"""Which pages are judged: for each page type of each atlas, one page for each state that it can be in."""

import re
from dataclasses import dataclass

DRAFT = (
    "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
BRINDLE = "platform/brindle"
LUZEIRO = "platform/luzeiro"

PAGE_TYPES = (
    # atlas, page type (its template), state, address below the site's root
    ("real", "home", "", ""),
    ("real", "platforms", "", "platform/"),
    ("real", "platform", "", "platform/anthropic/"),
    ("real", "document", "", "platform/anthropic/anthropic-privacy-policy/"),
    ("real", "provision", "draft", DRAFT),
    ("real", "history", "one revision", f"{DRAFT}history/"),
    ("real", "clause-types", "", "clause-type/"),
    ("real", "clause-type", "", "clause-type/model-training-data-use/"),
    ("real", "regulations", "", "regulation/"),
    ("real", "regulation", "", "regulation/eu-gdpr/"),
    ("real", "jurisdictions", "", "jurisdiction/"),
    ("real", "jurisdiction", "", "jurisdiction/us/"),
    ("real", "categories", "", "category/"),
    ("real", "category", "", "category/ai-governance/"),
    ("real", "severities", "", "severity/"),
    ("real", "severity", "", "severity/medium/"),
    ("real", "severity", "empty", "severity/critical/"),
    ("real", "search", "", "search/"),
    ("real", "verify", "", "verify/"),
    ("real", "prose", "", "methodology/"),
    ("real", "permanent", "", "id/CA-P-007114/"),
    ("real", "not-found", "", "404.html"),
    # The sample has what the real records have not yet. Its pages ask not to be listed.
    ("sample", "home", "", ""),
    ("sample", "platforms", "", "platform/"),
    ("sample", "platform", "", "platform/brindle/"),
    ("sample", "platform", "nothing recorded", "platform/quietline/"),
    ("sample", "document", "with a further edition", "platform/brindle/terms/"),
    ("sample", "document", "in Arabic", "platform/qamar/terms/"),
    ("sample", "document", "no source", "platform/ditherbox/rules/"),
    ("sample", "document", "in trouble", "platform/brindle/usage-policy/"),
    ("sample", "document", "read anew", "platform/brindle/privacy-policy/"),
    ("sample", "document", "recorded by others", "platform/brindle/terms-europe/"),
    ("sample", "document", "nothing recorded", "platform/quietline/terms/"),
    ("sample", "provision", "reviewed, revised", f"{BRINDLE}/terms/training-after-opt-out/"),
    ("sample", "provision", "draft", "platform/emberloft/api-terms/partners-of-the-api/"),
    ("sample", "provision", "without an id", "platform/pixelmoor/house-rules/idle-accounts/"),
    ("sample", "provision", "superseded", f"{BRINDLE}/terms/arbitration-without-a-way-out/"),
    ("sample", "provision", "withdrawn", f"{LUZEIRO}/terms-of-use/buyers-photographs/"),
    ("sample", "provision", "disputed", f"{LUZEIRO}/seller-standards/how-ranking-works/"),
    ("sample", "provision", "implied", "platform/ditherbox/rules/things-thrown-out/"),
    ("sample", "provision", "conflicting", "platform/heathermeet/terms/who-meets-whom/"),
    ("sample", "provision", "silent", "platform/ditherbox/rules/what-is-left-in-the-box/"),
    (
        "sample",
        "provision",
        "critical",
        f"{LUZEIRO}/terms-of-use/everything-at-its-own-discretion/",
    ),
    ("sample", "provision", "in Arabic", "platform/qamar/terms/deleted-notebooks/"),
    ("sample", "provision", "in Japanese", "platform/tokigumo/riyo-kiyaku/photographs-stay-yours/"),
    ("sample", "provision", "former", f"{BRINDLE}/privacy-policy/training-in-the-privacy-policy/"),
    ("sample", "provision", "being confirmed", f"{BRINDLE}/terms/arbitration-with-a-way-out/"),
    ("sample", "provision", "removed", f"{LUZEIRO}/terms-of-use/data-for-whoever-asks/"),
    ("sample", "provision", "scattered", "platform/marseau/conditions/plafond-de-responsabilite/"),
    ("sample", "provision", "withheld", f"{LUZEIRO}/seller-standards/sellers-by-name/"),
    (
        "sample",
        "provision",
        "disputed twice",
        "platform/pixelmoor/terms/ownership-of-player-works/",
    ),
    ("sample", "revision", "replaced", f"{BRINDLE}/terms/training-after-opt-out/r1/"),
    ("sample", "revision", "between two", "platform/nordlysveg/privacy/position-history/r2/"),
    ("sample", "history", "of three", "platform/nordlysveg/privacy/position-history/history/"),
    (
        "sample",
        "history",
        "spelling",
        "platform/heathermeet/terms/reminder-before-renewal/history/",
    ),
    (
        "sample",
        "history",
        "disputed",
        "platform/pixelmoor/terms/ownership-of-player-works/history/",
    ),
    ("sample", "clause-types", "", "clause-type/"),
    ("sample", "clause-type", "", "clause-type/training/"),
    ("sample", "clause-type", "with a former clause", "clause-type/disputes/"),
    ("sample", "clause-type", "nothing recorded", "clause-type/captions/"),
    ("sample", "regulations", "", "regulation/"),
    ("sample", "regulation", "with parts", "regulation/eu-legible-terms/"),
    ("sample", "regulation", "a part", "regulation/eu-legible-terms-title-3/"),
    ("sample", "jurisdictions", "", "jurisdiction/"),
    ("sample", "jurisdiction", "", "jurisdiction/eu/"),
    ("sample", "categories", "", "category/"),
    ("sample", "category", "", "category/machines/"),
    ("sample", "severities", "", "severity/"),
    ("sample", "severity", "", "severity/critical/"),
    ("sample", "search", "", "search/"),
    ("sample", "verify", "", "verify/"),
    ("sample", "prose", "", "house-style/"),
    ("sample", "permanent", "", "id/FA-P-100001/"),
    ("sample", "permanent", "an old name", f"{BRINDLE}/terms/training-opt-out/"),
    ("sample", "permanent", "an old document", "platform/nordly/terms/"),
    ("sample", "gone", "", "category/household/"),
    ("sample", "not-found", "", "404.html"),
    # The same templates in another language, whose words are longer.
    ("sample", "home", "in German", "de/"),
    ("sample", "platforms", "in German", "de/platform/"),
    ("sample", "platform", "in German", "de/platform/brindle/"),
    ("sample", "document", "in German", "de/platform/brindle/terms/"),
    ("sample", "provision", "in German", f"de/{BRINDLE}/terms/training-after-opt-out/"),
    ("sample", "revision", "in German", f"de/{BRINDLE}/terms/training-after-opt-out/r1/"),
    ("sample", "history", "in German", "de/platform/nordlysveg/privacy/position-history/history/"),
    ("sample", "clause-types", "in German", "de/clause-type/"),
    ("sample", "clause-type", "in German", "de/clause-type/training/"),
    ("sample", "regulations", "in German", "de/regulation/"),
    ("sample", "regulation", "in German", "de/regulation/eu-legible-terms/"),
    ("sample", "jurisdictions", "in German", "de/jurisdiction/"),
    ("sample", "jurisdiction", "in German", "de/jurisdiction/eu/"),
    ("sample", "categories", "in German", "de/category/"),
    ("sample", "category", "in German", "de/category/machines/"),
    ("sample", "severities", "in German", "de/severity/"),
    ("sample", "severity", "in German", "de/severity/critical/"),
    ("sample", "search", "in German", "de/search/"),
    ("sample", "verify", "in German", "de/verify/"),
    ("sample", "prose", "in German", "de/methodology/"),
    ("sample", "gone", "in German", "de/category/household/"),
)
"""The pages that are judged when both atlases are built here."""

ADDRESSES = (
    (r"", "home"),
    (r"404\.html", "not-found"),
    (r"search/", "search"),
    (r"verify/", "verify"),
    (r"id/[^/]+/", "permanent"),
    (r"platform/", "platforms"),
    (r"platform/[^/]+/", "platform"),
    (r"platform/[^/]+/[^/]+/", "document"),
    (r"platform/[^/]+/[^/]+/[^/]+/", "provision"),
    (r"platform/([^/]+/){3}r\d+/", "revision"),
    (r"platform/([^/]+/){3}history/", "history"),
    (r"clause-type/", "clause-types"),
    (r"clause-type/[^/]+/", "clause-type"),
    (r"regulation/", "regulations"),
    (r"regulation/[^/]+/", "regulation"),
    (r"jurisdiction/", "jurisdictions"),
    (r"jurisdiction/[^/]+/", "jurisdiction"),
    (r"category/household/", "gone"),
    (r"category/", "categories"),
    (r"category/[^/]+/", "category"),
    (r"severity/", "severities"),
    (r"severity/[^/]+/", "severity"),
    (r"[^/]+/", "prose"),
)
"""What an address says of the page type: how pages are picked from a folder that was built elsewhere."""


@dataclass(frozen=True)
class Row:
    """A page to judge."""

    atlas: str
    kind: str
    state: str
    address: str

    def __str__(self):
        return " ".join(filter(None, (self.atlas, self.kind, self.state)))


def kind_of(address, languages=(), *, leads_on=False):
    """Return the page type of the page at an address, or None where no page type has such addresses."""
    if leads_on:
        return "permanent"
    for language in languages:
        address = address.removeprefix(f"{language}/")
    return next((kind for form, kind in ADDRESSES if re.fullmatch(form, address)), None)


def rows():
    """Return the pages of the two atlases."""
    return [Row(*row) for row in PAGE_TYPES]


def rows_of(folder):
    """Return the pages to judge of a site in a folder: those of the table that it has, else the first of their type."""
    leads_on = {
        path.relative_to(folder).as_posix().removesuffix("index.html"): b'http-equiv="refresh"'
        in path.read_bytes()
        for path in sorted(folder.rglob("*.html"))
    }
    kinds = {address: kind_of(address, leads_on=leads) for address, leads in leads_on.items()}
    chosen = {
        row.address: Row("given", row.kind, row.state, row.address)
        for row in rows()
        if kinds.get(row.address) == row.kind
    }
    for address, kind in kinds.items():
        if kind and kind not in {row.kind for row in chosen.values()}:
            chosen[address] = Row("given", kind, "", address)
    return list(chosen.values())
