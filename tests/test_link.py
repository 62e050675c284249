"""Linking: joins made once, in an order that people expect."""

from worlds import atlas, document, files, platform, provision, with_platforms

from atlas.link import link
from atlas.model import Severity
from atlas.parse import parse


def test_provisions_stand_in_document_order():
    """Within a document sections go by number, not by letter; records without one come last."""
    world = atlas(
        with_platforms(
            a=[
                provision(section=None),
                provision(section='"10"'),
                provision(section='"9.2"'),
                provision(section='"9"'),
                provision(section="Annex A"),
            ]
        )
    )
    assert [p.section for p in world.by_document["a", "terms"]] == [
        "9",
        "9.2",
        "10",
        "Annex A",
        None,
    ]


def test_platforms_go_by_name_not_by_slug():
    """Lists follow the names that people read."""
    tree = {
        "content/platform/z/_platform.yaml": platform("Alpha"),
        "content/platform/a/_platform.yaml": platform("beta"),
    }
    assert list(atlas(tree).platforms) == ["z", "a"]


def test_severity_comes_from_the_stance_unless_the_record_says_otherwise():
    """The effective grade: the record's own, else the stance's, none for a silent record."""
    silent = provision(
        clause=None, basis="silent", stance="not-addressed", read="\n  - SA-D-100001"
    )
    world = atlas(
        with_platforms(
            a=[provision(), provision(severity="high", severity_reason="So it is."), silent]
        )
    )
    assert [world.severity(p) for p in world.by_platform["a"]] == [
        Severity.MEDIUM,
        Severity.HIGH,
        None,
    ]
    assert [p.slug for p in world.by_severity[Severity.HIGH]] == ["p1"]


def test_joins_by_regulation_category_and_part():
    """A record is found by each regulation once, by its type's categories, a part by its whole."""
    mapped = "\n  - id: eu-act\n    why: One.\n  - id: eu-act\n    article: Art. 2\n    why: Two."
    world = atlas(with_platforms(a=[provision(regulations=mapped)]))
    assert len(world.by_regulation["eu-act"]) == 1
    assert len(world.by_category["rights"]) == 1
    assert [r.key for r in world.parts_of["eu-act"]] == ["eu-act-part"]
    assert [r.key for r in world.by_jurisdiction["EU"]] == ["eu-act", "eu-act-part"]


def test_linking_is_lenient():
    """What refers to nothing stops nobody: checks say so later."""
    tree = {
        "content/platform/a/terms/x.md": provision(clause_type="nowhere"),
        "content/platform/b/terms/_document.yaml": document(),
    }
    records, _ = parse(files(tree))
    world = link(records)
    assert world.severity(next(iter(world.provisions.values()))) is None
    assert world.by_category == {}
