"""Small worlds: records made in place, for tests that need to say what an atlas holds."""

from atlas.link import link
from atlas.model import SourceFile
from atlas.parse import parse

SITE = """\
schema: 1
title: Sample Atlas
tagline: A sample.
description: An atlas that exists in tests only.
language: en
address: https://sample.example/
authority: sample.example,2026
repository: sample/atlas
id_prefix: SA
first_number: 100001
licence:
  name: CC BY 4.0
  url: https://creativecommons.org/licenses/by/4.0/
contact: atlas@sample.example
user_agent: SampleBot/1.0 (+https://sample.example/bot/)
security_expires: 2030-01-01
verified_days: 7
due_days: 30
"""

SHELVES = {
    "data/site.yaml": SITE,
    "data/categories.yaml": "rights:\n  name: Rights\n  summary: What people may ask for.\n",
    "data/clause-types.yaml": """\
training:
  name: Training
  summary: Whether content trains models.
  scope_in: Clauses on training.
  scope_out: Clauses on sharing.
  categories:
    - rights
  look_for:
    - train
  stances:
    opt-in:
      name: Opt-in
      severity: low
      reason: Nothing happens unasked.
    opt-out:
      name: Opt-out
      severity: medium
      reason: A setting stops it.
    no-choice:
      name: No choice
      severity: critical
      reason: Nothing stops it.
deletion:
  name: Deletion
  summary: How long content is kept.
  scope_in: Clauses on keeping.
  scope_out: Clauses on backups.
  categories:
    - rights
  look_for:
    - delete
  stances:
    prompt:
      name: Prompt
      severity: low
      reason: It goes at once.
""",
    "data/regulations.yaml": """\
eu-act:
  name: Regulation on samples
  short: Sample Act
  jurisdiction: EU
  url: https://law.example/eu
eu-act-part:
  name: Regulation on samples, part two
  short: Sample Act, part two
  jurisdiction: EU
  part_of: eu-act
  url: https://law.example/eu/2
""",
}


def platform(name="Acme", **fields):
    """Return the text of a `_platform.yaml`."""
    return "".join(f"{k}: {v}\n" for k, v in {"name": name, **fields}.items())


def document(title="Terms", kind="terms-of-service", **fields):
    """Return the text of a `_document.yaml`."""
    return "".join(
        f"{k}: {v}\n" for k, v in {"title": title, "kind": kind, "language": "en", **fields}.items()
    )


def provision(
    clause="We may use what you write.", body="## Why it matters\n\nIt does.\n", **fields
):
    """Return the text of a provision; a field given as None is left out, text with line breaks is put in as it is."""
    given = {
        "title": "Use of writing",
        "claim": "Uses what you write",
        "clause_type": "training",
        "stance": "opt-out",
        **fields,
    }
    lines = []
    for name, value in given.items():
        if value is not None:
            lines.append(f"{name}:{value}" if str(value).startswith("\n") else f"{name}: {value}")
    if clause is not None:
        lines += ["clause: |-", *(f"  {line}" if line else "" for line in clause.split("\n"))]
    return "\n".join(["---", *lines, "---", "", body])


def files(tree):
    """Return the shelves with `tree` laid over them as source files; a value of None takes a file away."""
    whole = {**SHELVES, **tree}
    return [
        SourceFile(p, t if isinstance(t, bytes) else t.encode())
        for p, t in whole.items()
        if t is not None
    ]


def atlas(tree):
    """Return a linked atlas; fails when a file does not parse."""
    records, problems = parse(files(tree))
    assert problems == []
    return link(records)


def with_platforms(**provisions):
    """Return a tree with one platform a keyword, each with one document and the provisions given as a list."""
    tree = {}
    for slug, texts in provisions.items():
        tree[f"content/platform/{slug}/_platform.yaml"] = platform(slug.title())
        tree[f"content/platform/{slug}/terms/_document.yaml"] = document()
        for number, text in enumerate(texts):
            tree[f"content/platform/{slug}/terms/p{number}.md"] = text
    return tree
