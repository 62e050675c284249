"""From Markdown to HTML that is safe to publish: the only maker of unescaped HTML.

Core; the one owner of markdown-it-py. CommonMark with raw HTML and images off, links to https,
mail and the site itself only, headings pushed below the page's own.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_MORE = re.compile(r"[<\[`~]")
"""What HTML, links, images and fences begin with."""


def to_html(text: str, href: Callable[[str], str], *, first_heading: int = 3) -> Markup:
    """Return the HTML of `text`.

    `href` turns an address of this site (`/methodology/`) into a link; `first_heading` is the level
    that `##` becomes.
    """
    if not text.strip():
        return Markup()
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(6, max(first_heading, int(token.tag[1]) + first_heading - 2))
            token.tag = f"h{level}"
        for child in token.children or ():
            address = child.attrGet("href")
            if child.type == "link_open" and isinstance(address, str) and address.startswith("/"):
                child.attrSet("href", href(address))
    renderer = _parser().renderer
    return Markup(renderer.render(tokens, _parser().options, {}))  # noqa: S704  markdown-it escapes; HTML is off


def to_inline_html(text: str, href: Callable[[str], str]) -> Markup:
    """Return the HTML of one paragraph of `text`, without the paragraph."""
    html = to_html(text, href)
    return Markup(html.removeprefix("<p>").removesuffix("</p>\n"))  # noqa: S704  as above


def links(text: str) -> list[tuple[str, int]]:
    """Return every link target in `text` with the line on which its block starts, from 0."""
    found: list[tuple[str, int]] = []
    for token, line in _walk(_parser().parse(text)):
        target = token.attrGet("href")
        if token.type == "link_open" and isinstance(target, str):
            found.append((target, line))
    return found


def portable(text: str) -> str:
    """Return Markdown that no reader takes for more than this one does: as it stands, or without any markup.

    Readers elsewhere let HTML, images and every address through, and an open fence swallows what follows;
    text with none of these is left alone.
    """
    if not _MORE.search(text):
        return text
    whole = f"{text}\n\n## end"
    ours, theirs = ([*map(_meaning, _walk(p.parse(whole)))] for p in (_parser(), _lenient_parser()))
    if ours == theirs and ours[-1] == ("heading_close", 0, None):
        return text
    return "\n\n".join(map(escaped, re.split(r"\n\s*\n", text.strip())))


def escaped(text: str) -> str:
    """Return text in which no character is Markdown, on one line."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~&:=])", r"\\\1", " ".join(text.split()))


def plain(text: str) -> str:
    """Return the words of `text` without any markup, paragraphs apart."""
    blocks = [
        "".join(
            " " if child.type in {"softbreak", "hardbreak"} else child.content
            for child in token.children or ()
            if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
        )
        if token.type == "inline"
        else token.content
        for token in _parser().parse(text)
        if token.type in {"inline", "code_block", "fence"}
    ]
    return "\n".join(block.strip() for block in blocks if block.strip())


def blocks(text: str) -> list[str]:
    """Return the words of a document of others, block by block: tables and HTML read, links and pictures left out."""
    return [
        re.sub(r"<!--.*?-->|</?[A-Za-z][^<>]*>", " ", token.content, flags=re.DOTALL)
        if token.type == "html_block"
        else "".join(map(_words, token.children or ()))
        if token.type == "inline"
        else token.content
        for token in _document_parser().parse(text)
        if token.type in {"inline", "html_block", "code_block", "fence"}
    ]


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"} or re.match(r"<br\b", token.content):
        return " "
    return token.content if token.type in {"text", "code_inline"} else ""


def _walk(tokens: Sequence[Token], line: int = 0) -> list[tuple[Token, int]]:
    pairs: list[tuple[Token, int]] = []
    for token in tokens:
        line = token.map[0] if token.map else line
        pairs.append((token, line))
        pairs.extend((child, line) for child in token.children or ())
    return pairs


def _meaning(pair: tuple[Token, int]) -> tuple[str, int, object]:
    token, _ = pair
    return token.type, token.level, token.attrGet("href")


@lru_cache(maxsize=1)
def _lenient_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda _target: True  # type: ignore[method-assign,assignment]
    return parser


@lru_cache(maxsize=1)
def _document_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.validateLink = lambda _target: True  # type: ignore[method-assign,assignment]
    return parser


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).disable("image")
    parser.validateLink = _may_link  # type: ignore[method-assign,assignment]
    parser.add_render_rule("link_open", _link_open)
    return parser


def _may_link(target: str) -> bool:
    return target.startswith(("https://", "mailto:", "#")) or (
        target.startswith("/") and not target.startswith("//")
    )


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    target = str(tokens[index].attrGet("href"))
    if target.startswith("https://"):
        tokens[index].attrSet("rel", "noopener")
    return str(renderer.renderToken(tokens, index, options, env))
