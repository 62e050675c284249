"""When `not modified` may be an answer."""

import datetime as dt

import pytest
from web import START, held, redirect, watched

from atlas.fetch.conditional import validators
from atlas.model import DocumentState

URL = "https://docs.example.com/terms"
HELD = held(URL, etag='"v1"', last_modified="Sat, 21 Nov 2026 05:17:00 GMT")
LAST = START - dt.timedelta(days=29)


def asked(document=None, state=HELD, last_full=LAST, *, is_current=True):
    return validators(
        document or watched(URL), state, last_full, START, extractor_is_current=is_current
    )


def test_both_validators_are_sent_to_the_address_that_the_text_came_from_and_to_no_other():
    assert asked().headers_for(URL) == {
        "If-None-Match": '"v1"',
        "If-Modified-Since": "Sat, 21 Nov 2026 05:17:00 GMT",
    }
    assert asked().headers_for("https://docs.example.com/other") == {}


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        ({"state": DocumentState("SA-D-00001", etag='"v1"')}, "no text is held"),
        ({"state": held(URL)}, "the server said nothing to ask with"),
        ({"is_current": False}, "the text was read otherwise than it would be today"),
        ({"last_full": None}, "no whole page ever came"),
        ({"last_full": START - dt.timedelta(days=30)}, "the last whole page is 30 days old"),
        ({"document": watched(URL, URL)}, "there are several sources"),
        ({"document": watched(URL, render=True)}, "a browser draws the page"),
        ({"state": held(URL, etag='"a"\r\nX-Other: b')}, "the validator is no header"),
        ({"state": held(URL, etag="")}, "the validator is empty"),
    ],
)
def test_the_whole_page_is_asked_for(arguments, because):
    assert asked(**arguments) is None, because


def test_a_page_that_redirects_elsewhere_than_before_is_read_whole(net):
    net.host("docs.example.com").page("/new", "words", ETag='"v1"')
    net.host("docs.example.com").says("/terms", redirect("/new"))
    fetched = net.fetch(watched(URL), HELD, last_full=LAST)
    assert fetched.bodies[0].content == b"words"
    assert "if-none-match" not in net.asked("docs.example.com")[-1].headers
