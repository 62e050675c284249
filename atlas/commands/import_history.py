"""`./run import`: take over what an archive of others recorded of a document. Door."""

from pathlib import Path

import click

from atlas.commands.options import today, typed


@click.command(name="import")
@click.option("--document", required=True, help="Id of our record of the same edition.")
@click.option(
    "--archive",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A clone of the versions of an Open Terms Archive collection.",
)
@click.option("--file", required=True, help="The document in it: `Service/Terms of Service.md`.")
@click.option(
    "--address",
    required=True,
    help="Where the collection is published: https://github.com/OWNER/NAME.",
)
@click.pass_obj
def import_history(root: Path, document: str, archive: Path, file: str, address: str) -> int:
    """Record when our quotations stood in the versions that Open Terms Archive holds: facts, no text.

    The quotations are those of the document and of its other editions.
    """
    from atlas import examine, ledger
    from atlas.importers import open_terms_archive
    from atlas.write import replace_file

    if not address.startswith("https://"):
        raise click.UsageError(f"`{address}` is not an https address")
    atlas = examine.examine(root, today()).atlas
    record = atlas.document_by_id.get(document)
    if record is None:
        raise click.UsageError(f"there is no document `{document}`")
    quotes = open_terms_archive.quotes(atlas, record)
    if not quotes:
        raise click.UsageError(f"no record quotes `{document}` or another edition of it")
    span = open_terms_archive.span(typed(archive), file, address.rstrip("/"), document, quotes)
    path = root / ledger.span_path(span)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, ledger.encode_span(span))
    print(
        f"{span.versions} versions from {span.first_at:%Y-%m-%d} to {span.last_at:%Y-%m-%d}, "
        f"{len(span.observations) - 1} of them with other words for {len(quotes)} quotations: "
        f"{ledger.span_path(span)}"
    )
    return 0
