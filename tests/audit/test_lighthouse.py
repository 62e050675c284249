"""Lighthouse's mobile profile over every page type: the scores, and what a page costs."""

import json
import os
import subprocess
from statistics import median
from urllib.parse import urlsplit

import chromium
import pytest
from audit import node
from static_host import compressed

THRICE = {"home", "provision", "search"}
"""Page types that are always judged three times. Another is judged again when it misses something, or with --long."""
MOST_RUNS = 8

LCP = {"search": 1100}
LCP_OF_OTHERS = 1000  # milliseconds
KILOBYTES = {"provision": 14, "search": 14}
KILOBYTES_OF_OTHERS = 25  # gzipped, without headers
REQUESTS = 4
TRIES = 3
"""How often Lighthouse may fail to make a trace, which happens on a busy machine, before that is a failure."""

HIDDEN = {"seo: is-crawlable (Page is blocked from indexing)"}
"""What Lighthouse misses of a page that asks not to be listed: nothing else, and of no other page."""


class Lighthouse:
    """Lighthouse with a browser of its own, which stays for all pages."""

    def __init__(self):
        self.slowdowns = []
        self._process = subprocess.Popen(
            ["node", node.HERE / "lighthouse.mjs", chromium.program(), *chromium.FLAGS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def judge(self, url):
        """Return what one run found."""
        for _ in range(TRIES):
            self._process.stdin.write(f"{url}\n")
            self._process.stdin.flush()
            found = json.loads(self._process.stdout.readline())
            if "fault" not in found:
                self.slowdowns.append(found["slowdown"])
                return found
        raise AssertionError(found["fault"])

    def close(self):
        with self._process:  # waits, and closes what it was read from
            self._process.stdin.close()


@pytest.fixture(scope="session")
def lighthouse(figures):
    running = Lighthouse()
    yield running
    running.close()
    load, processors = os.getloadavg()[1], os.cpu_count() or 1
    times = median(running.slowdowns or [4])
    said = f"Lighthouse ran with a load of {load:.1f} on {processors} processors, slowed {times:.1f} times to stand for a phone."
    if load > processors + 1:
        figures.warn(
            f"{said} Its blocking and painting times mean little there: let nothing else run beside it."
        )
    else:
        figures.say(said)


def page_bytes(site, found):
    """Return what a page and all that it loads weigh: gzipped, without headers."""
    paths = {urlsplit(url).path for url in found["asked"]}
    return sum(len(compressed(site.host.answer(path)[2])) for path in paths)


def of_runs(site, runs):
    """Return the figures of a page.

    Whatever else the machine does can only delay and block a page and take marks for speed away: so of these
    the best run tells, of the paint the median of the best three, and of all else the worst run.
    """
    scores = {name: min(run["scores"][name] for run in runs) for name in runs[0]["scores"]}
    return {
        **scores,
        "performance": max(run["scores"]["performance"] for run in runs),
        "lcp": median(sorted(run["lcp"] for run in runs)[:3]),
        "tbt": min(run["tbt"] for run in runs),
        "cls": max(run["cls"] for run in runs),
        "requests": max(len(run["asked"]) for run in runs),
        "bytes": page_bytes(site, runs[0]),
    }


def faults(kind, figures, runs, *, hidden):
    """Return a sentence for each demand that a page misses."""
    demands = {
        "lcp": LCP.get(kind, LCP_OF_OTHERS),
        "cls": 0,
        "tbt": 0,
        "bytes": 1024 * KILOBYTES.get(kind, KILOBYTES_OF_OTHERS),
        "requests": REQUESTS,
    }
    said = [
        f"{name} is {figures[name]:g}, and may be {most}"
        for name, most in demands.items()
        if figures[name] > most
    ]
    missed = {one for run in runs for one in run["missed"]}
    if hidden:
        if not all(set(run["missed"]) >= HIDDEN for run in runs):
            said.append("it asks not to be listed, and Lighthouse does not see that")
        missed -= HIDDEN
    for name in ("performance", "accessibility", "best-practices", "seo"):
        of_it = sorted(one for one in missed if one.startswith(f"{name}:"))
        if figures[name] < 1 and not (hidden and name == "seo" and not of_it):
            said.append(f"{name} is {100 * figures[name]:g} of 100: {of_it}")
    return said


def test_lighthouse_gives_full_marks(row, sites, lighthouse, thorough, figures):
    """Full marks in all four categories, nothing moves, nothing blocks, and the page is as light and quick as was promised.

    Search engines' marks are left out where a page asks them not to list it.
    """
    if row.atlas == "sample" or row.kind == "permanent" or row.state not in {"", "draft"}:
        pytest.skip(
            "Lighthouse judges each page type once, on real records; a permanent address leads on at once"
        )
    site = sites(row.atlas)
    hidden = site.pages[row.address].css_first('meta[name="robots"]') is not None
    url = site.root + row.address
    runs, found = [], []
    least = 3 if thorough or row.kind in THRICE else 1
    while len(runs) < least or (found and len(runs) < MOST_RUNS):
        runs.append(lighthouse.judge(url))
        measured = of_runs(site, runs)
        found = faults(row.kind, measured, runs, hidden=hidden)
    marks = {name: f"{100 * measured[name]:.0f}" for name in runs[0]["scores"]}
    if hidden and measured["seo"] < 1:
        marks["seo"] = "hidden"
    figures.note(
        row,
        **marks,
        lcp=f"{measured['lcp']:.0f}",
        cls=f"{measured['cls']:.3g}",
        tbt=f"{measured['tbt']:.0f}",
        bytes=measured["bytes"],
        requests=measured["requests"],
    )
    assert not found, "\n".join(found)


def test_demands_see_faults():
    """The demands themselves: a page that misses each by a little is refused for each."""
    run = {"missed": ["seo: meta-description (none)"], "scores": {}}
    measured = {"lcp": 1001, "cls": 0.01, "tbt": 1, "bytes": 14 * 1024 + 1, "requests": 5}
    marks = {"performance": 0.99, "accessibility": 0.99, "best-practices": 0.99, "seo": 0.9}
    assert len(faults("provision", {**measured, **marks}, [run], hidden=False)) == 9
    good = {"lcp": 1000, "cls": 0, "tbt": 0, "bytes": 14 * 1024, "requests": 4}
    full = dict.fromkeys(marks, 1)
    assert faults("provision", {**good, **full}, [{"missed": []}], hidden=False) == []
    unseen = [{"missed": list(HIDDEN)}]
    assert faults("search", {**good, **full, "seo": 0.66}, unseen, hidden=True) == []
