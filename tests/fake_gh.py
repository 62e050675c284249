#!/usr/bin/env python3
"""A `gh` that keeps pull requests and issues in a file, and writes down every call.

For tests: it stands on the path under the name `gh`. FAKE_GH names its folder. It knows the verbs
that the program uses and refuses every other, so that a new call is a question.
"""

import argparse
import json
import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["FAKE_GH"])
STATE = FOLDER / "state.json"
FIELDS = {"pr": {"number", "body", "headRefName", "title"}, "issue": {"number", "body", "title"}}


def main(arguments):
    noun, verb, *rest = arguments
    with (FOLDER / "calls.jsonl").open("a") as calls:
        calls.write(json.dumps(arguments) + "\n")
    if (FOLDER / "broken").exists():
        sys.exit("HTTP 502: Bad Gateway (https://api.github.com/graphql)")
    parser = argparse.ArgumentParser()
    for (
        option
    ) in "repo state head base title body-file json limit label comment ref description".split():
        parser.add_argument(f"--{option}")
    for flag in "auto squash force".split():
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("which", nargs="?")
    given = parser.parse_args(rest)
    assert given.repo == "clause-atlas/atlas", "every call names the repository"
    state = json.loads(STATE.read_text()) if STATE.exists() else {"threads": [], "labels": []}
    VERBS[noun, verb](state, noun, given)
    STATE.write_text(json.dumps(state, indent=1))


def listed(state, noun, given):
    fields = given.json.split(",")
    assert set(fields) <= FIELDS[noun]
    found = [
        thread
        for thread in state["threads"]
        if thread["noun"] == noun
        and thread["state"] == given.state
        and given.head in {None, thread["headRefName"]}
        and given.label in {None, thread["label"]}
    ]
    sys.stdout.write(json.dumps([{field: thread[field] for field in fields} for thread in found]))


def created(state, noun, given):
    assert given.label in {None, *state["labels"]}, "could not add label: not found"
    body = sys.stdin.read()
    assert len(body) <= 65_536, "body is too long"
    state["threads"].append({
        "noun": noun, "number": len(state["threads"]) + 1, "state": "open", "title": given.title,
        "body": body, "headRefName": given.head or "", "base": given.base, "label": given.label,
        "comments": [],
    })  # fmt: skip


def one(state, given):
    return next(t for t in state["threads"] if given.which in {str(t["number"]), t["headRefName"]})


def edited(state, _noun, given):
    one(state, given).update(title=given.title, body=sys.stdin.read())


def closed(state, _noun, given):
    thread = one(state, given)
    thread["state"] = "closed"
    thread["comments"].append(given.comment)


def merged(state, _noun, given):
    assert given.auto
    one(state, given)["auto"] = True


def labelled(state, _noun, given):
    state["labels"] = sorted({*state["labels"], given.which})


def started(_state, _noun, given):
    assert given.ref


VERBS = {
    ("pr", "list"): listed,
    ("pr", "create"): created,
    ("pr", "edit"): edited,
    ("pr", "close"): closed,
    ("pr", "merge"): merged,
    ("issue", "list"): listed,
    ("issue", "create"): created,
    ("issue", "edit"): edited,
    ("issue", "close"): closed,
    ("label", "create"): labelled,
    ("workflow", "run"): started,
}

if __name__ == "__main__":
    main(sys.argv[1:])
