"""The nightly job as a whole: look, register, build; what the proofs cost a site on which nothing has changed."""

import pytest
import web
from conftest import ROOT
from published_worlds import ids
from verify_scratch import REWORDED, Scratch

from atlas import proof, site
from atlas.register import register


@pytest.fixture
def net():
    with web.started() as net:
        yield net


@pytest.fixture
def world(tmp_path, net):
    """Two documents with a record each, whose ids were given."""
    world = Scratch(tmp_path, net, documents=2)
    place = "content/platform/acme{}/terms/{}"
    given = {world.document(n): place.format(n, "_document.yaml") for n in (1, 2)}
    given |= {world.record(n): place.format(n, "training.md") for n in (1, 2)}
    files = ids(**{number.replace("-", "_"): path for number, path in given.items()})
    for path, content in files.items():
        (world.root / path).parent.mkdir(parents=True, exist_ok=True)
        (world.root / path).write_bytes(content)
    (world.root / "templates").symlink_to(ROOT / "templates")
    return world


def night(world):
    """Look at the sources, enter what is new, build; return what was entered and the files of the site."""
    world.run()
    now = world.net.clock.now().replace(microsecond=0)
    entered = register(world.root, now.date(), now).entering
    output = world.root.parent / "site"
    built = site.build(world.root, output, site.Settings(now.date(), with_search=False, workers=1))
    assert built.written
    files = {
        p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()
    }
    return entered, files


def of_the_log(files):
    return {
        path: content
        for path, content in files.items()
        if path.endswith("proof.json") or path.startswith("api/v1/log/")
    }


def test_a_night_without_news_costs_nothing(world):
    """A good look that finds nothing new enters nothing, and every file of the log stays as it was, to the byte."""
    _, first = night(world)
    assert len(of_the_log(first)) == 4
    for _ in range(3):
        world.later(hours=24)
        entered, again = night(world)
        assert (entered.leaves, entered.root, dict(entered.files)) == ((), None, {})
        assert of_the_log(again) == of_the_log(first)


def test_news_of_one_record_leaves_the_others_alone(world):
    """Other words in one document add a leaf and a root; the other record's proof and its page stay as they were."""
    world.run()
    world.later(hours=24)
    _, first = night(world)
    world.page(1, REWORDED)
    world.later(hours=24)
    entered, second = night(world)
    assert [leaf.state for leaf in entered.leaves] == ["differs"]
    mine, other = (f"platform/acme{n}/terms/training/proof.json" for n in (1, 2))
    assert second[other] == first[other]
    assert second[mine].startswith(first[mine].removesuffix(b"]}\n"))
    _, entries = proof.decode_proof(second[mine])
    assert [entry.leaf.state for entry in entries] == ["intact", "differs"]
    assert all(map(proof.holds, entries))
