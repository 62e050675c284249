"""Every page type by keyboard alone, and on the narrowest screen."""

import pytest

NARROWEST = 320  # CSS pixels

# What can be worked with: rendered, not disabled, and not taken out of the order by hand. Of the radio buttons of a
# group, Tab reaches one. The order is the document's, as Tab's is where nobody sets a positive tabindex.
EXPECTED = """() => {
    const every = document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex], [contenteditable]");
    const seen = new Set();
    window.stops = [...every].filter((one) => {
        if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) return false;
        if (one.type !== "radio") return true;
        const first = !seen.has(one.name);
        seen.add(one.name);
        return first;
    });
    window.before = new Map(window.stops.map((one) => [one, look(one)]));
    return window.stops.map((one) => one.tabIndex > 0 ? `tabindex ${one.tabIndex}` : "");

    function look(one) {
        const {outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor, textDecorationLine} = getComputedStyle(one);
        return JSON.stringify([outlineStyle === "none" ? 0 : outlineWidth, boxShadow, backgroundColor, borderColor, textDecorationLine]);
    }
}"""

# Where the focus is: its number in the order, what it is, and what is wrong with how it shows.
STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return {end: true};
    const {outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor, textDecorationLine} = getComputedStyle(one);
    const look = JSON.stringify([outlineStyle === "none" ? 0 : outlineWidth, boxShadow, backgroundColor, borderColor, textDecorationLine]);
    const box = [...one.getClientRects()].find((box) => box.width > 1 && box.height > 1);
    const faults = [];
    if (look === window.before.get(one)) faults.push("the focus does not show");
    if (!box) faults.push("it has no size");
    else {
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push("it is outside of the screen");
        else {
            const top = document.elementFromPoint(x, y);
            if (top && top !== one && !one.contains(top) && !top.contains(one) && !one.labels?.length) faults.push(`${top.tagName} lies over it`);
        }
    }
    const scrolls = one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth;
    return {at: window.stops.indexOf(one), scrolls, faults, what: one.outerHTML.slice(0, 120)};
}"""


def walk(page):
    """Press Tab until the page is left; return the numbers of the stops in turn, and a sentence for every fault."""
    unordered = [f"stop {n}: {said}" for n, said in enumerate(page.evaluate(EXPECTED)) if said]
    number, reached, faults = len(page.evaluate("window.stops.map(() => 0)")), [], unordered
    for _ in range(2 * number + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        # A browser without a window has no address bar to go to, so after the last stop comes the first again.
        if stop.get("end") or (stop["at"] == 0 and reached[-1:] == [number - 1]):
            break
        faults += [f"{stop['what']}: {fault}" for fault in stop["faults"]]
        if stop["at"] >= 0:
            reached.append(stop["at"])
        elif not stop["scrolls"]:  # a box that scrolls is a stop of the browser's own
            faults.append(f"{stop['what']}: it takes the focus and is nothing to work with")
    else:
        faults.append(f"Tab never leaves the page: {reached[-10:]}")
    if reached != list(range(number)):
        missed = sorted(set(range(number)) - set(reached))
        what = page.evaluate(
            "(missed) => missed.map((at) => window.stops[at].outerHTML.slice(0, 120))", missed
        )
        faults.append(f"Tab goes {reached} through {number} stops, and never to {what}")
    return reached, faults


def test_keyboard_reaches_everything(row, visit):
    """Tab reaches everything that can be worked with, in the document's order, shows where it is, and leaves the page."""
    page = visit(row)
    _, faults = walk(page)
    assert not faults, "\n".join(faults)


def test_skip_link_leads_past_the_header(row, visit):
    """The first Tab shows a link to the content; Enter on it moves on past the header."""
    page = visit(row)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    box = skip.bounding_box()
    assert box["x"] >= 0, "the skip link stays unseen"
    assert box["y"] >= 0, "the skip link stays unseen"
    target = skip.get_attribute("href")
    assert target.startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "(target) => { const place = document.querySelector(target), one = document.activeElement; return place.contains(one) || !!(place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) }"
    assert page.evaluate(inside, target)
    assert page.locator(target).count() == 1


def test_no_sideways_scroll(row, visit):
    """On a screen of 320 px no page is wider than the screen (WCAG 1.4.10), and none hides what does not fit."""
    page = visit(row, width=NARROWEST)
    wide = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.body.scrollWidth, getComputedStyle(document.documentElement).overflowX, getComputedStyle(document.body).overflowX]"
    )
    assert wide[:2] == [NARROWEST, NARROWEST] or max(wide[:2]) <= NARROWEST
    assert not {"hidden", "clip"} & set(wide[2:])


BAD = """<html lang="en"><title>t</title><style>.bare:focus { outline: none }</style>
<a href="#a">a</a><a class="bare" href="#b">b</a><a href="#c" tabindex="2">c</a>
<input onkeydown="if (event.key === 'Tab') event.preventDefault()">"""


def test_walk_sees_faults(tab):
    """The walk itself: a lost focus ring, a set order and a trap are found."""
    page = tab()
    page.goto("about:blank")
    page.set_content(BAD)
    _, faults = walk(page)
    said = "\n".join(faults)
    for fault in ("the focus does not show", "tabindex 2", "Tab never leaves the page"):
        assert fault in said


@pytest.mark.parametrize("closed", [True, False])
def test_walk_knows_what_is_folded_away(tab, closed):
    """The walk itself: what a closed <details> holds is no stop, and what an open one holds is."""
    page = tab()
    page.goto("about:blank")
    page.set_content(
        f'<title>t</title><details {"" if closed else "open"}><summary>s</summary><a href="#a">a</a></details>'
    )
    reached, faults = walk(page)
    assert faults == []
    assert len(reached) == (1 if closed else 2)
