"""axe-core over every page type, in both colour schemes."""

import pytest
from audit.node import PACKAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONGEST = 60_000  # milliseconds

RUN = """([tags, longest]) => Promise.race([
    axe.run(document, {runOnly: tags, resultTypes: ["violations"]}),
    new Promise((_, refuse) => setTimeout(() => refuse(new Error("axe did not end")), longest)),
]).then(({violations, passes}) => ({
    passes: passes.length,
    violations: violations.map(({id, help, nodes}) => ({id, help, at: nodes.map((node) => node.target.join(" "))})),
}))"""


@pytest.fixture(scope="session")
def axe():
    """Run axe in a page; it is evaluated beside the page's own policy, which stays as strict as it is."""
    source = (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def axe(page):
        page.evaluate(source)
        return page.evaluate(RUN, [TAGS, LONGEST])

    return axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(row, scheme, visit, axe, figures):
    """WCAG 2.2 A and AA and axe's best practices: no violation, in light and in dark colours."""
    found = axe(visit(row, scheme))
    figures.note(row, **{scheme: sum(len(one["at"]) for one in found["violations"])})
    assert found["passes"] > 5
    said = [f"{one['id']} ({one['help']}): {at}" for one in found["violations"] for at in one["at"]]
    assert not said, "\n".join(said)


def test_axe_sees_faults(tab, axe):
    """The tool itself: a picture without words and grey on white are found, in a page with our tags."""
    page = tab()
    page.goto("about:blank")
    page.set_content(
        '<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"><p style="color:#aaa">pale</p></main>'
    )
    assert {one["id"] for one in axe(page)["violations"]} == {"image-alt", "color-contrast"}
