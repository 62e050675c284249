"""Our record as something to cite: one revision of it, at its permanent address.

Core.
"""

from collections.abc import Iterator

from atlas import urls
from atlas.citing.cited import Cited, on_one_line
from atlas.citing.particulars import Particulars, Tree, of_frozen, of_provision
from atlas.citing.wording import day
from atlas.model import Provision
from atlas.publication import Publication
from atlas.stability import is_former


def record(publication: Publication, of: Provision) -> Cited:
    """Return the revision of a record that stands now; its page while it has no number."""
    told = of_provision(publication.atlas, of)
    return _cited(publication, of, told, tuple(_cautions(publication, of)))


def former_revision(publication: Publication, of: Provision, tree: Tree) -> Cited:
    """Return an older revision of a record, from its frozen form.

    Whether it was a draft is said where its text stands beside the record: no frozen form knows.
    """
    told, say = of_frozen(tree), publication.in_own_language.words.say
    cautions = [say("citation.older", number=of.number), *_state(publication, of)]
    texts = publication.atlas.former_of.get(of.key, ())
    if any(text.stands_for == told.number and text.is_draft for text in texts):
        cautions.append(say("citation.draft"))
    return _cited(publication, of, told, tuple(cautions))


def _cited(
    publication: Publication, of: Provision, told: Particulars, cautions: tuple[str, ...]
) -> Cited:
    own = publication.in_own_language
    say, site = own.words.say, own.atlas.site
    address = urls.permanent(told.id, told.number) if told.id else urls.provision(of)
    return on_one_line(
        Cited(
            key=f"{told.id or '-'.join(of.key)}-r{told.number}",
            authors=told.authors or (site.title,),
            sort_names=told.sort_names,
            title=say(
                "citation.title",
                title=told.title,
                platform=told.platform,
                document=told.document,
            ),
            within=site.title,
            number=told.id,
            revision=told.number,
            pinpoint="",
            day=told.revised or told.written,
            is_claim=False,
            dated=_dated(own, told),
            identified=(
                say("citation.record", id=told.id) if told.id else say("citation.unassigned"),
                say("citation.revision", number=told.number),
            ),
            described=(),
            cautions=cautions,
            url=own.absolute(address),
            archived="",
            language=site.language,
        )
    )


def _dated(own: Publication, told: Particulars) -> str:
    if told.revised:
        return own.words.say("citation.revised", day=day(own.words, told.revised))
    return (
        own.words.say("citation.written", day=day(own.words, told.written)) if told.written else ""
    )


def _cautions(publication: Publication, of: Provision) -> Iterator[str]:
    say = publication.in_own_language.words.say
    if of.is_draft:
        yield say("citation.draft")
    yield from _state(publication, of)
    if is_former(publication.atlas, of):
        yield say("citation.former")


def _state(publication: Publication, of: Provision) -> Iterator[str]:
    say = publication.in_own_language.words.say
    if publication.atlas.site.fictional:
        yield say("citation.fictional")
    if of.state.value != "active":
        yield say(f"citation.{of.state.value}")
