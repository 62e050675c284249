"""`./run serve`: the preview. Door."""

from pathlib import Path

import click

from atlas.commands.options import BaseUrl, demo_option, fictional


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free one.",
)
@click.option("--base-url", type=BaseUrl(), help="Preview under the path of this address.")
@demo_option
@click.pass_obj
def serve(root: Path, port: int, base_url: str | None, demo: bool) -> int:
    """Build the site, serve it here, and rebuild it whenever a file is saved."""
    from atlas import preview

    return preview.serve(fictional() if demo else root, port=port, base_url=base_url)
