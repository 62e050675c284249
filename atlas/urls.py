"""Where each thing lives: the only maker of addresses, inside the site and out of it.

Core. An *address* is a path from the root of the site (`/platform/acme/`), the same wherever the
site is published; an *href* is what a page links with: the address under the base path. Folder
addresses end in a slash and are written as `index.html`. Pages in a further language of the
interface stand below a folder of that language; files and permanent addresses exist once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from atlas.model import Document, Platform, Provision, Severity, Site

RESERVED_ROOTS = frozenset(
    (
        "api",
        "assets",
        "category",
        "changes",
        "clause-type",
        "compare",
        "contribute",
        "data",
        "digest",
        "evidence",
        "follow",
        "id",
        "jurisdiction",
        "pagefind",
        "platform",
        "regulation",
        "schema",
        "search",
        "severity",
        "verify",
    )
)
"""First path segments that belong to the program; no prose page may take one."""

_FRAGMENT_WORDS = 5


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of one publication, in one language.

    `base_url` is absolute and ends in a slash; `assets` maps an asset's name to its published,
    content-hashed one; `folder` is the language's, as in `de/`, and nothing for the site's own.
    """

    base_url: str
    repository: str
    branch: str
    assets: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""

    @property
    def base_path(self) -> str:
        """The path of the base URL, with both slashes: `/` or `/repo/`."""
        return urlsplit(self.base_url).path

    def placed(self, address: str) -> str:
        """Return where an address is in this language: the one rule of what is published in each."""
        return (
            f"/{self.folder}{address.removeprefix('/')}"
            if is_translated(address.partition("#")[0])
            else address
        )

    def href(self, address: str) -> str:
        """Return what a page links with, for an address."""
        return self.base_path + self.placed(address).removeprefix("/")

    def absolute(self, address: str) -> str:
        """Return the full URL, for canonical links, feeds and sitemaps."""
        return self.base_url + self.placed(address).removeprefix("/")

    def asset(self, name: str) -> str:
        """Return the href of a file of `templates/assets/`."""
        return self.href(f"/assets/{self.assets[name]}")

    def edit(self, path: str) -> str:
        """Return where a file of the repository can be edited in a browser."""
        return f"https://github.com/{self.repository}/edit/{self.branch}/{quote(path)}"

    def propose(self) -> str:
        """Return where a clause can be proposed without git: the repository's form for it."""
        return f"https://github.com/{self.repository}/issues/new?template=clause.yml"

    def guide(self) -> str:
        """Return where the repository says how a record is written."""
        return f"https://github.com/{self.repository}/blob/{self.branch}/content/README.md"

    def report(self, title: str, body: str) -> str:
        """Return where a mistake can be reported, with title and text filled in."""
        return f"https://github.com/{self.repository}/issues/new?{urlencode({'title': title, 'body': body})}"


HOME = "/"
SEARCH = "/search/"
SEARCH_INDEX = "/pagefind/pagefind.js"
PLATFORMS = "/platform/"
CLAUSE_TYPES = "/clause-type/"
REGULATIONS = "/regulation/"
JURISDICTIONS = "/jurisdiction/"
CATEGORIES = "/category/"
SEVERITIES = "/severity/"
VERIFY = "/verify/"
VERIFY_SCRIPT = "/verify/verify.py"
"""The small program that checks a citation with nothing but Python."""
NOT_FOUND = "/404.html"
PERMANENT = "/id/"
LOG = "/api/v1/log/"
"""Leaves, roots and anchors of the log, each as the file that `data/published/` holds."""
FIXED = (
    HOME,
    SEARCH,
    PLATFORMS,
    CLAUSE_TYPES,
    REGULATIONS,
    JURISDICTIONS,
    CATEGORIES,
    SEVERITIES,
    VERIFY,
    VERIFY_SCRIPT,
    "/.well-known/security.txt",
    "/llms.txt",
    "/robots.txt",
)
"""Addresses that every atlas has."""


def is_translated(address: str) -> bool:
    """Return whether there is one such address in each language of the interface: the one rule of it."""
    return address.endswith("/") and not address.startswith(PERMANENT)


def platform(of: Platform | str) -> str:
    """Return the address of a platform."""
    return f"{PLATFORMS}{of if isinstance(of, str) else of.slug}/"


def document(of: Document, beside: str = "") -> str:
    """Return the address of a document, or of a file beside its page (`evidence.json`)."""
    return f"{PLATFORMS}{of.platform}/{of.slug}/{beside}"


def evidence(of: Document) -> str:
    """Return the address of what was seen of a document: a file beside its page."""
    return f"{document(of)}evidence.json"


def passage_shard(number: int) -> str:
    """Return the address of a part of the index of passages."""
    return f"{VERIFY}index/shingles-{number}.json"


def passage_places(number: int) -> str:
    """Return the address of a list of the places of passages."""
    return f"{VERIFY}index/places-{number}.json"


def held_text(sha256: str) -> str:
    """Return the address of a text that is held and may be published, by its hash (text-v1)."""
    return f"/evidence/texts/{sha256[:2]}/{sha256}.txt"


def found_by_wording(*keys: str) -> str:
    """Return the search for the records of which one of these things can be said about their wording."""
    return f"{SEARCH}?{urlencode([('wording', key) for key in keys])}"


def provision(of: Provision, beside: str = "") -> str:
    """Return the address of a provision, or of a file beside its page (`record.json`)."""
    return f"{PLATFORMS}{of.platform}/{of.document}/{of.slug}/{beside}"


def history(of: Provision, beside: str = "") -> str:
    """Return the address of what a record was before."""
    return f"{provision(of)}history/{beside}"


def revision(of: Provision, number: int, beside: str = "") -> str:
    """Return the address of one revision of a record, or of its frozen form (`record.json`)."""
    return f"{provision(of)}r{number}/{beside}"


def clause_type(key: str) -> str:
    """Return the address of a clause type."""
    return f"{CLAUSE_TYPES}{key}/"


def regulation(key: str) -> str:
    """Return the address of a regulation."""
    return f"{REGULATIONS}{key}/"


def jurisdiction(code: str) -> str:
    """Return the address of a jurisdiction; codes are lower case in addresses."""
    return f"{JURISDICTIONS}{code.lower()}/"


def category(key: str) -> str:
    """Return the address of a category."""
    return f"{CATEGORIES}{key}/"


def severity(of: Severity) -> str:
    """Return the address of a severity."""
    return f"{SEVERITIES}{of.value}/"


def permanent(record_id: str, revision: int | None = None) -> str:
    """Return the short permanent address of an id, or of one revision of its record: what is cited."""
    return f"{PERMANENT}{record_id}/{f'r{revision}/' if revision else ''}"


def prose(slug: str) -> str:
    """Return the address of a page of prose."""
    return f"/{slug}/"


def language_folder(language: str) -> str:
    """Return the folder of a further language of the interface: `de/`; addresses are in lower case."""
    return f"{language.lower()}/"


def page_file(address: str) -> str:
    """Return the path, below the output folder, of the file that is served at an address."""
    path = address.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def base_url(site: Site, override: str | None = None) -> str:
    """Return the base URL of a publication: the site's address, or another one, with a final slash."""
    return (override or site.address).rstrip("/") + "/"


def text_fragment(url: str, clause: str) -> str:
    """Return a link that scrolls to the clause in the live page (URL Fragment Text Directives, WICG).

    The first unbroken stretch of the quotation is used: its first and last words when it is long.
    """
    stretch = re.split(r"\[(?:\.\.\.|…)\]|\n", clause.strip())[0].split()
    if not stretch:
        return url
    if len(stretch) <= 2 * _FRAGMENT_WORDS:
        directive = _directive(stretch)
    else:
        directive = (
            f"{_directive(stretch[:_FRAGMENT_WORDS])},{_directive(stretch[-_FRAGMENT_WORDS:])}"
        )
    return f"{url.partition('#')[0]}#:~:text={directive}"


def _directive(words: list[str]) -> str:
    # `-`, `,` and `&` separate the parts of a directive, so they are escaped where they are text.
    return quote(" ".join(words), safe="").replace("-", "%2D")


def wayback(url: str) -> str:
    """Return where archived copies of a page can be looked up; whether there is one is not known."""
    return f"https://web.archive.org/web/*/{url}"


def share_x(url: str, text: str) -> str:
    """Return a plain link that offers a page on X."""
    return f"https://x.com/intent/post?{urlencode({'url': url, 'text': text})}"


def share_linkedin(url: str) -> str:
    """Return a plain link that offers a page on LinkedIn."""
    return f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"


def share_mail(url: str, subject: str) -> str:
    """Return a plain link that opens a mail with a page's address (RFC 6068)."""
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(url, safe='')}"
