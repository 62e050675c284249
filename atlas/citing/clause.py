"""The platform's clause as something to cite: its document, its place in it, and a copy that was read back.

Core. What the document says of its own date is told as its claim.
"""

from dataclasses import replace

from atlas import jurisdictions
from atlas.citing.cited import Cited, on_one_line
from atlas.citing.particulars import Particulars, Tree, of_frozen, of_provision
from atlas.citing.wording import day, instant
from atlas.model import Provision, State
from atlas.publication import Publication
from atlas.stability import history, is_former, standing


def clause(publication: Publication, of: Provision) -> Cited | None:
    """Return the clause that a record quotes; None when it is silent, or its words are withheld."""
    told = of_provision(publication.atlas, of)
    if not told.has_clause or of.withheld:
        return None
    name = of.id or "-".join(of.key)
    return _cited(
        publication,
        told,
        f"{name}-clause",
        archived=archived_copy(publication, of),
        former=is_former(publication.atlas, of),
        withdrawn=of.state is State.WITHDRAWN,
    )


def former_clause(publication: Publication, of: Provision, tree: Tree) -> Cited | None:
    """Return the clause that an older revision quoted, from its frozen form; None when that was silent.

    The legal entity is the document's of today, which no frozen form has.
    """
    told = of_frozen(tree)
    if not told.has_clause or of.withheld:
        return None
    document = publication.atlas.documents[of.platform, of.document]
    told = replace(told, entity=document.entity or told.entity)
    withdrawn = of.state is State.WITHDRAWN
    return _cited(publication, told, f"{told.id}-r{told.number}-clause", withdrawn=withdrawn)


def archived_copy(publication: Publication, of: Provision) -> str:
    """Return the address of the newest copy that was found, read back and holds the clause, or nothing.

    It was asked for after a look had found these very words: an older one may hold others.
    """
    known = history(publication.atlas, of)
    since = standing(publication.atlas, of, publication.as_of).first_seen
    if known is None or since is None:
        return ""
    copies = [
        (stamp.observed_at, asked.address)
        for stamp, asked in known.archived
        if asked.address
        and asked.clause_in_memento
        and since <= stamp.observed_at
        and stamp.observed_at.date() <= publication.as_of
    ]
    return max(copies, default=(None, ""))[1]


def _cited(
    publication: Publication,
    told: Particulars,
    key: str,
    *,
    archived: str = "",
    former: bool = False,
    withdrawn: bool = False,
) -> Cited:
    own = publication.in_own_language
    say = own.words.say
    cautions = [say("citation.fictional")] if own.atlas.site.fictional else []
    if former:
        cautions.append(say("citation.former-clause"))
    if withdrawn:
        cautions.append(say("citation.withdrawn-clause"))
    return on_one_line(
        Cited(
            key=key,
            authors=(_author(own, told),),
            title=told.document,
            within="",
            number="",
            revision=0,
            pinpoint=told.section,
            day=told.stated,
            is_claim=told.stated is not None,
            dated=say("citation.dated", day=day(own.words, told.stated)) if told.stated else "",
            identified=(),
            described=tuple(_described(own, told)),
            cautions=tuple(cautions),
            url=told.source,
            archived=archived,
            language=told.language,
        )
    )


def _author(own: Publication, told: Particulars) -> str:
    """Return the legal entity, with the name that people know where neither it nor the title says that."""
    if not told.entity:
        return told.platform
    if told.platform.casefold() in f"{told.entity} {told.document}".casefold():
        return told.entity
    return own.words.say("citation.known-as", entity=told.entity, name=told.platform)


def _described(own: Publication, told: Particulars) -> list[str]:
    words = own.words
    language = jurisdictions.language(told.language, words.language)
    said = [words.say("citation.edition", language=language)]
    if told.region:
        place = (
            words.say("jurisdiction.eu")
            if told.region == "EU"
            else jurisdictions.name(told.region, words.language)
        )
        said.append(words.say("citation.region", place=place))
    if told.captured:
        said.append(words.say("citation.captured", time=instant(words, told.captured)))
    return said
