"""`_headers`: what a host that reads such a file (Netlify, Cloudflare Pages) sends with each answer.

Core. Every rule that matches an address applies, and two values of one header would be joined, so
no header stands under two patterns that can match the same address.
"""

from collections.abc import Iterator, Mapping, Sequence

from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.render import policy

PATH = "_headers"

_YEAR = 365 * 24 * 60 * 60  # seconds

_FOR_EVER = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
_FOR_EVERYONE = {"Access-Control-Allow-Origin": "*"}

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_RULES: tuple[tuple[str, Mapping[str, str]], ...] = (
    # Their names hold a hash of what is in them.
    ("/assets/*", _FOR_EVER),
    ("/pagefind/fragment/*", _FOR_EVER),
    ("/pagefind/index/*", _FOR_EVER),
    # Programs of other sites may read these in a browser. A pattern holds one `*`, at its end.
    ("/platform/:platform/:document/:provision/record.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/:provision/:revision/record.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/:provision/history.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/:provision/proof.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/:provision/index.md", _FOR_EVERYONE),
    ("/platform/:platform/:document/evidence.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/citations.json", _FOR_EVERYONE),
    ("/platform/:platform/:document/citations.bib", _FOR_EVERYONE),
    ("/platform/:platform/:document/citations.ris", _FOR_EVERYONE),
    ("/platform/:platform/:document/citations.txt", _FOR_EVERYONE),
    ("/api/*", _FOR_EVERYONE),
    ("/evidence/*", _FOR_EVERYONE),
    ("/schema/*", _FOR_EVERYONE),
)
"""What is sent with some addresses, beside what is sent with all."""


def files(publication: Publication, plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield `_headers`. Its patterns begin with the base path: a host reads it at its own root."""
    rules = (("/*", _everywhere(publication, plans)), *_RULES)
    yield TextFile(PATH, "\n".join(_rule(publication.href(at), sent) for at, sent in rules))


def site_policy(plans: Sequence[PagePlan]) -> str:
    """Return the Content-Security-Policy that is sent with every answer.

    It is the widest that any page has, since each page narrows it to its own in a `<meta>`, with
    what a `<meta>` cannot say: that nobody may put our pages in a frame.
    """
    widest = max(plans, key=lambda plan: (plan.evaluates, bool(plan.scripts)))
    return f"{policy(widest)}; frame-ancestors 'none'"


def _everywhere(publication: Publication, plans: Sequence[PagePlan]) -> dict[str, str]:
    sent = {"Content-Security-Policy": site_policy(plans), **_ALWAYS}
    if publication.urls.base_url.startswith("https:"):
        sent["Strict-Transport-Security"] = f"max-age={2 * _YEAR}"
    return sent


def _rule(pattern: str, sent: Mapping[str, str]) -> str:
    return "".join([f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in sent.items())])
