"""`/schema/v1/`: the JSON Schemas of the record format, for editors and other programs. Core."""

from collections.abc import Iterator, Sequence

from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.schema import schema_text, schemas


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield every schema under its permanent address."""
    for name, schema in schemas().items():
        path = f"schema/v1/{name}.schema.json"
        yield TextFile(path, schema_text({**schema, "$id": publication.absolute(f"/{path}")}))
