"""From page plans to finished text: the one owner of Jinja.

Core. Templates come in as text; undefined names stop the build, everything is escaped unless
`markdown` or `words` made it, and a template is handed four values: `head`, `view`, `page` and
`site`, and functions, such as `t`, which says the words of the interface.
"""

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from atlas import urls
from atlas.direction import isolated
from atlas.jurisdictions import language
from atlas.pages.plan import Link, PagePlan
from atlas.problem import FIRST_LINE, Fault, Problem, Span
from atlas.publication import Publication

if TYPE_CHECKING:
    from types import CodeType


class Compiled(BytecodeCache):
    """Keeps compiled templates while the program runs, so that a preview compiles only what was edited.

    A template's code is a function of its name and text alone, which are the key.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if it was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = Compiled()


_TEMPLATE_ERRORS = (
    *(TemplateError, LookupError, TypeError, AttributeError, ValueError),
    *(ArithmeticError, RecursionError),
)
"""What a template's own mistakes raise."""


class TemplateFault(Fault):
    """A template cannot be drawn; says which, on which line, and why."""

    address: str | None = None
    """The page that was being drawn."""


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page shows around its own content."""

    title: str
    language: str
    written_in: str
    """What the language of the records is called, where it is not the interface's; else nothing."""
    home: str
    search: str
    navigation: tuple[tuple[str, Link], ...]
    """Key of the section and its link, in order."""
    footer: tuple[Link, ...]
    stylesheet: str
    icon: str
    contact: str
    licence: Link
    repository: str
    propose: str
    guide: str
    fictional: bool
    """Whether all of it is invented."""


class Renderer:
    """Draws the pages of one publication with one set of templates."""

    def __init__(self, publication: Publication, templates: Mapping[str, str]) -> None:
        self._publication = publication
        self._templates = templates
        self._environment = Environment(
            # The name stands in for the file's, so that a traceback says which template and line.
            loader=FunctionLoader(
                lambda name: (templates[name], name, None) if name in templates else None
            ),
            bytecode_cache=_COMPILED,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["isolated"] = isolated
        self._environment.globals.update(
            t=publication.words.markup,
            forms=publication.words.forms,
            site=chrome(publication),
            policy=policy,
            json_ld=json_ld,
            asset=publication.urls.asset,
            lang_written=publication.lang_written,
            lang_said=publication.lang_said,
            written=publication.written,
        )

    def draw(self, plan: PagePlan) -> str:
        """Return the HTML of a page.

        Raises:
            TemplateFault: the template is wrong or asks for a value that it was not given.
        """
        try:
            template = self._environment.get_template(plan.template)
            return template.render(page=plan, head=plan.head, view=plan.view)
        except _TEMPLATE_ERRORS as error:
            name, line = self._place(error) or (plan.template, None)
            raise self._fault(name, line, _reason(error), plan.address) from error

    def _place(self, error: Exception) -> tuple[str, int | None] | None:
        if isinstance(error, TemplateSyntaxError):
            return (error.name, error.lineno) if error.name else None
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename in self._templates
        ]
        return (frames[-1].filename, frames[-1].lineno) if frames else None

    def _fault(self, name: str, line: int | None, reason: str, address: str) -> TemplateFault:
        path, span = f"templates/{name}", FIRST_LINE
        if line:
            text = self._templates.get(name, "").split("\n")[line - 1 : line] or [""]
            indent = len(text[0]) - len(text[0].lstrip())
            span = Span(line, indent + 1, len(text[0].rstrip()) + 1)
        problem = Problem(
            "template-fault", path, span, reason, f"this came up while drawing {address}"
        )
        fault = TemplateFault(
            f"{path}{f':{line}' if line else ''}: {reason} (drawing {address})", problem
        )
        fault.address = address
        return fault


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}`"
    if isinstance(error, KeyError):
        return f"there is nothing called `{error.args[0]}`"
    return str(error)


def chrome(publication: Publication) -> Chrome:
    """Return what surrounds every page of a publication."""
    href, say, site = publication.href, publication.words.say, publication.atlas.site
    method = publication.prose("methodology")
    navigation = (
        ("platforms", Link(say("nav.platforms"), href(urls.PLATFORMS))),
        ("clause-types", Link(say("nav.clause-types"), href(urls.CLAUSE_TYPES))),
        ("regulations", Link(say("nav.regulations"), href(urls.REGULATIONS))),
        *((("method", Link(say("nav.method"), method)),) if method else ()),
    )
    return Chrome(
        title=site.title,
        language=publication.words.language,
        written_in=language(site.language, publication.words.language)
        if publication.original
        else "",
        home=href(urls.HOME),
        search=href(urls.SEARCH),
        navigation=navigation,
        footer=tuple(
            Link(page.title, href(urls.prose(page.slug)))
            for page in publication.atlas.records.prose
        ),
        stylesheet=publication.urls.asset("atlas.css"),
        icon=publication.urls.asset("icon.svg"),
        contact=site.contact,
        licence=Link(site.licence.name, site.licence.url),
        repository=site.repository,
        propose=publication.urls.propose(),
        guide=publication.urls.guide(),
        fictional=site.fictional,
    )


def policy(page: PagePlan) -> str:
    """Return the Content-Security-Policy of a page: nothing but our own files, and only what it needs."""
    script = (
        "'self' 'wasm-unsafe-eval'" if page.evaluates else "'self'" if page.scripts else "'none'"
    )
    rules = [
        "default-src 'none'",
        f"script-src {script}",
        "style-src 'self'",
        "img-src 'self' data:",
    ]
    if page.asks or page.evaluates:
        rules.append("connect-src 'self'")
    return "; ".join([*rules, "base-uri 'none'", "form-action 'self'"])


def json_ld(tree: Mapping[str, object]) -> Markup:
    """Return a JSON-LD block's text, safe inside `<script>`: nothing in it can close the element."""
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  every character that HTML reads is escaped above
