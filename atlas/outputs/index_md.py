"""`index.md` beside every provision: the page as Markdown, whole enough to be read without it.

Core. The twin repeats the disclaimer and the permanent address; the platform's words are escaped, so
that nothing in them is taken for markup.
"""

import re
from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.markdown import escaped, portable
from atlas.model import Provision
from atlas.outputs.text_file import TextFile
from atlas.pages import parts
from atlas.pages.plan import PagePlan
from atlas.pages.status import headline
from atlas.publication import Publication


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the Markdown twin of every provision."""
    for provision in publication.atlas.provisions.values():
        yield TextFile(
            urls.provision(provision, "index.md").removeprefix("/"), twin(publication, provision)
        )


def twin(publication: Publication, provision: Provision) -> str:
    """Return a provision as Markdown (CommonMark)."""
    blocks = [
        f"# {escaped(provision.claim)}",
        fictional(publication),
        escaped(provision.title),
        *_facts(publication, provision),
        *_status(publication, provision),
    ]
    if provision.clause:
        blocks.append(_quoted(provision.clause))
    for section in provision.sections:
        blocks += [f"## {escaped(section.heading)}", portable(section.text)]
    blocks += _mappings(publication, provision)
    blocks += _statements(publication, provision)
    site = publication.atlas.site
    address = urls.permanent(provision.id) if provision.id else urls.provision(provision)
    blocks += [
        "---",
        publication.words.say("text.disclaimer", site=escaped(site.title)),
        f"<{publication.absolute(address)}>",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def fictional(publication: Publication) -> str:
    """Return the sentence that says that all of it is invented, or nothing."""
    return publication.words.say("base.fictional") if publication.atlas.site.fictional else ""


def _facts(publication: Publication, of: Provision) -> list[str]:
    say, row = publication.words.say, parts.row(publication, of)
    facts = [
        ("text.record", of.id or say("text.unassigned")),
        ("text.platform", row.platform.text),
        ("text.document", row.document.text),
        ("text.clause-type", row.clause_type.text),
        ("text.stance", parts.stance_name(publication, of)),
        ("text.severity", row.grade.word if row.grade else say("basis.silent.label")),
        ("text.review", say("text.draft") if of.is_draft else say("text.reviewed")),
        ("text.state", parts.label(publication.words, of.state)),
        *((("text.wording", say("text.former")),) if row.former else ()),
    ]
    if of.captured_at:
        facts.append(("text.captured", parts.instant(publication.words, of.captured_at)))
    return ["\n".join(f"- {say(key)}: {escaped(value)}" for key, value in facts)]


def _status(publication: Publication, of: Provision) -> list[str]:
    """Return that the record no longer simply stands, and why."""
    said = headline(publication, of)
    if not (of.status and said):
        return []
    withheld = publication.words.say("provision.withheld") if of.withheld else ""
    told = (said, of.status.reason or "", withheld, of.withheld)
    return [" ".join(escaped(" ".join(sentence.split())) for sentence in told if sentence)]


def _statements(publication: Publication, of: Provision) -> list[str]:
    """Return what others say of the record, in their words."""
    said = publication.atlas.statements_on.get(of.key, ())
    blocks = [f"## {publication.words.say('provision.statements')}"] if said else []
    for statement in said:
        day = parts.day(publication.words, statement.on)
        key = f"provision.{statement.kind.value}"
        blocks.append(f"### {escaped(publication.words.say(key, by=statement.by, day=day))}")
        blocks.append(_quoted(statement.text))
    return blocks


def _quoted(words: str) -> str:
    return "\n>\n".join(f"> {escaped(p)}" for p in re.split(r"\n\s*\n", words.strip()))


def _mappings(publication: Publication, of: Provision) -> list[str]:
    if not of.regulations:
        return []
    lines = []
    for mapped in of.regulations:
        name = publication.atlas.regulations[mapped.id].name
        article = f", {escaped(mapped.article)}" if mapped.article else ""
        lines.append(f"- {escaped(name)}{article}: {escaped(mapped.why)}")
    return [f"## {publication.words.say('text.regulations')}", "\n".join(lines)]
