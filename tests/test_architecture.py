"""The floors and the owners: imports go down only, and each library has one importer."""

import ast
import re
from pathlib import Path

import pytest

ATLAS = Path(__file__).parent.parent / "atlas"

FLOORS = {
    "ground": ["model", "model.*", "problem"],
    "core": [
        "addresses",
        "affected",
        "became",
        "canonical",
        "checks",
        "checks.*",
        "citation_check",
        "citation_check.*",
        "citing",
        "citing.*",
        "compare",
        "compare.*",
        "counting",
        "direction",
        "extract",
        "extract.*",
        "fold",
        "frontmatter",
        "frozen",
        "guard",
        "jurisdictions",
        "ledger",
        "ledger.*",
        "link",
        "listings",
        "locate",
        "locate.*",
        "markdown",
        "misplaced",
        "outputs",
        "outputs.*",
        "pages",
        "pages.*",
        "packing",
        "packing.*",
        "parse",
        "places",
        "proof",
        "proof.*",
        "proposals",
        "publication",
        "published",
        "published.*",
        "record_form",
        "render",
        "reports",
        "reports.*",
        "revisions",
        "schema",
        "sections",
        "source_text",
        "sheet",
        "stability",
        "stability.*",
        "syntax",
        "urls",
        "validate",
        "watching",
        "word_diff",
        "words",
    ],
    "edge": [
        "archive",
        "attestation",
        "durable",
        "fanout",
        "fetch",
        "forge",
        "git_trees",
        "git_versions",
        "fetch.*",
        "job_summary",
        "load",
        "load_evidence",
        "load_published",
        "progress",
        "record",
        "revision",
        "search",
        "server",
        "site_files",
        "static",
        "warc",
        "watch",
        "write",
        "write_published",
        "writers",
        "zip_file",
    ],
    "line": [
        "against",
        "examine",
        "held",
        "site",
        "preview",
        "register",
        "pack",
        "committing",
        "timestamp",
        "showing",
        "editing",
        "editing.*",
        "verify",
        "verify.*",
        "verify_citation",
        "verify_citation.*",
        "importers",
        "importers.*",
    ],
    "door": ["__main__", "cli", "commands", "commands.*"],
}
MAY_IMPORT = {
    "ground": {"ground"},
    "core": {"ground", "core"},
    "edge": {"ground", "edge"},
    "line": {"ground", "core", "edge", "line"},
    "door": {"ground", "core", "edge", "line", "door"},
}
OWNERS = {
    "yaml": {"frontmatter"},
    "jinja2": {"render"},
    "markupsafe": {
        "direction",
        "markdown",
        "words",
        "publication",
        "render",
        "pages.parts",
        "pages.clause_type",
        "pages.comparison",
        "pages.frozen_words",
        "pages.looks",
        "pages.prose",
        "pages.provenance",
        "pages.provision",
        "pages.reading",
        "pages.revision",
        "pages.status",
    },
    "markdown_it": {"markdown"},
    "pydantic": {
        "model.fields",
        "model.record",
        "model.provision",
        "model.beside",
        "model.documents",
        "model.shelves",
        "validate",
        "parse",
        "reports.run_json",
        "schema",
    },
    "pydantic_core": {"model.fields", "model.record", "validate"},
    "pycountry": {"jurisdictions"},
    "orjson": {"ledger.coding", "record_form"},
    "cryptography": {"proof.signature", "proof.stamp"},
    "rfc3161_client": {"proof.stamp"},
    "pagefind_bin": {"search"},
    "rich": {"progress"},
    "warcio": {"warc"},
    "selectolax": {"extract.html"},
    "pypdfium2": {"extract.pdf"},
    "publicsuffixlist": {"guard"},
    "rapidfuzz": {"locate.alignment"},
    "click": {
        "cli",
        "commands",
        "commands.assign",
        "commands.build",
        "commands.check",
        "commands.commit",
        "commands.fingerprint",
        "commands.import_history",
        "commands.verify",
        "commands.options",
        "commands.pack",
        "commands.verify_citation",
        "commands.propose",
        "commands.register",
        "commands.rename",
        "commands.review",
        "commands.revise",
        "commands.schema",
        "commands.serve",
        "commands.supersede",
        "commands.timestamp",
        "commands.withdraw",
    },
    "starlette": {"server"},
    "uvicorn": {"server"},
    "watchfiles": {"watch"},
    "httpx": {"fetch.address", "fetch.exchange", "fetch.transport"},
    "httpcore": {"fetch.network", "fetch.transport"},
    "protego": {"fetch.robots"},
    "stamina": {"fetch.retries"},
    "playwright": {"fetch.browser"},
}
STANDARD_IN_CORE = {
    "os",
    "pathlib",
    "subprocess",
    "socket",
    "time",
    "shutil",
    "tempfile",
    "random",
    "threading",
    "asyncio",
}
"""What touches disk, clock, environment, network or processes has no place in core; PurePosixPath has."""

SIZE = 320
MODULES = {
    ".".join(path.relative_to(ATLAS).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ATLAS.rglob("*.py"))
    if path != ATLAS / "__init__.py"
}


def floor_of(module):
    def fits(pattern):
        return module == pattern or (pattern.endswith(".*") and module.startswith(pattern[:-1]))

    return [floor for floor, patterns in FLOORS.items() if any(fits(p) for p in patterns)]


def imports_of(path):
    """Yield (name of the program's module or of a library, the whole dotted name) for every import of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_module(name):
    """Return the module of the program that a dotted name leads to, or None."""
    parts = name.split(".")
    if parts[0] != "atlas":
        return None
    for end in range(len(parts), 1, -1):
        if ".".join(parts[1:end]) in MODULES:
            return ".".join(parts[1:end])
    return "__init__"


@pytest.mark.parametrize("module", MODULES)
def test_every_module_stands_on_one_floor(module):
    """A module that nobody placed is a question, not a default."""
    assert len(floor_of(module)) == 1, f"place {module} in FLOORS"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module):
    """Core and edges meet in lines; nothing imports upward."""
    (floor,) = floor_of(module)
    for name in imports_of(MODULES[module]):
        target = own_module(name)
        if target not in {None, "__init__"}:
            (other,) = floor_of(target)
            assert other in MAY_IMPORT[floor], f"{module} ({floor}) imports {target} ({other})"


@pytest.mark.parametrize("module", MODULES)
def test_libraries_have_owners(module):
    """One module knows a library; the others know that module."""
    for name in imports_of(MODULES[module]):
        library = name.split(".")[0]
        if library in OWNERS:
            assert module in OWNERS[library], (
                f"{module} imports {library}, which is {sorted(OWNERS[library])}'s"
            )


def test_every_library_is_known():
    """A library that is not in the table of owners has not been decided on."""
    import sys

    used = {n.split(".")[0] for path in MODULES.values() for n in imports_of(path)}
    assert used - {"atlas"} - set(sys.stdlib_module_names) == set(OWNERS)


@pytest.mark.parametrize("module", [m for m in MODULES if floor_of(m) in (["core"], ["ground"])])
def test_core_touches_nothing(module):
    """Core reads no clock, environment, disk or network: they come in as arguments."""
    source = MODULES[module].read_text(encoding="utf-8")
    for name in imports_of(MODULES[module]):
        assert name == "pathlib.PurePosixPath" or name.split(".")[0] not in STANDARD_IN_CORE, (
            f"{module} imports {name}"
        )
    for call in (r"\.today\(\)", r"\.now\(", r"(?<!\w)open\(", "getenv"):
        assert not re.search(call, source), f"{module} uses {call}"


@pytest.mark.parametrize("module", MODULES)
def test_modules_open_with_a_sentence_and_stay_small(module):
    """The first line places the module; one module holds one thing."""
    source = MODULES[module].read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source))
    assert docstring, f"{module} has no docstring"
    assert ". " in f"{docstring.split(chr(10) * 2)[0]} ", f"{module} opens without a sentence"
    assert len(source.splitlines()) <= SIZE, f"{module} has {len(source.splitlines())} lines"


@pytest.mark.parametrize(
    "forbidden", ["utils", "util", "helpers", "helper", "manager", "base", "common", "misc"]
)
def test_no_drawer_for_odds_and_ends(forbidden):
    """Every module is named for what it holds."""
    assert not [m for m in MODULES if forbidden in m.split(".")]
