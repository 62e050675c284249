"""`./run schema`: write the JSON Schemas. Door."""

from pathlib import Path

import click


@click.command()
@click.pass_obj
def schema(root: Path) -> int:
    """Write the JSON Schemas of the record format to data/schema/."""
    from atlas.schema import schema_text, schemas
    from atlas.write import replace_file

    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, tree in schemas().items():
        replace_file(folder / f"{name}.schema.json", schema_text(tree).encode())
        print(f"data/schema/{name}.schema.json")
    return 0
