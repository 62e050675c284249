"""Addresses: one maker, one base path, and links out that survive any text."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import atlas, provision, with_platforms

from atlas import urls
from atlas.urls import Urls


def at(base, folder=""):
    return Urls(base, "o/r", "main", {"atlas.css": "atlas.abc.css"}, folder)


@pytest.mark.parametrize(
    ("base", "href", "absolute"),
    [
        ("https://a.example/", "/platform/", "https://a.example/platform/"),
        ("https://a.example/repo/", "/repo/platform/", "https://a.example/repo/platform/"),
    ],
)
def test_one_setting_moves_every_link(base, href, absolute):
    """The base URL, with or without a path, is the only thing that a link depends on."""
    assert at(base).href(urls.PLATFORMS) == href
    assert at(base).absolute(urls.PLATFORMS) == absolute


@pytest.mark.parametrize(
    ("address", "placed"),
    [
        ("/", "/de/"),
        ("/platform/acme/", "/de/platform/acme/"),
        ("/platform/acme/#documents", "/de/platform/acme/#documents"),
        ("/platform/acme/terms/p/record.json", "/platform/acme/terms/p/record.json"),
        ("/pagefind/pagefind.js", "/pagefind/pagefind.js"),
        ("/id/CA-P-100001/", "/id/CA-P-100001/"),
        ("/404.html", "/404.html"),
    ],
)
def test_a_language_moves_pages_and_nothing_else(address, placed):
    """Pages stand below the folder of their language; files and permanent addresses exist once."""
    german = at("https://a.example/repo/", urls.language_folder("de"))
    assert german.placed(address) == placed
    assert german.href(address) == f"/repo{placed}"
    assert german.absolute(address) == f"https://a.example/repo{placed}"
    assert german.asset("atlas.css") == "/repo/assets/atlas.abc.css"


def test_folders_of_languages_are_in_lower_case():
    """Addresses are in lower case, whatever a language tag is."""
    assert urls.language_folder("pt-BR") == "pt-br/"


def test_base_url_always_ends_in_one_slash():
    """However the address is written, it becomes a folder."""
    site = atlas(with_platforms(a=[provision()])).site
    assert urls.base_url(site) == "https://sample.example/"
    assert urls.base_url(site, "http://x.example/repo") == "http://x.example/repo/"
    assert urls.base_url(site, "http://x.example/repo//") == "http://x.example/repo/"


def test_folders_are_written_as_index_pages():
    """An address with a slash is a folder, one without is a file."""
    assert [urls.page_file(a) for a in ("/", "/platform/a/", "/404.html")] == [
        "index.html",
        "platform/a/index.html",
        "404.html",
    ]


def test_text_fragment_of_a_short_clause_is_the_whole():
    """Up to ten words are given in full, and what separates the parts of a directive is escaped."""
    link = urls.text_fragment("https://a.example/t#old", "You opt-out, & we stop.")
    assert link == "https://a.example/t#:~:text=You%20opt%2Dout%2C%20%26%20we%20stop."


def test_text_fragment_of_a_long_clause_is_its_ends():
    """A long quotation is named by its first and last five words, and ends where words are left out."""
    link = urls.text_fragment(
        "https://a.example/t", " ".join(f"w{n}" for n in range(20)) + " [...] tail"
    )
    assert link.endswith("#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19")


@given(st.text(min_size=1))
def test_text_fragment_is_always_a_link(text):
    """Whatever is quoted, the link has one fragment and no character that would end it."""
    link = urls.text_fragment("https://a.example/t", text)
    assert link.count("#") <= 1
    assert not set(link) & set(' \n"<>`')


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_share_links_carry_the_text_whole(text):
    """A title with any characters arrives as it was."""
    assert unquote(urls.share_mail("https://a.example/", text)).startswith(
        f"mailto:?subject={text}&body="
    )
    assert " " not in urls.share_x("https://a.example/", text)
