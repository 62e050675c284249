"""Markers: text that would do something in every context where text is published, one for each field and context.

A marker bears a key that names its field and its context, so that a test can say where it came out. `world()` is an
atlas with such text in every field that takes any; `world(harmless=True)` is its twin, of the same length and shape.
"""

import json
import re
import types
import typing
from pathlib import Path
from typing import Annotated

import worlds
from conftest import AS_OF, ROOT
from pydantic import BaseModel, TypeAdapter

from atlas import model, search, site
from atlas.link import link
from atlas.parse import parse

CONTEXTS = {
    "html": "</title></textarea><img src=x onerror=__hit('KEY')><b id=KEY><!--",
    "tags": "</script></template><iframe src=//evil.example/KEY></iframe><svg/onload=__hit('KEY')>--><![CDATA[",
    "entity": "&lt;b id=KEY&gt;&#60;i&#62;&quot;&amp;KEY;&#x22;",
    "attribute": "KEY\" onmouseover=\"__hit('KEY')\" x=' onfocus='__hit(1)' `autofocus",
    "url": "javascript:__hit('KEY') data:text/html,<p>KEY //evil.example/KEY \\\\evil.example\\KEY",
    "script": "';__hit('KEY');//\";${__hit('KEY')}`*/</script ><script>__hit('KEY')",
    "json": '"}]}</script><script>__hit("KEY")</script>\\u003cscript>',
    "css": "</style><style>*{background:url(javascript:__hit('KEY'));width:expression(__hit('KEY'))}",
    "jinja": "{{ 7*7 }}{% raw %}{# KEY #}{{ site.__class__ }}{% include 'KEY' %}",
    "format": "{n} {0.__class__} {KEY!r:>9} %(KEY)s %s $& $1 ${KEY}",
    "yaml": "KEY: b #c !!python/object:os --- *a &b - ? | > %YAML",
    "markdown": "[KEY](javascript:__hit('KEY')) ![i](https://evil.example/KEY) <https://evil.example/KEY> [^KEY]",
    "reference": "[KEY][KEY] [KEY]: javascript:__hit('KEY') **b** `c` ~~~ *KEY* # h | --- | [ ] [[severity]]",
    "formula": "=cmd|'/C calc'!KEY +KEY @SUM(1) -2\t;,",
    "xml": ']]> <?xml KEY?><!DOCTYPE KEY [<!ENTITY KEY SYSTEM "file:///etc/passwd">]><x xmlns:KEY="',
}

SHAPES = (
    model.Provision,
    model.Document,
    model.Platform,
    model.Prose,
    model.ClauseType,
    model.Regulation,
    model.Category,
    model.Person,
    model.Statement,
    model.OldAddress,
    model.Site,
)

FREE = (
    *"Provision.title Provision.claim Provision.severity_reason Provision.section Provision.clause".split(),
    *"Mapped.article Mapped.why Example.platform Example.document Example.clause Example.note".split(),
    *"Analysis.interests Status.reason Status.withheld RevisionNote.because Statement.by Statement.text".split(),
    *"Section.heading Section.text Document.title Document.entity Source.select Source.remove".split(),
    *"Platform.name Platform.entity Prose.title Prose.description Prose.text".split(),
    *"ClauseType.name ClauseType.summary ClauseType.scope_in ClauseType.scope_out ClauseType.look_for".split(),
    *"Stance.name Stance.reason Regulation.name Regulation.short Regulation.note".split(),
    *"Category.name Category.summary Person.name Person.sort_name Person.interests".split(),
    *"Site.title Site.tagline Site.description Site.user_agent Licence.name OldAddress.gone".split(),
)
"""Fields that take any text: what they hold must be harmless wherever it comes out."""

ADDRESSES = (
    *"Example.source_url Source.url Platform.homepage Regulation.url Person.url Licence.url Site.address".split(),
    *"Statement.source_url TimestampAuthority.url".split(),
)
"""Fields that take https addresses: such text as an address can hold."""

NARROW = {
    "Provision.id": "SA-P-100001",
    "Provision.clause_type": "training",
    "Provision.stance": "opt-out",
    "Provision.severity": "high",
    "Provision.basis": "explicit",
    "Provision.read": "SA-D-100001",
    "Provision.confidence": "high",
    "Provision.captured_at": "2026-01-01T00:00:00Z",
    "Provision.recorded_hash": "sha256:" + "0a" * 32,
    "Provision.aliases": "old-slug",
    "Provision.corrected_on": "2026-01-01",
    "Provision.related": "SA-P-100001",
    "Mapped.id": "eu-act",
    "Example.record": "SA-P-100001",
    "Example.relation": "same",
    "Analysis.written": "2026-01-01",
    "Analysis.method": "human",
    "Analysis.authors": "ann",
    "Review.by": "ann",
    "Review.on": "2026-01-01",
    "Status.state": "withdrawn",
    "Status.on": "2026-01-01",
    "Status.replaced_by": "SA-P-100001",
    "RevisionNote.number": "2",
    "RevisionNote.on": "2026-01-01",
    "Statement.on": "2026-01-01",
    "OldAddress.on": "2026-01-01",
    "Document.id": "SA-D-100001",
    "Document.aliases": "old-slug",
    "Document.kind": "help-page",
    "Document.language": "de-AT",
    "Document.region": "DE",
    "Document.edition_of": "SA-D-100001",
    "Document.stated_date": "2026-01-01",
    "Document.publish_text": "true",
    "Source.render": "true",
    "Platform.jurisdiction": "US-CA",
    "Platform.aliases": "old-slug",
    "Platform.hostnames": "help.example.org",
    "ClauseType.categories": "rights",
    "ClauseType.related": "deletion",
    "ClauseType.stances": "opt-out",
    "Stance.severity": "high",
    "Regulation.jurisdiction": "EU",
    "Regulation.part_of": "eu-act",
    "Regulation.status": "in-force",
    "Regulation.applies_from": "2026-01-01",
    "Regulation.checked_on": "2026-01-01",
    "Site.schema_number": "1",
    "Site.language": "en",
    "Site.translations": "de",
    "Site.fictional": "true",
    "Site.authority": "sample.example,2026",
    "Site.repository": "sample/atlas",
    "Site.id_prefix": "SA",
    "Site.branch": "main",
    "Site.first_number": "100001",
    "Site.contact": "atlas@sample.example",
    "Site.security_expires": "2030-01-01",
    "Site.verified_days": "7",
    "Site.due_days": "30",
    "TimestampAuthority.name": "somebody",
}
"""Fields that take a form of their own, each with something that it takes."""

PLACED = {
    *"Provision.platform Provision.document Provision.slug Document.platform Document.slug Platform.slug".split(),
    *"Prose.slug ClauseType.key Regulation.key Category.key Person.key OldAddress.key OldAddress.to".split(),
    *"Statement.platform Statement.document Statement.provision Statement.kind Statement.number".split(),
}
"""Names of files and keys of entries: a marker among them is a problem that blocks."""

OURS = {"Section.span", "Section.text_line", "Prose.text_line", "Statement.text_line"} | {
    f"{s.__name__}.origin" for s in SHAPES
}
"""What no file says: where something stands."""

_PLATFORMS = ("alpha", "beta")
_LONGEST = 117
_WITHHELD = 6
"""The record whose words are withheld."""
_HARMLESS = "·"


def leaves():
    """Return every field of every record that holds a value of its own: its name and what pydantic knows of it."""
    found = {}

    def walk(shape):
        for name, field in shape.model_fields.items():
            inner = _models(field.annotation)
            if not inner or name == "stances":
                found[f"{shape.__name__}.{name}"] = field
            for one in inner:
                walk(one)

    for shape in SHAPES:
        walk(shape)
    return found


def takes(field, text):
    """Return whether a field takes a text, as its only entry where it holds several."""
    args = [a for a in typing.get_args(field.annotation) if a is not type(None)]
    kind = typing.get_origin(field.annotation)
    annotation = args[0] if kind in {types.UnionType, typing.Union} else field.annotation
    value = {
        "dict": {text: {"name": "N", "severity": "high", "reason": "R."}},
        "tuple": [text],
    }.get(getattr(kind, "__name__", ""), text)
    judged = Annotated[(annotation, *field.metadata)] if field.metadata else annotation
    try:
        TypeAdapter(judged).validate_python(value)
    except ValueError:
        return False
    return True


def key(field, context):
    """Return what marks the text of a field for a context: a word that a search can find."""
    return f"k{FREE.index(field):02}x{list(CONTEXTS).index(context):02}"


def marker(field, context, *, harmless=False):
    """Return the marked text of a field for one context."""
    mark = key(field, context)
    text = f"{CONTEXTS[context]} KEY".replace("KEY", mark)
    assert len(text) <= _LONGEST, context
    return re.sub(r"[^\w\s]|_", _HARMLESS, text) if harmless else text


def address(field, *, harmless=False):
    """Return an address that holds what an address may."""
    text = "javascript:__hit(1)//&lt;script&gt;&quot;)](data:text/html,[x]!$*@;=cmd&#x22;onload=1,%22%3E%3C?//evil.example#url(x)"
    text = text.partition("#")[0]
    shown = re.sub(r"[^\w]|_", "-", text) if harmless else text
    return f"https://a{ADDRESSES.index(field)}.example/{shown}"


def world(*, harmless=False):
    """Return the files of an atlas, by path, with markers in every field."""

    def every(field, joint=" ", before=""):
        # A formula is one only where it begins; nothing that is sorted may begin otherwise than its twin.
        return before + joint.join(
            marker(field, context, harmless=harmless) for context in CONTEXTS
        )

    def line(field):
        return json.dumps(every(field, before=f"k{FREE.index(field):02} "), ensure_ascii=False)

    def lines(field):
        return json.dumps(every(field, "\n"), ensure_ascii=False)

    def one(field, context):
        return json.dumps(marker(field, context, harmless=harmless), ensure_ascii=False)

    def link_to(field):
        return json.dumps(address(field, harmless=harmless))

    tree = {"data/site.yaml": _site(line, lines, link_to), **_shelves(line, lines, link_to)}
    for slug in _PLATFORMS:
        tree[f"content/platform/{slug}/_platform.yaml"] = worlds.platform(
            line("Platform.name"),
            entity=line("Platform.entity"),
            homepage=link_to("Platform.homepage"),
        )
    for number, context in enumerate(CONTEXTS):
        folder = f"content/platform/{_PLATFORMS[number % 2]}/d{number:02}"
        tree[f"{folder}/_document.yaml"] = worlds.document(
            json.dumps(
                f"{number:02} {marker('Document.title', context, harmless=harmless)}",
                ensure_ascii=False,
            ),
            id=f"SA-D-1000{number:02}",
            entity=line("Document.entity"),
            sources=f"\n  - url: {link_to('Source.url')}\n    select: {line('Source.select')}"
            f"\n    remove:\n      - {line('Source.remove')}",
        )
        tree[f"{folder}/record.md"] = _provision(number, context, line, lines, one, link_to, every)
        if number != _WITHHELD:
            former = _provision(number, context, line, lines, one, link_to, every, former=True)
            tree[f"{folder}/record/r1.md"] = former
        for name in ("response-1", "dispute-1") if number % 2 else ():
            tree[f"{folder}/record/{name}.md"] = _statement(line, link_to, every)
    tree["content/about.md"] = (
        f"---\ntitle: {line('Prose.title')}\ndescription: {line('Prose.description')}\n---\n\n"
        f"{_prose('Prose.text', harmless=harmless)}\n\n[[user-agent]]\n\n[[contact]]\n\n[[severity]]\n"
    )
    return tree


def publish(root, output, *, with_search=True):
    """Draw and write an atlas as `site.build` does, whatever the checks say of it; return the atlas and the plans."""
    settings = site.Settings(AS_OF)
    drawing = site.draw(ROOT, linked(root), settings)
    output.mkdir(parents=True)
    site.write(drawing, output, settings)
    if with_search:
        search.index(output)
    return drawing.publication.atlas, drawing.plans


def linked(root):
    """Return the atlas at a folder, whatever the checks say of it."""
    files = [
        model.SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    records, problems = parse(files)
    assert problems == []
    return link(records)


def write(tree, root):
    """Write files to a folder and return it."""
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Path(root)


def _models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for a in typing.get_args(annotation) for m in _models(a)]


def _site(line, lines, link_to):
    told = {
        "title": line("Site.title"),
        "tagline": line("Site.tagline"),
        "description": lines("Site.description"),
        "user_agent": line("Site.user_agent"),
    }
    kept = [row for row in worlds.SITE.splitlines() if row.partition(":")[0] not in told]
    told["translations"] = "\n  - de"
    text = "\n".join([*kept, *(f"{name}: {value}" for name, value in told.items()), ""])
    text = text.replace("name: CC BY 4.0", f"name: {line('Licence.name')}")
    return text.replace(
        "url: https://creativecommons.org/licenses/by/4.0/", f"url: {link_to('Licence.url')}"
    )


def _shelves(line, lines, link_to):
    stances = "".join(
        f"    {name}:\n      name: {line('Stance.name')}\n      severity: {grade}\n      reason: {lines('Stance.reason')}\n"
        for name, grade in {"opt-in": "low", "opt-out": "medium"}.items()
    )
    shelf = (
        f"  name: {line('ClauseType.name')}\n  summary: {lines('ClauseType.summary')}\n"
        f"  scope_in: {lines('ClauseType.scope_in')}\n  scope_out: {lines('ClauseType.scope_out')}\n"
        f"  categories:\n    - rights\n  look_for:\n    - {line('ClauseType.look_for')}\n  stances:\n{stances}"
    )
    law = (
        f"  name: {line('Regulation.name')}\n  short: {line('Regulation.short')}\n"
        f"  note: {lines('Regulation.note')}\n  url: {link_to('Regulation.url')}\n"
    )
    return {
        "data/clause-types.yaml": f"training:\n{shelf}deletion:\n{shelf}",
        "data/categories.yaml": f"rights:\n  name: {line('Category.name')}\n  summary: {lines('Category.summary')}\n",
        "data/regulations.yaml": f"eu-act:\n{law}  jurisdiction: EU\neu-act-part:\n{law}  jurisdiction: EU\n  part_of: eu-act\n"
        f"us-act:\n{law}  jurisdiction: US\n",
        "data/people.yaml": f"ann:\n  name: {line('Person.name')}\n  sort_name: {line('Person.sort_name')}\n  url: {link_to('Person.url')}\n"
        f"  interests: {lines('Person.interests')}\n",
        "data/addresses.yaml": "".join(
            f"{old}:\n  gone: {lines('OldAddress.gone')}\n  on: 2026-01-01\n"
            for old in ("/category/gone/", "/id/SA-P-200000/", "/gone.json", "/gone.txt")
        ),
    }


def _statement(line, link_to, every):
    return (
        f"---\nby: {line('Statement.by')}\non: 2026-01-01\nsource_url: {link_to('Statement.source_url')}\n---\n\n"
        f"{every('Statement.text', chr(10) * 2)}\n"
    )


def _provision(number, context, line, lines, one, link_to, every, *, former=False):
    record, states = f"SA-P-1000{number:02}", _states(lines)
    silent = number == 4
    laws = "".join(
        f"\n  - id: {law}\n    article: {line('Mapped.article')}\n    why: {lines('Mapped.why')}"
        for law in ("eu-act", "us-act")
    )
    # What the next revision changed is whole sections, so that both twins are compared alike.
    headings = ("Why it matters", "Consumer impact", "What you can do", "Questions")[former:]
    harmless = _HARMLESS in every("Section.text")
    body = "\n\n".join(
        f"## {name}\n\n{_prose('Section.text', harmless=harmless)}" for name in headings
    )
    body += f"\n\n### {marker('Section.text', context, harmless=harmless)}\n\nYes.\n"
    return worlds.provision(
        None if silent else every("Provision.clause", "\n\n"),
        body + f"\n## {every('Section.heading')}\n\nText.\n",
        id=record,
        title=one("Provision.title", context),
        claim=one("Provision.claim", context),
        clause_type="training" if number % 3 else "deletion",
        stance="not-addressed" if silent else "opt-out",
        basis="silent" if silent else "explicit",
        read="\n  - SA-D-100000" if silent else None,
        severity=None if silent else "medium" if former else "high",
        severity_reason=None if silent else lines("Provision.severity_reason"),
        section=line("Provision.section"),
        regulations=None if former else laws,
        examples=f"\n  - record: SA-P-1000{(number + 1) % len(CONTEXTS):02}\n    relation: same\n    note: {lines('Example.note')}"
        f"\n  - platform: {line('Example.platform')}\n    document: {line('Example.document')}"
        f"\n    source_url: {link_to('Example.source_url')}\n    clause: {lines('Example.clause')}"
        f"\n    relation: contrast\n    note: {lines('Example.note')}",
        captured_at="2026-01-02T03:04:05Z",
        analysis=f"\n  written: 2026-01-01\n  method: human\n  authors:\n    - ann\n  interests: {line('Analysis.interests')}",
        reviews="\n  - by: ann\n    on: 2026-02-03" if number % 2 else None,
        confidence="high" if number % 2 else None,
        revision=None
        if former
        else f"\n  number: 2\n  on: 2026-01-02\n  because: {lines('RevisionNote.because')}",
        status=states.get(number),
        aliases=f"\n  - old-{number}",
        related=f"\n  - SA-P-1000{(number + 2) % len(CONTEXTS):02}",
    )


def _states(lines):
    return {
        1: f"\n  state: disputed\n  on: 2026-03-04\n  reason: {lines('Status.reason')}",
        2: f"\n  state: withdrawn\n  on: 2026-03-04\n  reason: {lines('Status.reason')}",
        _WITHHELD: f"\n  state: withdrawn\n  on: 2026-03-04\n  reason: {lines('Status.reason')}"
        f"\n  withheld: {lines('Status.withheld')}",
        3: f"\n  state: superseded\n  on: 2026-03-04\n  replaced_by: SA-P-100000\n  reason: {lines('Status.reason')}",
    }


_TRICKS = (
    "[KEY]: javascript:__hit('KEY')",
    "[KEY][KEY] [a](<javascript:__hit(1)>) [b](&#106;avascript:__hit(1)) [c](java\tscript:__hit(1)) [d](//evil.example/KEY)",
    "[e](/\\\\evil.example) [f](https://ok.example/KEY \"' onmouseover='__hit(1)\") <javascript:__hit(1)> [g](DATA:text/html,x)",
    "![h](javascript:__hit(1)) ![i][KEY] [![j](https://evil.example/KEY)](https://ok.example/KEY) [k](vbscript:KEY)",
    '<script>__hit("KEY")</script>',
    "<img src=x onerror=__hit('KEY')>",
    "    <script>__hit('KEY')</script>",
    "```KEY\" onload=\"__hit(1)\n</code></pre><script>__hit('KEY')</script>\n```",
    "<details open ontoggle=__hit(1)>\n\nKEY\n\n</details>",
    "- KEY\n  <style>*{}</style>\n\n1. KEY",
    "| KEY | <b> |\n| --- | --- |\n| a | b |",
    "https://evil.example/KEY www.evil.example KEY@evil.example [x]: </KEY",
)


def _prose(field, *, harmless):
    marks = [marker(field, context, harmless=harmless) for context in CONTEXTS]
    tricks = [trick.replace("KEY", key(field, "markdown")) for trick in _TRICKS]
    if harmless:
        tricks = [re.sub(r"[^\w\s]|_", _HARMLESS, trick) for trick in tricks]
    return "\n\n".join([*marks, *tricks])
