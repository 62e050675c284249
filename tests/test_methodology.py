"""What a stranger computes from the methodology page, in Python or in a browser, is what we compute."""

import json
import random
import re
import subprocess
import sys
from contextlib import closing
from functools import cache
from html import unescape

import archive
import pytest
from conftest import ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas.canonical import clause_sha256, clause_v1

VECTORS = json.loads((ROOT / "tests" / "canon-vectors.json").read_text(encoding="utf-8"))
PAGE = "methodology/index.html"

RANGES = [
    *(
        (0x00, 0x250),
        (0x2A0, 0x600),
        (0x600, 0x700),
        (0x900, 0xE80),
        (0x1100, 0x1200),
        (0x1680, 0x1690),
    ),
    *((0x1E00, 0x2100), (0x2100, 0x2300), (0x2460, 0x2500), (0x3000, 0x3400), (0xAC00, 0xD7A4)),
    *((0xF900, 0xFB50), (0xFE00, 0xFFF0), (0x1D400, 0x1D800), (0x1F600, 0x1F650)),
]


@cache
def paragraphs(thorough):
    """Paragraphs of real documents where they are at hand, and as many of generated characters: 10,000 with --long."""
    count = 10_000 if thorough else 1_000
    chance = random.Random(1)
    found = []
    if archive.IS_THERE:
        entries = archive.evidence("genai-history.jsonl.gz")
        found = sorted({line for e in entries for line in (e["text"] or "").splitlines()})
        found = chance.sample(found, min(count // 2, len(found)))
    while len(found) < count:
        low, high = chance.choice(RANGES)
        words = chance.choices(
            [*(chr(chance.randrange(low, high)) for _ in range(9)), *" -\u201c\u2019\u200b"], k=40
        )
        found.append("".join(words))
    return [vector["input"] for vector in VECTORS] + found


def test_the_printed_lines_of_python_agree(built, thorough, tmp_path):
    """The lines as printed on the page, run by themselves, give our form and our hash for everything."""
    (code,) = LexborHTMLParser((built / PAGE).read_text(encoding="utf-8")).css("pre > code")
    texts = paragraphs(thorough)
    script = (
        unescape(code.text())
        + "\nimport json, sys\n"
        + "json.dump([(clause_v1(s), clause_sha256(s)) for s in json.load(sys.stdin)], sys.stdout)\n"
    )
    (tmp_path / "lines.py").write_text(script, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", tmp_path / "lines.py"],
        input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert [tuple(pair) for pair in json.loads(ran.stdout)] == [
        (clause_v1(t), clause_sha256(t)) for t in texts
    ]
    assert len(code.text().strip().splitlines()) == 10


@pytest.fixture(scope="module")
def page(built):
    """The methodology page, in a real browser, as a host would send it."""
    import chromium
    from static_host import StaticHost

    with chromium.started() as browser, closing(StaticHost(built)) as host:
        page = browser.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
        page.goto(host.address + "methodology/")
        yield page


@pytest.mark.browser
def test_the_twin_in_the_browser_agrees(page, thorough):
    """The page's own script gives our form and our hash for everything."""
    texts = paragraphs(thorough)
    computed = page.evaluate(
        """async (texts) => {
            const twin = await import(document.querySelector('script[src*="canonical"]').src);
            return Promise.all(texts.map(async (t) => [twin.clauseV1(t), await twin.clauseSha256(t)]));
        }""",
        texts,
    )
    assert [tuple(pair) for pair in computed] == [(clause_v1(t), clause_sha256(t)) for t in texts]


@pytest.mark.browser
def test_the_box_computes_what_is_typed(page):
    """The box stands on the page, offline too, and shows the hash with the name of its form; empty, it shows none."""
    page.context.set_offline(True)
    box = page.locator("[data-fingerprint]")
    box.wait_for(state="visible")
    box.locator("textarea").fill(f"  {VECTORS[4]['input']}\n")
    expected = f"clause-v1:sha256:{VECTORS[4]['sha256']}"
    page.wait_for_function(
        "(hash) => document.querySelector('output').textContent === hash", arg=expected
    )
    box.locator("textarea").fill("  ")
    page.wait_for_function("() => document.querySelector('output').textContent === ''")
    page.context.set_offline(False)
    assert page.faults == []


def test_without_scripts_there_is_no_box(built):
    """The box is hidden until the script that fills it runs, and no other page loads that script."""
    tree = LexborHTMLParser((built / PAGE).read_text(encoding="utf-8"))
    assert "hidden" in tree.css_first("[data-fingerprint]").attributes
    script = re.compile(r"<script[^>]*canonical\.")
    loading = [p for p in built.rglob("*.html") if script.search(p.read_text(encoding="utf-8"))]
    assert {p.parent.name for p in loading} == {"methodology"}
