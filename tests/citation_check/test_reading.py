"""What a citation names, in whatever form somebody kept it, and what is said where it names nothing."""

import pytest

from atlas import citing
from atlas.citation_check.reading import CitationFault, Cited, read_id, read_text, read_url

BASE = "https://sample.example/repo/"
PAGE = "platform/acme/terms/training/"


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("CA-P-007114", 0),
        (" CA-P-007114 r2 ", 2),
        ("ca-p-007114 r2", 2),
        ("CA-P-007114-r2", 2),
        ("CA-P-007114, revision 12", 12),
        ("CA-P-007114 rev. 2", 2),
        ("CA-P-007114/r2", 2),
    ],
)
def test_an_id_is_read_with_or_without_its_revision(text, revision):
    """However people write it."""
    assert read_id(text, "CA") == Cited("CA-P-007114", revision)


@pytest.mark.parametrize(
    ("path", "cited"),
    [
        ("id/CA-P-007114/", Cited("CA-P-007114")),
        ("id/CA-P-007114", Cited("CA-P-007114")),
        ("id/CA-P-007114/r2/", Cited("CA-P-007114", 2)),
        ("id/CA-P-007114/r2", Cited("CA-P-007114", 2)),
        ("id/CA-P-007114/r2/?utm=1#quote", Cited("CA-P-007114", 2)),
        (PAGE, Cited(folder=PAGE)),
        (f"de/{PAGE}", Cited(folder=PAGE)),
        (PAGE.rstrip("/"), Cited(folder=PAGE)),
        (f"{PAGE}#:~:text=we%20may", Cited(folder=PAGE)),
        (f"{PAGE}r3/", Cited(revision=3, folder=PAGE)),
        (f"{PAGE}r3/record.json", Cited(revision=3, folder=PAGE)),
        (f"{PAGE}record.json", Cited(folder=PAGE)),
        (f"{PAGE}history/", Cited(folder=PAGE)),
        (f"{PAGE}proof.json", Cited(folder=PAGE)),
        (f"pt-br/{PAGE}r3/", Cited(revision=3, folder=PAGE)),
    ],
)
def test_an_address_is_read_wherever_the_site_is(path, cited):
    """Under a path, at a root, and where nobody knows the site's own address."""
    assert read_url(BASE + path, BASE, "CA") == cited
    assert read_url(f"https://other.example/{path}", "https://other.example/", "CA") == cited
    assert read_url(BASE + path) == cited


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        ("CA-P-71", "no id of a record"),
        ("CA-P-0071144", "no id of a record"),
        ("CA-D-00012", "is a document"),
        ("FA-P-100001", "ids of this one begin with CA-P-"),
        ("CA-P-007114 r0", "counted from 1"),
        ("nonsense.json", "no file that is there"),
        ("\x1b[31mred`", "no id of a record"),
        ("https://foreign.example/id/CA-P-007114/", "not an address of this site"),
        ("https://sample.example/id/CA-P-007114/", "not an address of this site"),
        (f"{BASE}id/FA-P-100001/", "ids of this one begin with CA-P-"),
        (f"{BASE}id/CA-D-00012/", "not the address of a record"),
        (f"{BASE}platform/acme/", "not the address of a record"),
        (f"{BASE}platform/acme/terms/../../etc/", "not the address of a record"),
        (f"{BASE}{'a' * 3000}", "characters"),
        ("https://[::1/id/CA-P-007114/", "no address"),
        (BASE, "not the address of a record"),
    ],
)
def test_what_names_no_record_is_told_in_one_sentence(citation, said):
    """Malformed, of another site, of another atlas, of a document: a sentence each."""
    read = read_url if citation.startswith("http") else read_id
    with pytest.raises(CitationFault) as fault:
        read(citation, BASE, "CA") if read is read_url else read(citation, "CA")
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)
    assert "\x1b" not in str(fault.value)


@pytest.mark.parametrize("form", [form.key for form in citing.FORMS])
def test_every_form_that_we_give_out_is_read(form, built_sample):
    """A citation copied from the site names its record and revision, in each of the seven forms."""
    bundle = next(iter(sorted(built_sample.glob("platform/*/*/citations.txt"))))
    blocks = [
        block
        for block in bundle.read_text(encoding="utf-8").split("\n== ")
        if "-clause" not in block[:40]
    ][1:]
    assert blocks
    number, _, revision = blocks[0].split("\n")[0].rpartition("-r")
    forms = blocks[0].split("\n\n")[1:]
    names = [one.key for one in citing.FORMS]
    text = forms[names.index(form)]
    cited = read_text(text)
    assert (cited.id, cited.revision) == (number, int(revision))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See the terms of Acme.", "names no record"),
        ("CA-P-007114 and CA-P-100001", "names 2 records"),
        ("Acme, https://acme.example/terms (2026).", "names no record of this site"),
        ("", "names no record"),
    ],
)
def test_a_text_that_names_no_record_or_several_is_told(text, said):
    """One citation at a time."""
    with pytest.raises(CitationFault, match=said):
        read_text(text, BASE, "CA")
