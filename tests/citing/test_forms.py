"""Each form to the letter, for a record and a clause; and what the styles do with many names, odd places and stops."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import ROOT

from atlas import citing
from atlas.citing import Cited
from atlas.citing.wording import stopped
from atlas.site import read_words

WORDS = read_words((ROOT / "templates" / "words.yaml").read_text(encoding="utf-8"), "en")
RECORD = Cited(
    key="SA-P-100001-r2",
    authors=("Jo Ray", "Kim Sol"),
    title="Use of writing (Acme, Terms)",
    within="Sample Atlas",
    number="SA-P-100001",
    revision=2,
    pinpoint="",
    day=date(2026, 9, 1),
    is_claim=False,
    dated="revised 1 September 2026",
    identified=("record SA-P-100001", "revision 2"),
    described=(),
    cautions=("disputed",),
    url="https://sample.example/id/SA-P-100001/r2/",
    archived="",
    language="en",
)
CLAUSE = Cited(
    key="SA-P-100001-clause",
    authors=("Acme, Inc.",),
    title="Terms",
    within="",
    number="",
    revision=0,
    pinpoint="4.2",
    day=date(2026, 5, 5),
    is_claim=True,
    dated="dated 5 May 2026 by the document itself",
    identified=(),
    described=("English edition", "as captured 9 May 2026, 14:35 UTC"),
    cautions=(),
    url="https://acme.example/terms",
    archived="https://web.archive.org/web/1/terms",
    language="en",
)
RECORD_IN_FORMS = {
    "plain": "Jo Ray, Kim Sol, Sample Atlas, “Use of writing (Acme, Terms)”, record SA-P-100001, revision 2, disputed, "
    "revised 1 September 2026. https://sample.example/id/SA-P-100001/r2/",
    "apa": "Jo Ray & Kim Sol. (2026, September 1). Use of writing (Acme, Terms) (record SA-P-100001; revision 2) "
    "[disputed]. Sample Atlas. https://sample.example/id/SA-P-100001/r2/",
    "bluebook": "Jo Ray & Kim Sol, Use of writing (Acme, Terms), Sample Atlas, record SA-P-100001, revision 2 "
    "(Sept. 1, 2026), https://sample.example/id/SA-P-100001/r2/ (disputed).",
    "oscola": "Jo Ray and Kim Sol, ‘Use of writing (Acme, Terms)’ (Sample Atlas, record SA-P-100001, revision 2, "
    "disputed, 1 September 2026) <https://sample.example/id/SA-P-100001/r2/>",
    "bibtex": """\
@online{SA-P-100001-r2,
  author = {{Jo Ray} and {Kim Sol}},
  title = {{Use of writing (Acme, Terms)}},
  organization = {Sample Atlas},
  version = {2},
  year = {2026},
  month = sep,
  note = {record SA-P-100001; revision 2; disputed; revised 1 September 2026},
  url = {https://sample.example/id/SA-P-100001/r2/},
}
""",
    "ris": "TY  - ELEC\r\nID  - SA-P-100001-r2\r\nAU  - Jo Ray\r\nAU  - Kim Sol\r\nTI  - Use of writing (Acme, Terms)\r\n"
    "T2  - Sample Atlas\r\nPY  - 2026\r\nDA  - 2026/09/01\r\nAN  - SA-P-100001\r\nET  - 2\r\nLA  - en\r\n"
    "N1  - record SA-P-100001; revision 2; disputed; revised 1 September 2026\r\n"
    "UR  - https://sample.example/id/SA-P-100001/r2/\r\nER  - \r\n",
    "csl-json": '{"URL": "https://sample.example/id/SA-P-100001/r2/", "author": [{"literal": "Jo Ray"}, '
    '{"literal": "Kim Sol"}], "container-title": "Sample Atlas", "genre": "Record", "id": "SA-P-100001-r2", '
    '"issued": {"date-parts": [[2026, 9, 1]]}, "language": "en", '
    '"note": "record SA-P-100001; revision 2; disputed; revised 1 September 2026", "number": "SA-P-100001", '
    '"status": "disputed", "title": "Use of writing (Acme, Terms)", "type": "webpage", "version": "2"}',
}
CLAUSE_IN_FORMS = {
    "plain": "Acme, Inc., “Terms”, section 4.2, dated 5 May 2026 by the document itself, English edition, "
    "as captured 9 May 2026, 14:35 UTC. https://acme.example/terms archived at https://web.archive.org/web/1/terms",
    "apa": "Acme, Inc. (2026, May 5). Terms (Section 4.2) [dated by the document itself; English edition; "
    "as captured 9 May 2026, 14:35 UTC]. https://acme.example/terms [archived at https://web.archive.org/web/1/terms]",
    "bluebook": "Acme, Inc., Terms § 4.2 (May 5, 2026), https://acme.example/terms "
    "[https://web.archive.org/web/1/terms] (dated by the document itself; English edition; "
    "as captured 9 May 2026, 14:35 UTC).",
    "oscola": "Acme, Inc., ‘Terms’ (dated 5 May 2026 by the document itself, English edition, "
    "as captured 9 May 2026, 14:35 UTC) s 4.2 <https://acme.example/terms> archived at "
    "<https://web.archive.org/web/1/terms>",
}


@pytest.mark.parametrize("form", citing.FORMS, ids=lambda form: form.key)
def test_a_record_in_each_form(form):
    """To the letter."""
    assert form.cite(WORDS, RECORD) == RECORD_IN_FORMS[form.key]


@pytest.mark.parametrize("key", CLAUSE_IN_FORMS)
def test_a_clause_in_each_form_for_people(key):
    """To the letter: the section as the style writes it, the date as the document's claim, the copy last."""
    assert cite(key, CLAUSE) == CLAUSE_IN_FORMS[key]


def cite(key, of):
    return next(form.cite for form in citing.FORMS if form.key == key)(WORDS, of)


NAMES = ("A B", "C D", "E F", "G H")


@pytest.mark.parametrize(
    ("key", "one", "two", "three", "four"),
    [
        ("apa", "A B.", "A B & C D.", "A B, C D, & E F.", "A B, C D, E F, & G H."),
        ("bluebook", "A B,", "A B & C D,", "A B et al.,", "A B et al.,"),
        ("oscola", "A B,", "A B and C D,", "A B, C D and E F,", "A B and others,"),
    ],
)
def test_names_are_joined_as_the_style_does(key, one, two, three, four):
    """One, two, three and four authors."""
    for count, wanted in enumerate((one, two, three, four), 1):
        assert cite(key, replace(RECORD, authors=NAMES[:count])).startswith(f"{wanted} ")


@pytest.mark.parametrize(
    ("sort_name", "wanted"),
    [
        ("Ray, Jo", "Ray, J."),
        ("van der Ray, Anne-Marie L.", "van der Ray, A.-M. L."),
        ("Ray, Élodie van", "Ray, É. van."),
        ("Ray, 春香", "Ray, 春香."),
        ("Ray", "Jo Ray."),
        ("", "Jo Ray."),
    ],
)
def test_a_name_has_initials_in_apa_where_its_parts_are_known(sort_name, wanted):
    """Small words and letters without a case stay whole; a name whose parts nobody gave is printed as it stands."""
    of = replace(RECORD, authors=("Jo Ray",), sort_names=(sort_name,))
    assert cite("apa", of).startswith(f"{wanted} (")
    for key in ("plain", "bluebook", "oscola"):
        assert cite(key, of).startswith("Jo Ray, ")


def test_the_parts_of_a_name_are_handed_to_reference_managers():
    """The family's part first, the rest where it may be shortened; the rest of the authors as they are printed."""
    of = replace(RECORD, sort_names=("de Ray, Jo Ann", ""))
    assert "author = {{de Ray}, Jo Ann and {Kim Sol}}" in cite("bibtex", of)
    assert "AU  - de Ray, Jo Ann\r\nAU  - Kim Sol\r\n" in cite("ris", of)
    assert '{"family": "de Ray", "given": "Jo Ann"}, {"literal": "Kim Sol"}' in cite("csl-json", of)


@pytest.mark.parametrize(
    ("place", "plain", "bluebook", "oscola"),
    [
        ("4", "section 4,", "Terms § 4 (", " s 4 <"),
        ("§ 14", "”, § 14,", "Terms § 14 (", ") § 14 <"),
        ("Chapter 2", "”, Chapter 2,", "Terms, Chapter 2 (", ") Chapter 2 <"),
        ("第8条", "”, 第8条,", "Terms, 第8条 (", ") 第8条 <"),
    ],
)
def test_a_place_is_said_once(place, plain, bluebook, oscola):
    """A bare number gets the style's word for a section; what names its own kind stands as the document counts."""
    of = replace(CLAUSE, pinpoint=place)
    assert plain in cite("plain", of)
    assert bluebook in cite("bluebook", of)
    assert oscola in cite("oscola", of)
    assert "section section" not in cite("apa", of).lower()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Acme, Inc.", "Acme, Inc."),
        ("Why?", "Why?"),
        ("“Why?”", "“Why?”"),
        ("Terms", "Terms."),
        ("(x)", "(x)."),
    ],
)
def test_no_stop_follows_a_stop(text, wanted):
    """A sentence that ends is not ended twice."""
    assert stopped(text) == wanted


def test_every_form_has_a_name_in_every_language():
    """The keys of the forms are those of their names."""
    for file in ("words.yaml", "words.de.yaml"):
        words = read_words((ROOT / "templates" / file).read_text(encoding="utf-8"), "en")
        assert all(words.say(f"citation-form.{form.key}") for form in citing.FORMS)
