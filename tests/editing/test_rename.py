"""Renaming: the file moves, the old name leads on, and nothing that people wrote changes besides."""

import pytest
from worlds import document, platform, provision

from atlas.addresses import produced
from atlas.editing.fields import EditFault
from atlas.editing.naming import called
from atlas.editing.rename import rename
from atlas.model import AddressKind

from .conftest import KEPT, TERMS, TODAY

STORED = f"{TERMS}/stored.md"


def renamed(world, old, new):
    atlas = world.opened()
    return rename(atlas, called(atlas, old, world.root), new, world.root, TODAY)


def leads(world):
    """Every address of the atlas, with where it leads."""
    return {
        p.address: p.target
        for p in produced(world.opened().atlas)
        if p.kind is not AddressKind.GONE
    }


def test_a_published_record_keeps_its_addresses(world):
    """Every address that it had leads to the new one; its file has one line more."""
    before, addresses = world.read(), leads(world)
    done = renamed(world, KEPT, "stored")
    assert (done.before, done.after, done.keeps_old) == (KEPT, STORED, True)
    assert world.read(STORED) == before.replace("clause: |-", "aliases:\n  - kept\nclause: |-")
    assert not (world.root / KEPT).exists()
    now = leads(world)
    assert addresses.keys() <= now.keys()
    assert now["/platform/acme/terms/kept/"] == "/platform/acme/terms/stored/"
    assert world.problems() == []


def test_the_folder_beside_a_record_goes_with_it(world):
    """Former revisions and answers stay beside their record."""
    world.write(f"{TERMS}/kept/response-1.md", "---\nby: Acme\non: 2026-10-01\n---\n\nWe answer.\n")
    renamed(world, "SA-P-100001", "stored")
    assert (world.root / TERMS / "stored" / "response-1.md").is_file()
    assert not (world.root / TERMS / "kept").exists()
    assert world.problems() == []


def test_what_was_published_of_others_goes_with_it(world):
    """A published answer is the same one under the new name of its record."""
    world.write(f"{TERMS}/kept/response-1.md", "---\nby: Acme\non: 2026-10-01\n---\n\nWe answer.\n")
    world.publish()
    renamed(world, "SA-P-100001", "stored")
    assert world.problems() == []
    (world.root / TERMS / "stored" / "response-1.md").unlink()
    assert [p.code for p in world.problems()] == ["lost-statement"]


def test_an_old_name_that_comes_back_is_no_alias_any_more(world):
    """There and back again: the name in between leads on, and no alias is the name itself."""
    before = world.read()
    renamed(world, KEPT, "stored")
    renamed(world, STORED, "kept")
    assert world.read() == before.replace("clause: |-", "aliases:\n  - stored\nclause: |-")
    assert world.problems() == []


def test_what_nobody_was_given_needs_no_alias(world):
    """A record without an id was never published: it moves, and its old name is free."""
    before = world.read(f"{TERMS}/new.md")
    done = renamed(world, f"{TERMS}/new.md", "newer")
    assert not done.keeps_old
    assert world.read(f"{TERMS}/newer.md") == before


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (TERMS, "terms-of-service", "acme/terms-of-service/_document.yaml"),
        ("SA-D-100001", f"{TERMS}-of-service", "acme/terms-of-service/_document.yaml"),
        ("/platform/acme/terms/", "/platform/acme/terms-of-service/", "acme/terms-of-service/_document.yaml"),
        ("content/platform/acme/", "apex", "apex/_platform.yaml"),
        ("/platform/acme/", "/platform/apex/", "apex/_platform.yaml"),
    ],
)  # fmt: skip
def test_folders_are_renamed_whole(world, old, new, place):
    """A document's or a platform's folder moves in one step; all that was below it leads on."""
    addresses = leads(world)
    renamed(world, old, new)
    alias = "acme" if place.startswith("apex") else "terms"
    assert f"aliases:\n  - {alias}\n" in world.read(f"content/platform/{place}")
    assert addresses.keys() <= leads(world).keys()
    assert not (world.root / "content/platform" / old.removeprefix("content/platform/")).exists()
    assert [p for p in world.problems() if p.code != "dead-link"] == []


def test_our_own_links_are_named(world):
    """A link of ours that has the old name is told with its line, and left to its author."""
    about = world.read("content/about.md")
    assert renamed(world, KEPT, "stored").links == ("content/about.md:6",)
    assert world.read("content/about.md") == about


@pytest.mark.parametrize("step", [1, 2])
def test_a_rename_that_was_stopped_is_finished_by_the_next(world, step):
    """Stopped after the folder has moved, or after the alias was entered: the same command goes on."""
    world.write(f"{TERMS}/kept/response-1.md", "---\nby: Acme\non: 2026-10-01\n---\n\nWe answer.\n")
    before = world.read()
    (world.root / TERMS / "kept").rename(world.root / TERMS / "stored")
    if step == 2:
        world.edit("clause: |-", "aliases:\n  - kept\nclause: |-")
    renamed(world, KEPT, "stored")
    assert world.read(STORED) == before.replace("clause: |-", "aliases:\n  - kept\nclause: |-")
    assert (world.root / TERMS / "stored" / "response-1.md").is_file()
    assert world.problems() == []


def aliased(world):
    world.edit("clause: |-", "aliases:\n  - gone\nclause: |-")


def second(world):
    world.write("content/platform/bolt/_platform.yaml", platform("Bolt", aliases="\n  - spark"))
    world.write("content/platform/bolt/terms/_document.yaml", document())
    world.write(
        "content/platform/acme/policy/_document.yaml", document("Policy", aliases="\n  - rules")
    )
    world.write("content/platform/acme/policy/a.md", provision(title="A", stance="no-choice"))


@pytest.mark.parametrize(
    ("prepare", "old", "new", "said"),
    [
        (None, KEPT, "mild", r"`mild` is the name of .*mild\.md"),
        (aliased, f"{TERMS}/mild.md", "gone", r"`gone` is an old name of .*kept\.md"),
        (None, KEPT, "kept", "it is called `kept` already"),
        (None, KEPT, "Kept Chats", "`Kept Chats` is no name"),
        (None, KEPT, "", "is no name"),
        (None, KEPT, "con", "nothing was changed, since this would follow: .*con.md"),
        (second, KEPT, "content/platform/acme/policy/kept", "is elsewhere; .* in content/platform/acme/terms/"),
        (second, KEPT, "/platform/bolt/terms/kept/", "is elsewhere"),
        (second, KEPT, "../policy/kept", "is elsewhere"),
        (second, TERMS, "policy", r"`policy` is the name of .*policy/_document\.yaml"),
        (second, TERMS, "rules", r"`rules` is an old name of .*policy/_document\.yaml"),
        (second, TERMS, "/platform/bolt/rules", "is elsewhere; .* in content/platform/acme/"),
        (second, "/platform/acme/", "bolt", "`bolt` is the name of"),
        (second, "/platform/acme/", "spark", "`spark` is an old name of"),
        (lambda w: w.write(f"{TERMS}/stored.md", "no record"), KEPT, "stored", "there is a .*stored.md already"),
        (
            lambda w: (w.write(f"{TERMS}/stored/x.md", "x"), w.write(f"{TERMS}/kept/y.md", "y")),
            KEPT, "stored", "there is a folder .*stored/ already",
        ),
        (lambda w: w.write("content/platform/acme/dust/x.txt", "x"), TERMS, "dust", "there is a .*dust already"),
        (None, f"{TERMS}/nope.md", "x", r"there is no `.*nope\.md` in this atlas"),
        (None, "SA-P-100003", "x", "there is no `SA-P-100003` in this atlas; give a path, an id or an address"),
        (lambda w: w.write(KEPT, "---\ntitle: x\n"), KEPT, "x", r"it has problems, .*kept\.md:1: the front matter"),
    ],
)  # fmt: skip
def test_what_cannot_be_renamed_is_told_and_left_alone(world, prepare, old, new, said):
    """Every refusal names its reason, and nothing moves."""
    if prepare:
        prepare(world)
    before = world.everything()
    with pytest.raises(EditFault, match=said):
        renamed(world, old, new)
    assert world.everything() == before
