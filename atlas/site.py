"""The site: load the files, parse the records, link the atlas, check it, render it, write it, index it.

A line: joins the stages, in this order, and has no rules of its own.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from atlas import load, outputs, pages, search, sheet, stability, urls, words
from atlas.examine import UNWATCHED, Progress, SiteFault, examine
from atlas.fanout import fan_out
from atlas.frontmatter import Value, read_yaml
from atlas.load_evidence import load_text
from atlas.model import Atlas, SourceFile
from atlas.pages.plan import PagePlan
from atlas.publication import Interface, Publication
from atlas.render import Renderer
from atlas.reports.report import Report
from atlas.write import OutputFile, fresh_site, write_file

_DIGEST_LENGTH = 10
_NAMED = 10
"""How many missing entries are named."""
_ENGLISH = "en"
"""Language of the words that every atlas has."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an atlas is published; the clock and the repository are read at the door."""

    as_of: date
    base_url: str | None = None
    """None: the site's own address."""
    revision: str | None = None
    strict: bool = False
    """Whether warnings and unassigned ids stop the build."""
    workers: int | None = None
    """None: as many as there are processors."""
    with_search: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    report: Report
    pages: int = 0
    files: int = 0
    indexed: int = 0
    written: bool = False
    """Whether the site was written: not when a problem blocks."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A site before it is written."""

    publication: Publication
    plans: tuple[PagePlan, ...]
    draw: Callable[[PagePlan], str] = field(repr=False)
    others: tuple[OutputFile, ...] = field(repr=False)


def build(root: Path, output: Path, settings: Settings, progress: Progress = UNWATCHED) -> Built:
    """Examine the atlas at `root` and, when it is sound, publish it to the folder `output`.

    Raises:
        TemplateFault: a template is wrong.
        WriteFault: the output cannot be written; the last good site is untouched.
        SearchFault: the search index cannot be made; likewise.
    """
    examined = examine(root, settings.as_of, strict=settings.strict, progress=progress)
    if not examined.is_sound:
        return Built(examined.report)
    progress.begin("render")
    drawing = draw(root, examined.atlas, settings)
    with fresh_site(output) as folder:
        write(drawing, folder, settings, progress)
        indexed = 0
        if settings.with_search:
            progress.begin("index")
            indexed = search.index(folder, sum(plan.searchable for plan in drawing.plans)).pages
        progress.begin("publish")
    return Built(
        examined.report,
        len(drawing.plans),
        len(drawing.plans) + len(drawing.others),
        indexed,
        written=True,
    )


def draw(root: Path, atlas: Atlas, settings: Settings) -> Drawing:
    """Plan every page of a sound atlas and make everything that is not a page."""
    templates = load.load_templates(root)
    publication = publish(atlas, templates, settings)
    publications = in_every_language(publication, templates)
    plans = tuple(plan for one in publications for plan in pages.plans(one))
    renderers = {
        one.words.language if one.original else "": renderer(one, templates) for one in publications
    }
    others = (
        *(OutputFile(f.path, f.text.encode()) for f in outputs.files(publications[0], plans)),
        *assets(publication, templates),
        *held_texts(root, publication),
        OutputFile(urls.VERIFY_SCRIPT.removeprefix("/"), templates.texts["verify.py"].encode()),
        *(OutputFile(*anchor) for anchor in outputs.log_files.anchors(atlas.published)),
        OutputFile(".nojekyll", b""),
    )
    return Drawing(publications[0], plans, lambda plan: renderers[plan.language].draw(plan), others)


def publish(atlas: Atlas, templates: load.Templates, settings: Settings) -> Publication:
    """Return the one value that every page and every output receives, in the site's own language.

    Raises:
        SiteFault: the words of that language are not in order.
    """
    site = atlas.site
    file = words_file(templates.texts, site.language)
    if file is None:
        raise _no_words(site.language, words.FILE)
    names = {name: _hashed(name, content) for name, content in _published(templates)}
    return Publication(
        atlas=atlas,
        as_of=settings.as_of,
        urls=urls.Urls(urls.base_url(site, settings.base_url), site.repository, site.branch, names),
        words=read_words(templates.texts[file], site.language, file),
        revision=settings.revision,
    )


def in_every_language(
    publication: Publication, templates: load.Templates
) -> tuple[Publication, ...]:
    """Return a publication in each language of the interface, the site's own first.

    Raises:
        SiteFault: the words of a language are missing, not in order, or not complete.
    """
    languages = publication.atlas.site.translations
    if not languages:
        return (publication,)
    if publication.words.language in languages:
        named = f"`translations` names `{publication.words.language}`, the site's own language"
        raise SiteFault(f"data/site.yaml: {named}; take it out")
    spoken = {one: translation(templates.texts, one, publication.words) for one in languages}
    places = {one: replace(publication.urls, folder=urls.language_folder(one)) for one in languages}
    interfaces = tuple(
        Interface(
            told.language, told.say("base.language"), places.get(told.language, publication.urls)
        )
        for told in (publication.words, *spoken.values())
    )
    own = replace(publication, interfaces=interfaces)
    return (
        own,
        *(replace(own, urls=places[one], words=spoken[one], original=own) for one in languages),
    )


def renderer(publication: Publication, templates: load.Templates) -> Renderer:
    """Return what draws the pages of a publication."""
    return Renderer(publication, {n: t for n, t in templates.texts.items() if n.endswith(".html")})


def assets(publication: Publication, templates: load.Templates) -> Iterator[OutputFile]:
    """Yield the files that pages link: style, script, icon."""
    for name, content in sorted(_published(templates)):
        yield OutputFile(f"assets/{publication.urls.assets[name]}", content)


def held_texts(root: Path, publication: Publication) -> Iterator[OutputFile]:
    """Yield the texts of documents that we hold and may publish, each as the bytes that its address names.

    Raises:
        LoadFault: one cannot be read.
        SiteFault: one is no longer what it was.
    """
    for sha256 in stability.public_texts(publication.atlas):
        path = publication.atlas.evidence.texts[sha256]
        content = load_text(root, path)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise SiteFault(f"{path} is not the text that its name says; restore it")
        yield OutputFile(urls.held_text(sha256).removeprefix("/"), content)


def write(
    drawing: Drawing, folder: Path, settings: Settings, progress: Progress = UNWATCHED
) -> None:
    """Render every page and write everything into a fresh folder."""

    def draw_and_write(plan: PagePlan) -> None:
        write_file(folder, OutputFile(urls.page_file(plan.address), drawing.draw(plan).encode()))

    progress.begin("render", len(drawing.plans))
    for _ in fan_out(draw_and_write, drawing.plans, settings.workers):
        progress.advance()
    progress.begin("write", len(drawing.others))
    for file in drawing.others:
        write_file(folder, file)


def words_file(texts: Mapping[str, str], language: str) -> str | None:
    """Return the name of the file that holds the words of a language, or None where there is none."""
    named = f"words.{language}.yaml"
    return named if named in texts else words.FILE if language == _ENGLISH else None


def translation(texts: Mapping[str, str], language: str, own: words.Words) -> words.Words:
    """Return the words of a further language, which has every entry that the site's own has.

    Raises:
        SiteFault: they are missing, not in order, or not complete.
    """
    file = words_file(texts, language)
    if file is None:
        raise _no_words(language, own.file)
    found = read_words(texts[file], language, file)
    if lost := words.missing(found, own):
        first = ", ".join(lost[:_NAMED]) + (
            f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        )
        message = f"templates/{file} lacks entries that templates/{own.file} has: {first}"
        raise SiteFault(message)
    return found


def _no_words(language: str, source: str) -> SiteFault:
    wanted = f"templates/words.{language}.yaml"
    message = f"data/site.yaml names the language `{language}`, and there is no {wanted}"
    return SiteFault(f"{message}; translate templates/{source} into it")


def read_words(text: str, language: str, file: str = words.FILE) -> words.Words:
    """Return the words of the interface from the text of their file.

    Raises:
        SiteFault: the file is not in order.
    """
    fields, problems = read_yaml(SourceFile(f"templates/{file}", text.encode()))
    if fields is None or problems:
        first = problems[0]
        where = f"{first.path}:{first.span.line}:{first.span.column}"
        raise SiteFault(f"{where}: {first.message} [{first.code}]", first)
    return words.Words(language, words.flatten(_mappings(fields.values)), file)


def _mappings(values: dict[str, Value]) -> dict[str, object]:
    return {
        key: _mappings(value) if isinstance(value, dict) else value for key, value in values.items()
    }


def _published(templates: load.Templates) -> Iterator[tuple[str, bytes]]:
    """Yield each asset as readers get it: a page asks for one sheet, so `pages.css` holds the common one as well."""
    common = templates.assets.get("atlas.css", b"")
    for name, own in templates.assets.items():
        content = common + b"\n" + own if name == "pages.css" else own
        yield name, sheet.condensed(content) if name.endswith(".css") else content


def _hashed(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))
