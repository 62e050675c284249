"""Extraction: from what a source answered to the text of the document, whatever it answered."""

import hashlib
import time

import pytest
from archive import needs_archive

from atlas.canonical import clause_sha256, text_v1
from atlas.extract import EXTRACTORS, Extracted, extract
from atlas.extract.burden import burden
from atlas.extract.stated_date import announced
from atlas.model import Body, Failed, Failure, Source

URL = "https://platform.example/terms"


def read(content, content_type="text/html; charset=utf-8", select=None, remove=(), url=URL):
    content = content.encode() if isinstance(content, str) else content
    body = Body(URL, url, 200, content_type, content)
    return extract((body,), (Source(url=URL, select=select, remove=remove),))


def lines(content, *arguments, **options):
    extracted = read(content, *arguments, **options)
    assert isinstance(extracted, Extracted), extracted
    assert extracted.text == text_v1(extracted.text)
    return extracted.text.splitlines()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<p>You <b>may</b> <a href=/x>not</a> re<i>sell</i>.", ["You may not resell."]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", ["a", "b", "c", "d"]),
        ("<p>one<br>line\nof   text", ["one line of text"]),
        (
            "<p>a<script>b</script><style>c</style><template>d</template><svg><text>e</text></svg>f",
            ["af"],
        ),
        (
            "<p>a<input value=b><select><option>c</select><textarea>d</textarea><noscript>e</noscript>f",
            ["af"],
        ),
        ("<p>Read this<span class=sr-only> (opens a window)</span>.", ["Read this."]),
        ("<p>a<i class='x visually-hidden'>b</i><i class=screen-reader-text>c</i>d", ["ad"]),
        (
            "<div hidden>In a closed accordion</div><p aria-hidden=true>and this",
            ["In a closed accordion", "and this"],
        ),
        ("<details><summary>More</summary>Terms</details>", ["More", "Terms"]),
        ("<h2><button>Title</button></h2><p>x<img alt=y title=z><!-- c -->", ["Title", "x"]),
        (
            "<title>T</title><p>&ldquo;A&rdquo;&nbsp;&amp;&shy;B&#0;&#xFDD0;",
            ["\u201cA\u201d &B\ufffd"],
        ),
    ],
)
def test_blocks_of_a_page(page, expected):
    """Block elements end a line, inline elements do not; what is no text of the document is dropped, what is hidden is kept."""
    assert lines(page) == expected


PAGE = (
    "<nav>Menu</nav><main id=m><p>One</p><aside>Ad</aside><p>Two <em>three</em></p></main>"
    "<section><p>Four</p></section><footer>Foot</footer>"
)


@pytest.mark.parametrize(
    ("select", "remove", "expected"),
    [
        ("main", (), ["One", "Ad", "Two three"]),
        ("#m", ("aside",), ["One", "Two three"]),
        ("section, main", ("aside",), ["One", "Two three", "Four"]),
        ("main, main p, em", (), ["One", "Ad", "Two three"]),
        (None, ("nav", "footer", "main"), ["Four"]),
        ("html", ("nav",), ["One", "Ad", "Two three", "Four", "Foot"]),
        ("p", (), ["One", "Two three", "Four"]),
        ("em", (), ["three"]),
    ],
)
def test_parts_of_a_page(select, remove, expected):
    """`select` picks parts in the order of the page, each once; `remove` takes parts out of them."""
    assert lines(PAGE, select=select, remove=remove) == expected


@pytest.mark.parametrize(
    ("select", "remove", "named"),
    [
        ("#gone", (), "`#gone` matches nothing"),
        ("main", ("aside", ".gone"), "`.gone` matches nothing"),
        ("main >", (), "`main >` is no valid"),
        (None, ("p:nope",), "`p:nope` is no valid"),
        ("[", (), "`[` is no valid"),
    ],
)
def test_bad_selectors_are_named(select, remove, named):
    """A selector that matches nothing, or is none, is a failure that names it, never an empty document."""
    failed = read(PAGE, select=select, remove=remove)
    assert isinstance(failed, Failed)
    assert failed.reason is Failure.BAD_SELECTOR
    assert named in failed.detail


def test_selectors_are_for_pages():
    """A selector of a document that is no HTML page any more is a failure too."""
    failed = read("Terms", "text/plain", select="main")
    assert (failed.reason, "plain text" in failed.detail) == (Failure.BAD_SELECTOR, True)


def test_sources_are_joined_in_order():
    """Several sources of one document are one text, with all their hashes; a failed one is named."""
    contents = [
        (b"<html lang=en><title>First</title><p>One", "text/html"),
        (b"# Two\n", "text/markdown"),
        (b"<meta name=robots content='noindex, follow'><title>Third</title><p>Three", "text/html"),
    ]
    bodies = tuple(Body(URL, URL, 200, kind, content) for content, kind in contents)
    sources = (Source(url=URL),) * 3
    extracted = extract(bodies, sources)
    assert extracted.text == "One\nTwo\nThree\n"
    assert (extracted.title, extracted.language) == ("First", "en")
    assert extracted.extractor == "html-v1+markdown-v1"
    assert set(extracted.extractor.split("+")) <= set(EXTRACTORS)
    assert extracted.kinds == ("html", "markdown", "html")
    assert extracted.raw_sha256 == tuple(hashlib.sha256(c).hexdigest() for c, _ in contents)
    assert extracted.is_noindex
    assert not extracted.asks_to_sign_in
    empty = Body("https://platform.example/part", URL, 200, "text/html", b"<p> ")
    failed = extract((bodies[0], empty), sources[:2])
    assert failed.reason is Failure.NO_TEXT
    assert "https://platform.example/part" in failed.detail


QUOTE = "\u201cYou\u2019ll\u201d \u2013 na\xefve"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (QUOTE.encode(), "text/html; charset=utf-8"),
        (QUOTE.encode(), "text/html; charset=iso-8859-1"),
        (QUOTE.encode(), "text/html"),
        (QUOTE.encode(), 'text/html;charset="nonsense"'),
        (b"\xef\xbb\xbf" + QUOTE.encode(), "text/html; charset=windows-1252"),
        (QUOTE.encode("utf-16"), "text/html; charset=utf-8"),
        (b"\xfe\xff" + QUOTE.encode("utf-16-be"), "text/html"),
        (QUOTE.encode("cp1252"), "text/html; charset=latin1"),
        (QUOTE.encode("cp1252"), "text/html"),
        (b"<meta charset=utf-16>" + QUOTE.encode(), "text/html"),
        (
            b"<meta http-equiv=content-type content='text/html; charset=windows-1252'>"
            + QUOTE.encode("cp1252"),
            "text/html",
        ),
        (QUOTE.encode("gb18030"), "text/html; charset=gb18030"),
    ],
)
def test_charsets(content, content_type):
    """However the same words are encoded and called, the clause hash is the same."""
    extracted = read(content, content_type)
    assert clause_sha256(extracted.text) == clause_sha256(QUOTE)
    assert extracted.undecodable == 0


def test_undecodable_characters_are_counted():
    """What fits no character is counted, for the guard to judge."""
    assert read(b"a" * 998 + b"\x93\x94").undecodable == pytest.approx(0.002)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7\n", "text/html"),
        (b"<!doctype html><p>x", "application/pdf"),
        (b"<html><p>x", "text/plain"),
        (b" <!-- c --><HTML><p>x", "text/markdown"),
        (b"\x89PNG\r\n", "text/html"),
        (b"PK\x03\x04docx", "application/octet-stream"),
        (b"{}", "application/json"),
        (b"words", ""),
        (b"a\0b", "text/plain"),
        (b"words", "image/png"),
    ],
)
def test_wrong_types(content, content_type):
    """A kind that we do not read, or another than it was said to be, is `wrong-type`."""
    assert read(content, content_type).reason is Failure.WRONG_TYPE


@pytest.mark.parametrize("content", [b"", b"<p> </p>", b"<script>x</script>", b"\0\0\0", b"<!--"])
def test_no_text(content):
    """A page without a word is `no-text`."""
    assert read(content).reason is Failure.NO_TEXT


def test_plain_text():
    """Wrapped lines are one paragraph, list items are their own; unwrapped lines are paragraphs each."""
    wrapped = "Terms\r\n\r\nYou may\r\nnot resell.\r\n1. One\r\n(a) two\r\nthree\r\n"
    assert lines(wrapped, "text/plain") == [
        "Terms",
        "You may not resell.",
        "1. One",
        "(a) two three",
    ]
    assert lines("a\n" + "long " * 30, "text/plain") == ["a", ("long " * 30).strip()]


def test_markdown():
    """Markup, addresses, titles and pictures go; words, tables and code stay."""
    text = (
        "Title\n=====\n\nYou **may** [not](https://a.example 'title') re*sell*\nthis &amp; that\\*. ![alt](x.png)\n\n"
        "*   one\n*   two<br>three\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>html <b>block</b></div>\n\n    code\n"
    )
    assert lines(text, "text/markdown") == [
        *("Title", "You may not resell this & that*.", "one", "two three"),
        *("a", "b", "c", "d", "html block", "code"),
    ]
    assert read(text, "text/plain", url="https://raw.example/terms.md").kinds == ("markdown",)


def pdf(*pages, extra=b"", info=b"", catalogue=b""):
    """A PDF with the given lines on each page, in Helvetica."""
    objects = [b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects.append(b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % len(pages))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number, text in enumerate(pages):
        stream = (
            b"BT /F1 10 Tf 14 TL 50 750 Td "
            + b"".join(b"(%b) Tj T* " % line.encode("cp1252") for line in text)
            + b"ET"
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
    objects.append(b"<<" + info + b">>")
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R%b>>\n" % (
        len(objects) + 1,
        len(objects),
        extra,
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % start


PDF_PAGE = [
    "1. Licence.",
    "You may use this service and you may",
    "not resell it. We keep an opt-",
    "out register.",
    "2. Term. It ends.",
]


def test_pdf():
    """Lines of a PDF are joined to paragraphs; its title and language are read."""
    extracted = read(
        pdf(PDF_PAGE, ["3. More."], info=b"/Title(Terms  of use)", catalogue=b"/Lang(de-DE)"),
        "application/pdf",
    )
    assert extracted.text.splitlines() == [
        *(
            "1. Licence.",
            "You may use this service and you may not resell it. We keep an opt-out register.",
        ),
        *("2. Term. It ends.", "3. More."),
    ]
    assert (extracted.title, extracted.language, extracted.extractor) == (
        "Terms of use",
        "de-DE",
        "pdf-v1",
    )


def test_pdf_of_another_producer():
    """The same words from another producer are the same text, with other bytes."""
    one, other = (
        read(pdf(PDF_PAGE, info=i), "application/pdf")
        for i in (b"/Producer(A)", b"/Producer(Other)")
    )
    assert one.text == other.text
    assert one.raw_sha256 != other.raw_sha256


LOCKED = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>/ID[<00><00>]"
)


@pytest.mark.parametrize(
    ("content", "reason", "word"),
    [
        (pdf(PDF_PAGE, extra=LOCKED), Failure.NO_TEXT, "encrypted"),
        (pdf([]), Failure.NO_TEXT, "scan"),
        (b"%PDF-1.7\n" + b"nonsense" * 1000, Failure.TRUNCATED, "damaged"),
        (pdf(PDF_PAGE)[:60], Failure.TRUNCATED, "damaged"),
    ],
)
def test_unreadable_pdfs(content, reason, word):
    """A locked, scanned or broken PDF says which it is."""
    failed = read(content, "application/pdf")
    assert isinstance(failed, Failed)
    assert (failed.reason, word in failed.detail) == (reason, True)


def test_pdf_of_too_many_pages():
    """A PDF beyond any contract is refused before its pages are read."""
    assert read(pdf(*[["x"]] * 1001), "application/pdf").reason is Failure.TOO_LARGE


@pytest.mark.parametrize(
    ("page", "asks"),
    [
        ("<form><input type=password></form><p>Sign in", True),
        ("<form id=cookie-consent>Choose</form>", True),
        (
            "<form>Search the whole of this site<input></form><form><input type=password></form>",
            False,
        ),
        ("<form><input type=PASSWORD></form><p>" + "Terms. " * 1000, False),
        ("<p>Terms", False),
    ],
)
def test_gates(page, asks):
    """A page that is hardly more than a form for a password or for consent is told as such."""
    assert read(page).asks_to_sign_in == asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Effective October 8, 2025Previous Version", "2025-10-08"),
        ("Last updated: 5 May 2026", "2026-05-05"),
        ("Effective Date: 1st of March 2026", "2026-03-01"),
        ("These terms are effective as of Sept. 3, 2025.", "2025-09-03"),
        ("Last modified\n2025-11-30", "2025-11-30"),
        ("Stand: 5. M\xe4rz 2026", "2026-03-05"),
        ("G\xfcltig ab 01.04.2026", "2026-04-01"),
        ("Derni\xe8re mise \xe0 jour : 1er juillet 2025", "2025-07-01"),
        ("Vigente desde el 3 de junio de 2026", "2026-06-03"),
        ("Updated 31/12/2025", "2025-12-31"),
        ("Last updated: July 1, 2026\nEffective: July 8, 2026", "2026-07-08"),
        ("Updated 05/06/2026", None),
        ("Effective May 1, 2026\nEffective June 1, 2026", None),
        ("Last updated: 31 February 2026", None),
        ("We met on May 5, 2026", None),
        ("Effective " + "word " * 60 + "May 5, 2026", None),
        ("Interactive October 8, 2025", None),
        ("", None),
    ],
)
def test_announced_date(text, expected):
    """A date that a document states of itself is taken over where there is one way to read it."""
    assert announced(text_v1(text)) == expected


BEFORE = "<p>" + "word " * 200
HOSTILE = {
    "deep": BEFORE + "<div>" * 100_000 + "x",
    "deep inline": BEFORE + "<span>" * 100_000 + "x",
    "a little less deep": "<div>" * 2_900 + "x",
    "formatting without end": BEFORE + "".join(f"<p><b a{n}>x</p>" for n in range(100_000)),
    "end tags that end nothing": "<div><object></div></object>" * 30_000,
    "formatting behind a scope": "".join(f"<b a{n}><object></b></object>" for n in range(30_000)),
    "attributes": BEFORE + "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">x",
    "attributes with quoted ends": BEFORE
    + "<p "
    + " ".join(f"a{n}='>'" for n in range(200_000))
    + ">x",
    "many starts before one value": "<a " * 1_500 + 'b="' + "x" * 5_000_000 + '"',
    "one giant attribute": BEFORE + "<p title='" + "x" * 5_000_000 + "'>y",
    "one line": "<p>" + "word " * 1_000_000,
    "angle brackets": "<" * 1_000_000,
    "open comments": "<!--" * 100_000,
    "open scripts": "<script>" * 100_000,
    "open quotes": "<a href='" * 100_000,
    "CDATA": "<svg><![CDATA[" * 100_000,
    "slashes": "<p " + "/" * 5_000_000 + ">",
    "NULs": "<p>a\0b" * 1_000 + "\0" * 1_000_000,
    "references": "&#xD800;&#x110000;&#0;&" * 10_000,
    "surrogates of UTF-16": b"\xff\xfe" + b"<\0p\0>\0\xd8\xd8\x00\xd8" + b"a\0" * 50 + b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_quickly(name):
    """Whatever a page is made of, it is a text or a failure within seconds (processor time)."""
    began = time.process_time()
    assert isinstance(read(HOSTILE[name]), Extracted | Failed)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("before", [0, 17, 1_999, 2_000, 3_999, 4_000])
@pytest.mark.parametrize("attribute", ["b ", "b/", "b=''", "b='>' ", 'b = "<p>"', 'b="\'>" '])
def test_too_many_attributes_are_told_wherever_they_stand(before, attribute):
    """An element of 2,001 attributes is too much, and one of 1,990 is not, however they are written."""
    few, many = (("x" * before + "<p " + attribute * n + ">y").encode() for n in (1_990, 2_001))
    assert burden(few) == ""
    assert "more than 2,000 attributes" in burden(many)


def test_names_of_elements_are_ascii():
    """A name is a void element's by its ASCII letters alone: `<lin\u212a>` opens an element, as a parser has it."""
    assert burden(b"<link>" * 50_000) == ""
    assert "open at once" in burden(("<lin\u212a>" * 50_000).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b"![a](" * 4_000,
        b"*a" * 400_000,
        b"> " * 100_000,
        b"- " * 50_000,
        b"`" * 300_000,
        b"<a " * 100_000,
    ],
    ids=lambda c: c[:5].decode(),
)
def test_hostile_markdown_ends_quickly(content):
    """So does Markdown."""
    began = time.process_time()
    assert isinstance(read(content, "text/markdown"), Extracted | Failed)
    assert time.process_time() - began < 5


@needs_archive
def test_real_pages(thorough):
    """The real pages keep what the archive's own extraction holds; the speed is for `./run bench`, on a quiet machine."""
    from bench import extraction

    for row in extraction.recall(thorough):
        assert row.holds, (row, row.details)
