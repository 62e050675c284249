"""The page that checks a citation and finds the record of a pasted clause, in the reader's own browser.

Core. The page says what its script may find and what none of it proves; without the script it says
which commands do the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.model import State
from atlas.outputs.passage_index import count_shards
from atlas.pages.plan import Head, PagePlan
from atlas.publication import Publication

CHECKS = (
    "frozen-record",
    "clause-hash",
    "quote-in-text",
    "text-hash",
    "inclusion",
    "root",
    "attestation",
    "time-stamp",
    "archived-copy",
    "live-page",
)
"""What is checked of a citation, in order."""
IN_BROWSER = CHECKS[:6]
"""What a page can check by itself; the rest needs a program, or somebody else's site."""
VERDICTS = ("pass", "fail", "not-checked")
REASONS = (
    "no-record",
    "not-canonical",
    "no-proof",
    "no-leaf",
    "another-record",
    "of-today",
    "broken-proof",
    "withheld",
    "silent",
    "no-text",
    "stood-elsewhere",
    "no-roots",
    "torn",
    "chain",
    "no-root",
    "leaves",
)
"""Why a check failed so, or could not be made."""
FOUND = ("stands", "reworded", "former", "unknown")
"""What a pasted clause may turn out to be."""
BAD = (
    "empty",
    "malformed",
    "foreign",
    "prefix",
    "unknown-id",
    "no-revision",
    "no-history",
    "no-files",
    "too-short",
)
"""Why a citation or a clause cannot be looked into."""
_NOT_PROVED = 4


@dataclass(frozen=True, slots=True)
class VerifyView:
    """What `pages/verify.html` is handed."""

    root: str
    """Where the site's own files are."""
    base: str
    """What every URL of the site begins with where it is published."""
    prefix: str
    """What ids begin with."""
    shards: int
    """In how many parts the index of passages is."""
    command: str
    """What does the same, and more, without this site."""
    script: str
    """Where the small program is that does the same without this site."""
    checks: tuple[str, ...]
    in_browser: tuple[str, ...]
    verdicts: tuple[str, ...]
    reasons: tuple[str, ...]
    found: tuple[str, ...]
    bad: tuple[str, ...]
    statuses: tuple[str, ...]
    not_proved: tuple[str, ...]
    """Sentences on what no check proves."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page."""
    say = publication.words.say
    yield PagePlan(
        address=urls.VERIFY,
        template="pages/verify.html",
        head=Head(
            title=say("verify.title"),
            description=say("verify.description"),
            canonical=publication.absolute(urls.VERIFY),
        ),
        view=view(publication),
        scripts=("verify.js",),
        asks=True,
    )


def view(publication: Publication) -> VerifyView:
    """Return what the page shows."""
    own = publication.in_own_language
    return VerifyView(
        root=own.href(urls.HOME),
        base=own.absolute(urls.HOME),
        prefix=publication.atlas.site.id_prefix,
        shards=count_shards(own),
        command=f"./run verify-citation {publication.atlas.site.id_prefix}-P-…",
        script=publication.href(urls.VERIFY_SCRIPT),
        checks=CHECKS,
        in_browser=IN_BROWSER,
        verdicts=VERDICTS,
        reasons=REASONS,
        found=FOUND,
        bad=BAD,
        statuses=tuple(State),
        not_proved=tuple(
            publication.words.say(f"verify.not-proved-{n}") for n in range(1, _NOT_PROVED + 1)
        ),
    )
