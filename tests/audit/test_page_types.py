"""The table of judged pages: no page type is left out, and each row is what it says."""

import pytest
from audit.conftest import GIVEN, ROOTS
from audit.page_types import ADDRESSES, PAGE_TYPES, kind_of, rows_of
from conftest import AS_OF

from atlas import load, site
from atlas.examine import examine
from atlas.site import Settings

pytestmark = pytest.mark.skipif(
    GIVEN is not None, reason="the table is about the two atlases that are built here"
)


@pytest.fixture(scope="module", params=sorted(ROOTS))
def planned(request):
    """The name of an atlas and the page type of each of its addresses, as the program plans them."""
    root = ROOTS[request.param]
    drawing = site.draw(root, examine(root, AS_OF).atlas, Settings(AS_OF))
    return request.param, {
        plan.address.removeprefix("/"): plan.template.removeprefix("pages/").removesuffix(".html")
        for plan in drawing.plans
    }


def test_every_page_type_is_judged(planned):
    """Each template that draws a page of an atlas has a row in the table for that atlas."""
    name, kinds = planned
    assert set(kinds.values()) == {kind for atlas, kind, _, _ in PAGE_TYPES if atlas == name}


def test_every_row_is_a_page_of_its_type(planned):
    """Each address of the table is a page, drawn by the template that the row names, and no page stands there twice."""
    name, kinds = planned
    table = [(address, kind) for atlas, kind, _, address in PAGE_TYPES if atlas == name]
    assert dict(table) == {address: kinds.get(address) for address, _ in table}
    assert len(table) == len(dict(table))


def test_addresses_tell_page_types(planned, sites):
    """What an address says of its page type is what draws the page."""
    name, kinds = planned
    built = sites(name)
    assert {address: built.kind(address) for address in kinds} == kinds


def test_pages_of_a_folder_are_found(sites):
    """Of a site that was built elsewhere each page type has its page."""
    found = rows_of(sites("real").folder)
    assert {row.kind for row in found} == {kind for _, kind in ADDRESSES} - {"revision", "gone"}, (
        "none yet"
    )
    assert {row.atlas for row in found} == {"given"}
    assert kind_of("de/platform/", ["de"]) == "platforms"


def test_every_template_of_the_folder_is_judged():
    """A template in templates/pages/ draws a page of the table; only the preview's list of problems is never published."""
    templates = load.load_templates(ROOTS["real"]).texts
    pages = {
        name.removeprefix("pages/").removesuffix(".html")
        for name in templates
        if name.startswith("pages/")
    }
    assert pages - {"problems"} == {kind for _, kind, _, _ in PAGE_TYPES}
