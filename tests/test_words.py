"""Words: what people read comes from one file, counted and escaped."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from atlas import model
from atlas.pages.parts import likeness, possessive, vocabulary_name
from atlas.site import read_words
from atlas.words import Words, WordsFault, flatten

ROOT = Path(__file__).parent.parent
WORDS = read_words((ROOT / "templates" / "words.yaml").read_text(encoding="utf-8"), "en")


def test_counted_words_follow_the_number():
    """One form for one, the other for all else."""
    tree = {
        "grammar": {"plural": {"one": "n = 1"}},
        "a": {"n": {"one": "{n} record", "other": "{n} records"}},
    }
    words = Words("en", flatten(tree))
    assert [words.say("a.n", n=n) for n in (0, 1, 2)] == ["0 records", "1 record", "2 records"]
    assert words.forms("a.n") == '{"one": "{n} record", "other": "{n} records"}'


POLISH = {
    "one": "n = 1",
    "few": "n % 10 = 2..4 and n % 100 != 12..14",
    "many": "n % 10 = 0..1 or n % 10 = 5..9 or n % 100 = 12..14",
}


@pytest.mark.parametrize(
    ("rules", "numbers"),
    [
        (POLISH, {"one": [1], "few": [2, 4, 22, 104], "many": [0, 5, 12, 14, 21, 112]}),
        ({"one": "n = 0,1"}, {"one": [0, 1], "other": [2, 100]}),
        ({}, {"other": [0, 1, 2]}),
    ],
    ids=["Polish", "French", "Japanese"],
)
def test_words_count_as_their_language_does(rules, numbers):
    """A language has the plural categories that its file gives rules for; a form that is not there is `other`."""
    forms = {name: name for name in [*rules, "other"]}
    words = Words("pl", flatten({"grammar": {"plural": rules}, "a": forms, "b": {"other": "b"}}))
    assert {
        name: [n for n in ns if words.say("a", n=n) == name] for name, ns in numbers.items()
    } == numbers
    assert {words.say("b", n=n) for ns in numbers.values() for n in ns} == {"b"}


@pytest.mark.parametrize(
    "rule", ["n is 1", "i = 1", "n % 0 = 1", "n = ", "n = 1 and", "__import__"]
)
def test_a_rule_that_is_none_is_told(rule):
    """What is no plural rule stops with the file's name and an example."""
    words = Words("pl", {"grammar.plural.few": rule, "a": {"other": "x"}}, "words.pl.yaml")
    with pytest.raises(WordsFault, match=r"words\.pl\.yaml: `grammar\.plural`: .*n % 10 = 2\.\.4"):
        words.say("a", n=7)


def test_values_are_escaped_and_markup_is_not():
    """A value from a record cannot become an element; a link that we made stays one."""
    words = Words("en", {"a": "<{x}> {y}"})
    assert words.markup("a", x="<b>", y=Markup("<i>z</i>")) == "&lt;&lt;b&gt;&gt; <i>z</i>"


@pytest.mark.parametrize(
    ("key", "values"), [("no", {}), ("a", {}), ("b", {"x": 1}), ("c", {"x": 1})]
)
def test_faulty_words_are_told(key, values):
    """A missing entry, a missing value, an open brace or a peek inside a value stop with the entry's name."""
    with pytest.raises(WordsFault, match=f"`{key}`"):
        Words("en", {"a": "{x}", "b": "{", "c": "{x.__nothing__}"}).say(key, **values)


@pytest.mark.parametrize(
    "vocabulary",
    [
        model.Severity,
        model.Confidence,
        model.Basis,
        model.Relation,
        model.Method,
        model.State,
        model.DocumentKind,
        model.RegulationStatus,
    ],
)
def test_every_member_of_a_closed_list_has_its_words(vocabulary):
    """A label and a definition for each word that a field may take, and for nothing else."""
    name = vocabulary_name(vocabulary)
    given = {k.split(".")[1] for k in WORDS.entries if k.startswith(f"{name}.")}
    assert given == {member.value for member in vocabulary}
    for member in vocabulary:
        assert WORDS.say(f"{name}.{member.value}.label")
        assert WORDS.say(f"{name}.{member.value}.definition").endswith(".")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Anthropic", "Anthropic’s"),
        ("Paramount Plus", "Paramount Plus’"),
        ("X", "X’s"),
        ("Yahoo!", "Yahoo!’s"),
        ("漢字", "漢字’s"),
    ],
)
def test_possessive(name, wanted):
    """A platform's name is bent as English bends it."""
    assert possessive(WORDS, name) == wanted


TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_label_stands_in_a_template(path):
    """Templates hold no word of their own: a second language needs no change to them."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    spoken = re.findall(r'(?:alt|title|placeholder|aria-label|label)="([^"]*[A-Za-z][^"]*)"', text)
    visible = re.sub(r"<[^>]*>|&\w+;", " ", text)
    assert re.findall(r"[A-Za-z]{2,}", visible) == []
    assert spoken == []


def test_every_word_is_used():
    """An entry that nothing says is taken out of the file."""
    sources = "\n".join(
        p.read_text(encoding="utf-8") for p in [*TEMPLATES, *(ROOT / "atlas").rglob("*.py")]
    )
    said = set(re.findall(r"""["']([a-z-]+(?:\.[a-z0-9-]+)+)["']""", sources))
    patterns = [re.escape(p).replace(r"\{\}", r"[^.]+") for p in _built(sources)]
    unused = [
        k for k in WORDS.entries if k not in said and not any(re.fullmatch(p, k) for p in patterns)
    ]
    assert unused == []


def _built(sources):
    """Return keys that are put together, with `{}` where a value goes: `severity.{}.label`."""
    for key in re.findall(
        r"""f["']((?:[a-z-]+|\{[^}]+\})(?:\.(?:[a-z0-9-]*\{[^}]+\}[a-z0-9-]*|[a-z0-9-]+))+)["']""",
        sources,
    ):
        yield re.sub(r"\{[^}]+\}", "{}", key)
    for key in re.findall(r"""t\('([a-z.-]+)' ~ [^,)]+(?: ~ '([a-z.-]+)')?""", sources):
        yield f"{key[0]}{{}}{key[1]}"


@pytest.mark.parametrize(("language", "written"), [("en", "0.89"), ("de", "0,89")])
def test_a_likeness_is_written_as_the_language_writes_decimals(language, written):
    """The sign before decimals is a word of the interface."""
    file = ROOT / "templates" / ("words.yaml" if language == "en" else f"words.{language}.yaml")
    words = read_words(file.read_text(encoding="utf-8"), language)
    assert likeness(words, 0.8888) == written
