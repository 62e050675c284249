"""Real clauses followed through all versions of their documents, beside what another program once said of them."""

from collections import defaultdict

from archive import documents, evidence, versions

from atlas.extract.extracted import Extracted
from atlas.guard import suspicion
from atlas.locate import find, folded, search
from atlas.model import DocumentState, TextRef, TextSeen, Watched
from bench.row import Row
from bench.stopwatch import timed


def rows(thorough):
    """Return the row about the clauses that the bundle holds; of short histories only where not `thorough`."""
    followed = [c for c in evidence("clauses.json.gz") if c["repo"] == "genai-eu-versions"]
    if not thorough:
        followed = [c for c in followed if len(documents()[_name(c)]) <= 4][:12]
    agreeing, lines = 0, []
    for clause in followed:
        ours = _follow(clause)
        apart = defaultdict(list)
        for at, theirs, mine in _disagreements(clause, ours):
            apart[theirs, mine].append(at)
        agreeing += not apart
        for (theirs, mine), dates in apart.items():
            again = f" (and {len(dates) - 1} more times)" if len(dates) > 1 else ""
            lines.append(
                f"{clause['quote'][:60]!r} ({_name(clause)}) {dates[0]:%Y-%m-%d}{again}: theirs {theirs}, ours {mine}"
            )
    return [
        Row(
            "clauses followed through the bundle",
            "each disagreement listed",
            f"{agreeing} of {len(followed)} agree throughout; {len(lines)} disagreements",
            holds=True,
            details=tuple(lines),
        )
    ]


def _name(clause):
    return clause["doc"].removesuffix(".md")


def _follow(clause):
    """Return (instant, state) of each version from the last one on that held the clause before the other's first line."""
    quote, known, states = clause["quote"], {}, []
    last = seen = None
    listed = versions(_name(clause))
    begin = clause["transitions"][0]["date"]
    first = sum(version.at.isoformat() < begin for version in listed)
    for version in listed[max(0, first - 1) :]:
        document = folded(version.text)
        if last is None and version.at.isoformat() < begin and not find(quote, document):
            continue
        found = timed("find", find, quote, document)
        later = next((w for w in known if find(w, document)), None)
        if last and _is_suspect(document, last, seen, bool(found or later)):
            states.append((version.at, "suspect"))
            continue
        if found:
            state = str(found.state)
        elif later:
            state = known[later]
        else:
            candidate = timed("search", search, (quote, *known), document, last)
            state = str(candidate.state)
            if candidate.wording:
                known[candidate.wording.text] = state
        states.append((version.at, state))
        last, seen = document, _seen(document)
    return states


def _is_suspect(document, last, seen, stands):
    extracted = Extracted(document.text, "", "", "markdown-v1", ("markdown",), ("0" * 64,))
    state = DocumentState("CA-D-00001", text=seen)
    watched = Watched("CA-D-00001", "any", (), "", ())
    return suspicion(extracted, (), watched, state, last, document, int(stands), 1) is not None


def _seen(document):
    return TextSeen(
        document="CA-D-00001",
        text=TextRef("0" * 64, len(document.text)),
        previous=None,
        raw_sha256=(),
        title="",
        language="",
        extractor="markdown-v1",
        final_urls=(),
    )


def _disagreements(clause, ours):
    """Yield the versions at which the two begin to say different things."""
    transitions, said, apart = list(clause["transitions"]), "intact", False
    for at, state in ours:
        while transitions and transitions[0]["date"] <= at.isoformat():
            said = transitions.pop(0)["status"]
        differs = _sort(state) != _sort(said)
        if differs and (said, state) != apart:
            yield at, said, state
        apart = differs and (said, state)


def _sort(state):
    """States that are the same clause: the other program knew no `moved`."""
    return "intact" if state in {"intact", "typography", "moved"} else state
