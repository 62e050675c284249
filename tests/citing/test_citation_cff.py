"""CITATION.cff: how the program is cited, as the Citation File Format 1.2.0 has it, saying what the project says."""

import re
import tomllib

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft7Validator

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https://"}
ENTITY = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {"name": TEXT, "email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"}},
}
FORMAT = {
    # What version 1.2.0 of the format says of the fields that stand in ours; four of them it requires.
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "type": {"enum": ["software", "dataset"]},
        "title": TEXT,
        "abstract": TEXT,
        "authors": {"type": "array", "minItems": 1, "items": ENTITY},
        "version": TEXT,
        "license": TEXT,
        "repository-code": URL,
        "url": URL,
        "contact": {"type": "array", "minItems": 1, "items": ENTITY},
    },
}


@pytest.fixture(scope="module")
def cff():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_file_is_sound(cff):
    """All fields that version 1.2.0 requires are there, and each is of its kind."""
    Draft7Validator(FORMAT).validate(cff)


def test_it_says_what_the_project_says(cff):
    """Version, licence, authors and description are those of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cff["version"] == project["version"]
    assert cff["license"] == project["license"]
    assert cff["abstract"] == project["description"]
    assert [author["name"] for author in cff["authors"]] == [a["name"] for a in project["authors"]]
    assert re.sub(r"\W", "-", cff["title"].lower()) == project["name"]


def test_it_says_what_the_site_says(cff):
    """Title, address, repository and contact are those of data/site.yaml."""
    site = yaml.safe_load((ROOT / "data" / "site.yaml").read_text(encoding="utf-8"))
    assert cff["title"] == site["title"]
    assert cff["url"] == site["address"]
    assert cff["repository-code"] == f"https://github.com/{site['repository']}"
    assert cff["contact"][0]["email"] == site["contact"]
