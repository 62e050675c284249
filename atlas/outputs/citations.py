"""`citations.txt`, `.bib`, `.ris` and `.json` beside every document: its records and their clauses, ready to be cited.

Core. Only records with a number are in them: what has none has no permanent address. The text has every form;
the other three are for reference managers.
"""

from collections.abc import Iterator, Sequence

from atlas import citing, urls
from atlas.addresses import has_citations
from atlas.citing import Cited
from atlas.model import Document
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

_BY_KEY = {form.key: form.cite for form in citing.FORMS}


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the citations of every document that has records with a number, or once had."""
    for document in publication.atlas.documents.values():
        if has_citations(publication.atlas, document):
            cited = _cited(publication, document)
            for name, text in _bundles(publication, document, cited):
                yield TextFile(urls.document(document, name).removeprefix("/"), text)


def _cited(publication: Publication, of: Document) -> tuple[Cited, ...]:
    """Return what can be cited of a document, in order of number, a record before its clause."""
    records = [p for p in publication.atlas.by_document.get(of.key, ()) if p.id]
    found = (
        cited
        for one in sorted(records, key=lambda p: p.id or "")
        for cited in (citing.record(publication, one), citing.clause(publication, one))
    )
    return tuple(cited for cited in found if cited)


def _bundles(
    publication: Publication, of: Document, cited: tuple[Cited, ...]
) -> Iterator[tuple[str, str]]:
    words = publication.words
    drawn = {key: [cite(words, one) for one in cited] for key, cite in _BY_KEY.items()}
    yield "citations.txt", _text(publication, of, cited, drawn)
    yield "citations.bib", "\n".join(drawn["bibtex"])
    yield "citations.ris", "".join(drawn["ris"])
    yield "citations.json", "[\n" + ",\n".join(drawn["csl-json"]) + "\n]\n"


def _text(
    publication: Publication, of: Document, cited: tuple[Cited, ...], drawn: dict[str, list[str]]
) -> str:
    say, name = publication.words.say, publication.atlas.platforms[of.platform].name
    blocks = [
        say("citation.bundle", document=of.title, platform=name),
        say("provision.cite-note"),
    ]
    for number, one in enumerate(cited):
        blocks.append(f"== {one.key}")
        for key, texts in drawn.items():
            text = texts[number].replace("\r\n", "\n").rstrip("\n")
            blocks.append(f"{say(f'citation-form.{key}')}:\n{text}")
    return "\n\n".join(blocks) + "\n"
