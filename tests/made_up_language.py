"""A language that nobody speaks: English with a mark before every word, written from right to left.

A site in it shows what is hard-coded: every word of the interface that stands there without the mark.
"""

import re
import shutil

import yaml
from conftest import ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas import jurisdictions

TAG = "xx"
MARK = "ƺ"
WORD = re.compile(r"[^\W\d_]+")

SPOKEN = (
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "label",
    "data-l",
    "data-copy",
    "data-copied",
    "data-late",
)
"""Attributes that people are told."""
_PLACES = {"EU", "GB", "US", "US-CA", "US-CO", "US-TX"}
_NOT_WORDS = re.compile(
    r"\S+@\S+|https?:\S+|\b\w[\w-]*\.[\w.]+[\w/._-]*|[A-Z]+-[PD]-\d+|\b[0-9a-f]{7,}\+?|\b(?:clause|text)-v1\b"
)
"""Addresses, ids, hashes and names of forms: the same in every language."""


def write_into(root):
    """Lay the words of the language below an atlas's templates, which the packaged ones complete."""
    text = (ROOT / "templates" / "words.yaml").read_text(encoding="utf-8")
    tree = _marked(yaml.load(text, yaml.BaseLoader))
    tree["base"]["direction"] = "rtl"
    tree["grammar"]["plural"] = {"one": "n = 1"}
    file = root / "templates" / f"words.{TAG}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        yaml.safe_dump(tree, allow_unicode=True, default_style='"', width=1 << 30), encoding="utf-8"
    )


def atlas_in(source, root, languages):
    """Copy the atlas at `source` to `root` with the given further languages; return `root`."""
    for name in ("content", "data"):
        shutil.copytree(source / name, root / name)
    settings = root / "data" / "site.yaml"
    lines = re.sub(
        r"^translations:\n(  - .*\n)+", "", settings.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    lines += "translations:\n" + "".join(f"  - {tag}\n" for tag in languages)
    settings.write_text(lines, encoding="utf-8")
    return root


def names_of(atlas):
    """Return what is called the same in every language: platforms, their entities, people, the atlas itself."""
    site = atlas.site
    return {
        site.title,
        site.licence.name,
        *(p.name for p in atlas.platforms.values()),
        *(p.entity for p in atlas.platforms.values() if p.entity),
        *(d.entity for d in atlas.documents.values() if d.entity),
        *(p.name for p in atlas.people.values()),
        *(
            span.held_by.replace("-", " ").title()
            for spans in atlas.evidence.spans.values()
            for span in spans
        ),
        *(e.platform for p in atlas.provisions.values() for e in p.examples if e.platform),
        # ISO lists have no translation into a language that nobody speaks.
        *map(jurisdictions.name, {*atlas.by_jurisdiction, *_PLACES}),
        *(jurisdictions.name(p.jurisdiction) for p in atlas.platforms.values() if p.jurisdiction),
        *(jurisdictions.name(d.region) for d in atlas.documents.values() if d.region),
        *(jurisdictions.language(d.language) for d in atlas.documents.values()),
        jurisdictions.language(site.language),
    }


def strays(html, names):
    """Return the words that a page shows as its own language's and that have no mark."""
    known = sorted(names, key=len, reverse=True)
    return [
        word
        for text in _told(html)
        for word in WORD.findall(_without(text, known))
        if len(word) > 1 and not word.startswith(MARK)
    ]


def _without(text, known):
    for name in known:
        text = text.replace(name, " ")
    return _NOT_WORDS.sub(" ", text)


def _told(html):
    """Yield every text and spoken attribute of the body that is in the language of the page."""
    # What a template holds is shown once a script draws it.
    tree = LexborHTMLParser(re.sub(r"<(/?)template\b", r"<\1div", html))
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text":
            if _language(node.parent) == TAG and not _is_code(node.parent):
                yield node.text_content
            continue
        if _language(node) == TAG:
            yield from (node.attributes[name] or "" for name in SPOKEN if name in node.attributes)
            if node.attributes.get("id") == "found":
                told = {k: v for k, v in node.attributes.items() if k.startswith("data-")}
                for name in told.keys() - {"data-index", "data-root", "data-home"}:
                    yield re.sub(r'\{\w+\}|"(one|other)":', " ", told[name] or "")


def _is_code(node):
    while node is not None:
        if node.tag in {"script", "style", "code", "pre"}:
            return True
        node = node.parent
    return False


def _language(node):
    while node is not None:
        if node.attributes and "lang" in node.attributes:
            return node.attributes["lang"]
        node = node.parent
    return None


def _marked(tree):
    if isinstance(tree, dict):
        return {key: _marked(value) for key, value in tree.items()}
    pieces = re.split(r"(\{\w+\})", tree)
    return "".join(p if p.startswith("{") else WORD.sub(rf"{MARK}\g<0>", p) for p in pieces)
