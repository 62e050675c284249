"""What a record is called: a path from anywhere, an id, an address of today or of yesterday."""

import pytest
from worlds import SITE

from atlas.editing.fields import EditFault
from atlas.editing.naming import record_called

from .conftest import KEPT, TERMS


@pytest.mark.parametrize(
    "name",
    [
        "SA-P-100001",
        KEPT,
        KEPT.removesuffix(".md"),
        f"./{KEPT}",
        "/platform/acme/terms/kept/",
        "/platform/acme/terms/kept",
        "platform/acme/terms/kept",
        "https://sample.example/platform/acme/terms/kept",
        "https://sample.example/de/platform/acme/terms/once/r1",
        "https://sample.example/id/SA-P-100001",
        "platform/../content/platform/acme/terms/kept.md",
        "/platform/acme/terms/kept/r1/",
        "/platform/acme/terms/kept/record.json",
        "https://sample.example/platform/acme/terms/kept/#clause",
        "https://sample.example/de/platform/acme/terms/kept/",
        "/de/platform/acme/terms/kept/history/",
        "https://sample.example/id/SA-P-100001/",
        "/id/SA-P-100001/r1/",
        "/platform/acme/terms/once/",
        "/platform/old-acme/rules/once/record.json",
    ],
)
def test_each_name_leads_to_the_record(world, name):
    """However it is called, it is the same record."""
    world.edit("clause: |-", "aliases:\n  - once\nclause: |-")
    world.write(
        f"{TERMS}/_document.yaml", world.read(f"{TERMS}/_document.yaml") + "aliases:\n  - rules\n"
    )
    acme = "content/platform/acme/_platform.yaml"
    world.write(acme, world.read(acme) + "aliases:\n  - old-acme\n")
    world.write(
        "data/site.yaml", SITE.replace("language: en\n", "language: en\ntranslations:\n  - de\n")
    )
    (world.root / "platform").mkdir()
    assert record_called(world.opened(), name, world.root).id == "SA-P-100001"


@pytest.mark.parametrize("name", ["kept.md", "kept", str(KEPT), "../terms/kept.md", "kept/r1.md"])
def test_paths_are_those_of_the_folder_in_which_they_are_typed(world, name):
    """A path is looked for from there, then from the root of the atlas."""
    world.write(f"{TERMS}/kept/r1.md", world.read())
    assert record_called(world.opened(), name, world.root / TERMS).id == "SA-P-100001"


def test_below_a_base_path(world):
    """An atlas that is published below a path has addresses below it."""
    world.edit("https://sample.example/\n", "https://sample.example/atlas/\n", "data/site.yaml")
    url = "https://sample.example/atlas/platform/acme/terms/kept/"
    assert record_called(world.opened(), url, world.root).id == "SA-P-100001"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kepd", "there is no `kepd` in this atlas; did you mean `kept`"),
        ("SA-P-999999", "there is no `SA-P-999999`"),
        ("/platform/acme/terms/", "is a document; name one record of it"),
        ("SA-D-100001", "is a document"),
        ("content/platform/acme/_platform.yaml", "is a platform"),
        ("/etc/passwd", "there is no `/etc/passwd` in this atlas"),
        ("content/about.md", "there is no `content/about.md` in this atlas"),
        ("https://elsewhere.example/", "there is no"),
        ("", "there is no ``"),
    ],
)
def test_what_is_no_record_is_told(world, name, said):
    """A name that leads nowhere is answered with the nearest one."""
    with pytest.raises(EditFault, match=said):
        record_called(world.opened(), name, world.root)
