"""Whatever strangers put into the files of a citation, each check ends with a verdict and one sentence."""

import base64
import json

import pytest
from citation_cases import exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.citation_check import CHECKS, check
from atlas.citation_check.exhibit import File, Seen
from atlas.citation_check.reading import CitationFault, read_text
from atlas.model import Body

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "revision",
                    "proofs",
                    "leaf",
                    "root",
                    "path",
                    "clause",
                    "document",
                    "sources",
                    "withheld",
                    "subject",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    JSON.map(lambda tree: json.dumps(tree, sort_keys=True).encode()),
    JSON.map(lambda tree: json.dumps(tree, sort_keys=True, separators=(",", ":")).encode() + b"\n"),
)


def judge(of):
    for (code, _), found in zip(CHECKS, check(of).values(), strict=True):
        assert found.sentence, code
        assert "\n" not in found.sentence, (code, found.sentence)
        assert found.sentence.isprintable(), (code, found.sentence)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["record", "proof", "roots"]), CONTENT)
def test_no_file_breaks_a_check(name, content):
    """Bytes, JSON of any shape, canonical or not."""
    judge(exhibit(1, **{name: File(f"{name}.json", content)}))


@settings(max_examples=60, deadline=None)
@given(CONTENT, CONTENT, CONTENT)
def test_no_anchor_text_or_leaf_breaks_a_check(anchor, text, leaves):
    """Time stamps, attestations, texts and the log."""
    whole = exhibit(1)
    payload = json.dumps({"dsseEnvelope": {"payload": base64.b64encode(anchor).decode()}}).encode()
    judge(
        exhibit(
            1,
            anchors={"3.a.tsr": anchor, "3.sigstore.json": anchor, "6.sigstore.json": payload},
            texts={key: file._replace(content=text) for key, file in whole.texts.items()},
            log={0: File("0000.jsonl", leaves)},
        )
    )


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=60),
    CONTENT,
    st.sampled_from(["text/html", "application/pdf", "", "text/plain"]),
)
def test_no_page_breaks_a_check(url, content, kind):
    """What an archive or a platform serves is anything."""
    body = Body("https://a.example/", "https://a.example/", 200, kind, content)
    judge(exhibit(1, copies=(Seen(url, body),), pages=(Seen(url, body),)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    """It names one record, or that is told in one line."""
    said = ""
    try:
        read_text(text)
    except CitationFault as fault:
        said = str(fault)
    assert said.isprintable()


def test_a_deep_nest_is_no_way_in():
    """A record of a hundred thousand brackets is told like any other that cannot be read."""
    found = check(exhibit(1, record=File("record.json", b"[" * 100_000)))
    assert found["frozen-record"].verdict == "fail"
    with pytest.raises(CitationFault):
        read_text("https://" * 20_000)
