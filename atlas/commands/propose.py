"""`./run propose`: hand on what the verifier found, as pull requests and issues or as patches. Door."""

from datetime import UTC, datetime
from pathlib import Path

import click

from atlas.commands.options import PROBLEMS, today, typed


@click.command()
@click.option(
    "--to",
    type=click.Choice(["patch", "github"]),
    default="patch",
    show_default=True,
    help="Write patches to a folder, or commit the evidence and open pull requests and issues.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the patches; default: proposals.",
)
@click.option(
    "--repository", help="The running repository, where git and the environment do not say it."
)
@click.pass_obj
def propose(root: Path, to: str, output: Path | None, repository: str | None) -> int:
    """Hand on what the evidence calls for: quotations to renew, and documents that need a person.

    With `--to github` it needs `gh` with a token that may write, and runs only in the repository
    that publishes. With `--to patch` it touches nothing but its output folder.
    """
    from atlas import examine, load, revision, site
    from atlas.forge import Forge
    from atlas.verify import propose as line

    examined = examine.examine(root, today())
    if not examined.is_sound:
        print("the records have problems, so nothing is proposed; ./run check lists them all")
        return PROBLEMS
    atlas = examined.atlas
    language = atlas.site.language
    texts = load.load_templates(root).texts
    file = site.words_file(texts, language) or ""
    words = site.read_words(texts[file], language, file)
    found = line.findings(atlas, words, datetime.now(UTC))
    if not found.proposals and not found.concerns:
        print("the evidence calls for no change and for no person")
    if to == "patch":
        line.to_patches(root, found, typed(output) if output else root / "proposals", print)
        return 0
    running = repository or revision.repository(root)
    if running != atlas.site.repository:
        where = f"this is {running}" if running else "git does not say which repository this is"
        raise click.UsageError(
            f"proposals are made in {atlas.site.repository} only, and {where}; "
            "`--to patch` writes them to a folder"
        )
    author = f"{atlas.site.title} verifier <{atlas.site.contact}>"
    line.to_github(root, found, Forge(root, running, author), atlas.site.branch, print)
    return 0
