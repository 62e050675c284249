"""Markdown: what contributors write becomes HTML that can do nothing but be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from atlas import markdown


def href(address):
    return f"/repo{address}"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://a.example/i.png)",
        "[x](data:text/html,hi)",
        "[x](//evil.example)",
        "<svg/onload=alert(1)>",
        "[x](http://a.example)",
        "[x](vbscript:x)",
        "&#60;script&#62;",
    ],
)
def test_nothing_active_comes_out(text):
    """No element that acts, no address but https, mail and the site's own."""
    tree = LexborHTMLParser(str(markdown.to_html(text, href)))
    body = tree.body
    assert not body.css("script, img, svg, iframe, [onerror], [onload]")
    assert all(
        (a.attributes["href"] or "").startswith(("https://", "mailto:", "/repo/", "#"))
        for a in body.css("a")
    )


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_an_active_element(text):
    """Whatever is written, only the elements of CommonMark come out."""
    tree = LexborHTMLParser(str(markdown.to_html(text, href)))
    allowed = {
        "p",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "a",
        "hr",
        "br",
        "html",
        "head",
        "body",
    }
    assert {node.tag for node in tree.css("*")} <= allowed


def test_links_of_the_site_move_with_it():
    """A link to an address of the site goes through the one maker of links."""
    assert 'href="/repo/about/"' in markdown.to_html("[us](/about/)", href)


def test_headings_go_below_the_pages_own():
    """`##` of a record becomes the level that the page has free."""
    assert markdown.to_html("## A\n### B\n", href, first_heading=4) == "<h4>A</h4>\n<h5>B</h5>\n"


def test_links_are_found_with_their_line():
    """Checks learn each target and the line of its block."""
    assert markdown.links("a\n\n- [x](https://a.example)\n- <https://b.example>\n") == [
        ("https://a.example", 2),
        ("https://b.example", 3),
    ]


def test_plain_text_has_no_markup():
    """For counting words: the words alone, paragraphs apart."""
    assert (
        markdown.plain("**One** [two](https://a.example)\nthree\n\n- `four`\n")
        == "One two three\nfour"
    )
