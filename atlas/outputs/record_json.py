"""`record.json` beside every provision: the record, self-contained, for machines.

Core. What may change without the record stands beside it: whether the quotation is former, since no
list of ours leaves that out, and what others say of the record.
"""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.record_form import canonical_json, record, statement
from atlas.stability import is_former


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the record of every provision."""
    for provision in publication.atlas.provisions.values():
        path = urls.provision(provision, "record.json").removeprefix("/")
        tree = record(publication.atlas, provision)
        if is_former(publication.atlas, provision):
            tree["former"] = True
        if said := publication.atlas.statements_on.get(provision.key):
            tree["statements"] = [statement(one) for one in said]
        yield TextFile(path, canonical_json(tree))
