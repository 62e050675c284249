"""html-validate and the Nu checker over every page of a site."""

import json
import shutil
import subprocess

import pytest
from audit import node
from audit.node import PACKAGES

INSIDE_TEMPLATES = {
    # html-validate reads a <template> like the page; the search script fills this one in.
    ("empty-heading", "#t-hit > li > h2"),
}

# The checker reads files, and a file has no origin that 'self' could be; and it takes JSON-LD, which is not run, for a script.
NOT_OF_THE_PAGE = (
    r"Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “/.*“?(style|script)-src” directive\.",
    r"Inline script violates Content Security Policy \(meta tag\).*",
)


def complaints(folder):
    """Return what html-validate says against the pages of a folder, one sentence a fault."""
    status, said, error = node.run(node.HERE / "html-validate.mjs", folder)
    assert status == 0, error
    return [
        f"{file['filePath'].removeprefix(f'{folder}/')}:{said['line']}:{said['column']}: {said['message']} [{said['ruleId']}] {said['selector'] or ''}"
        for file in json.loads(said)
        for said in file["messages"]
        if (said["ruleId"], said["selector"]) not in INSIDE_TEMPLATES
    ]


def test_html_validate_finds_nothing(site, figures):
    """html-validate's recommended rules, less those that html-validate.mjs gives a reason against, hold on every page."""
    found = complaints(site.folder)
    figures.say(
        f"{site.name}: html-validate read {len(site.pages)} pages and found {len(found)} faults."
    )
    assert not found, "\n".join(found)


def test_html_validate_sees_faults(tmp_path):
    """The tool itself: a div in a paragraph and a button without type are found."""
    (tmp_path / "index.html").write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><title>t</title></head><body><p><div></div></p><button>b</button></body></html>\n',
        encoding="utf-8",
    )
    found = " ".join(complaints(tmp_path))
    assert "no-implicit-button-type" in found
    assert "element-permitted-content" in found or "close-order" in found


@pytest.fixture(scope="session")
def nu():
    """The Nu checker's messages about a folder. Without Java it cannot be asked, and the end of the audit says so."""
    if not shutil.which("java"):
        return None
    jar = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"

    def nu(folder):
        command = ["java", "-jar", jar, "--skip-non-html", "--format", "json"]
        run = subprocess.run(
            [*command, "--filterpattern", "|".join(NOT_OF_THE_PAGE), folder],
            capture_output=True,
            text=True,
            check=False,
        )
        return [
            f"{said.get('url', '').partition(f'{folder}/')[2]}:{said.get('lastLine', '')}: {said['message']}"
            for said in json.loads(run.stderr)["messages"]
        ]

    return nu


def test_nu_finds_nothing(site, nu, figures):
    """The Nu checker of the W3C has neither an error nor a warning about any page."""
    if nu is None:
        figures.warn(
            f"{site.name}: the Nu checker did NOT run: it needs Java, and there is no Java here."
        )
        pytest.skip("the Nu checker needs Java, and there is no Java here")
    found = nu(site.folder)
    figures.say(
        f"{site.name}: the Nu checker read {len(site.pages)} pages and found {len(found)} faults."
    )
    assert not found, "\n".join(found)


def test_nu_sees_faults(nu, tmp_path):
    """The tool itself: an id that stands twice is found."""
    if nu is None:
        pytest.skip("the Nu checker needs Java, and there is no Java here")
    (tmp_path / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>t</title><p id="a"><p id="a">', encoding="utf-8"
    )
    assert any("Duplicate ID" in said for said in nu(tmp_path))
