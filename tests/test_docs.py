"""The documents tell the truth: every field, check, command and page value is in its guide, and nothing else."""

import dataclasses
import re
import types
import typing

import pytest
import record_guide
from conftest import ROOT

from atlas import cli, listings, pages, parse
from atlas.model import SourceFile
from atlas.pages.plan import PagePlan
from atlas.schema import schema_text, schemas

GUIDE = ROOT / "content" / "README.md"


def test_record_guide_lists_every_field(request):
    """The tables of the record guide are those that the models give."""
    text = GUIDE.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        GUIDE.write_text(record_guide.fill(text), encoding="utf-8")
    assert record_guide.fill(GUIDE.read_text(encoding="utf-8")) == GUIDE.read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- fields: ([a-z-]+) -->", text)) == set(record_guide.TABLES)


def test_record_guide_lists_every_listing():
    """Every generated list that prose may ask for is named."""
    text = GUIDE.read_text(encoding="utf-8")
    assert set(re.findall(r"\[\[([a-z-]+)\]\]", text)) == set(listings.LISTINGS)


@pytest.mark.parametrize("path", [GUIDE, ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name)
def test_the_smallest_record_of_the_guide_parses(path):
    """The example that people copy is a whole record."""
    (example,) = re.findall(
        r"```markdown\n(.*?)```", path.read_text(encoding="utf-8").replace("\n   ", "\n"), re.DOTALL
    )
    example = example.replace("\nThe words", "\n  The words")
    records, problems = parse.parse([SourceFile("content/platform/a/b/c.md", example.encode())])
    assert problems == []
    assert len(records.provisions) == 1


@pytest.mark.parametrize("name", sorted(schemas()))
def test_committed_schemas_are_those_of_the_models(name):
    """The JSON Schemas for editors never lag behind the models (`./run schema` writes them)."""
    committed = (ROOT / "data" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(schemas()[name])


def test_readme_lists_every_command():
    """Each verb with each of its options stands in the README's table and in `./run help`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    help_text = (ROOT / "run").read_text(encoding="utf-8").partition("END\n")[0]
    for name, command in cli.cli.commands.items():
        (row,) = re.findall(rf"^\| `\./run {name}(?![\w-]).*$", text, re.MULTILINE)
        for parameter in command.params:
            option = (
                parameter.opts[0]
                if parameter.opts[0].startswith("-")
                else parameter.opts[0].upper().removesuffix("S")
            )
            assert option in row, f"{name} {option}"
        assert f"  {name} " in help_text
    assert set(re.findall(r"^\| `\./run ([\w-]+)", text, re.MULTILINE)) == {
        *cli.cli.commands,
        "test",
        "gallery",
        "bench",
        "lint",
        "audit",
    }


def test_architecture_names_every_module():
    """The map has every module at the top of the program, and no module that is gone."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in text.split("\n") if line.startswith("| `"))
    named = {
        name.strip("/")
        for name in re.findall(
            r"`([a-z_]+/?)`", "\n".join(row.split("|")[1] for row in table.split("\n"))
        )
    }
    present = {
        p.stem
        for p in (ROOT / "atlas").iterdir()
        if p.suffix == ".py" or (p.is_dir() and not p.name.startswith("_"))
    }
    assert (
        named | {"publication", "jurisdictions", "listings", "__init__", "__main__", "cli"}
        >= present
    )
    assert named <= present


def _fields_of(view):
    """Yield the dataclasses that a view is made of, itself included."""
    seen, queue = set(), [view]
    while queue:
        current = queue.pop()
        if dataclasses.is_dataclass(current) and current not in seen:
            seen.add(current)
            queue += typing.get_type_hints(current).values()
        elif typing.get_origin(current) in {tuple, typing.Union, types.UnionType, dict}:
            queue += typing.get_args(current)
    return seen


def test_template_guide_lists_every_value():
    """Every template with every value of its view is in templates/README.md."""
    from conftest import AS_OF

    from atlas import load, site
    from atlas.examine import examine

    text = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
    atlas = examine(ROOT, AS_OF).atlas
    publication = site.publish(atlas, load.load_templates(ROOT), site.Settings(AS_OF))
    views = {plan.template: type(plan.view) for plan in pages.plans(publication)}
    for template, view in views.items():
        assert template in text, template
        for shape in _fields_of(view):
            for field in dataclasses.fields(shape):
                assert re.search(rf"`(?:\w+\.)*{field.name}`", text), (
                    f"{template}: {shape.__name__}.{field.name}"
                )
    for template in (ROOT / "templates" / "pages").glob("*.html"):
        assert f"pages/{template.name}" in text, template.name
    assert all(
        field.name in text
        for field in dataclasses.fields(PagePlan)
        if field.name in {"head", "view"}
    )
