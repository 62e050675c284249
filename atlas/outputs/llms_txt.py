"""`llms.txt`: what the atlas is and where its machine-readable forms are, for language models. Core."""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.markdown import escaped
from atlas.outputs.index_md import fictional
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.stability import is_former


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield llms.txt: a heading, a summary, and lists of links with the records' Markdown first."""
    say, absolute, atlas = publication.words.say, publication.absolute, publication.atlas
    lines = [
        f"# {escaped(atlas.site.title)}",
        "",
        f"> {escaped(atlas.site.description)}",
        "",
        *([fictional(publication), ""] if atlas.site.fictional else []),
        say("text.disclaimer", site=escaped(atlas.site.title)),
        "",
    ]
    lines += [say("text.forms"), "", f"## {say('text.records')}", ""]
    for provision in atlas.provisions.values():
        name = atlas.platforms[provision.platform].name
        former = f" ({say('text.former')})" if is_former(atlas, provision) else ""
        address = absolute(urls.provision(provision, "index.md"))
        lines.append(f"- [{escaped(provision.claim)}]({address}): {escaped(name)}{former}")
    lines += ["", f"## {say('text.pages')}", ""]
    lines += [
        f"- [{escaped(page.title)}]({absolute(urls.prose(page.slug))}): {escaped(page.description)}"
        for page in atlas.records.prose
    ]
    yield TextFile("llms.txt", "\n".join([*lines, ""]))
