"""The audit: sites to judge on loopback hosts, other people's tools, and the table at its end."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import chromium
import pytest
from audit.figures import Figures
from audit.page_types import kind_of, rows, rows_of
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser
from static_host import StaticHost

from atlas.site import Settings

GIVEN = Path(os.environ["ATLAS_SITE"]).resolve() if os.environ.get("ATLAS_SITE") else None
"""The folder that `./run audit FOLDER` names, or None: both atlases are built."""

SITES = ["given"] if GIVEN else ["real", "sample"]
ROOTS = {"real": ROOT, "sample": ROOT / "tests" / "sample"}
LONGEST_WAIT = 15_000  # milliseconds


@dataclass(frozen=True)
class Site:
    """A built site and where it is served."""

    name: str
    folder: Path
    host: StaticHost = field(repr=False)
    base_url: str
    """The address that it was built for."""
    pages: dict[str, LexborHTMLParser] = field(repr=False)
    """Every page by its address below the root."""

    @property
    def languages(self):
        """The languages, beside its first, that have a folder of their own."""
        named = {one.attributes["hreflang"] for one in self.pages[""].css("link[hreflang]")}
        return sorted(one for one in named if f"{one}/" in self.pages)

    def path(self, url):
        """Return the path of a full address of this site, as a host is asked for it."""
        return urlsplit(url).path

    def kind(self, address):
        """Return the page type of one of the pages."""
        leads_on = self.pages[address].css_first('meta[http-equiv="refresh"]') is not None
        return kind_of(address, self.languages, leads_on=leads_on)

    @property
    def root(self):
        """Address on the loopback host, with the base path and a final slash."""
        return self.host.address


def pytest_configure(config):
    config.stash[Figures.KEY] = Figures()


def pytest_generate_tests(metafunc):
    if "row" in metafunc.fixturenames:
        chosen = rows_of(GIVEN) if GIVEN else rows()
        metafunc.parametrize("row", chosen, ids=str)
    if "site_name" in metafunc.fixturenames:
        metafunc.parametrize("site_name", SITES)


def pytest_terminal_summary(terminalreporter, config):
    config.stash[Figures.KEY].print(terminalreporter)


def pytest_sessionfinish(session):
    # One of several processes: what it measured belongs into the table of the one that prints.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = session.config.stash[Figures.KEY].told()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    if told := getattr(node, "workeroutput", {}).get("figures"):
        node.config.stash[Figures.KEY].take(told)


@pytest.fixture(scope="session")
def figures(request):
    """What was measured, for the table at the end."""
    return request.config.stash[Figures.KEY]


@pytest.fixture(scope="session")
def sites(publish_once):
    """Build (or take) and serve a site by its name: `sites("real")`."""
    hosts, found = [], {}

    def sites(name):
        if name not in found:
            folder = GIVEN or publish_once(f"audit-{name}", ROOTS[name], Settings(AS_OF))
            pages = {
                path.relative_to(folder).as_posix().removesuffix("index.html"): LexborHTMLParser(
                    path.read_text(encoding="utf-8")
                )
                for path in sorted(folder.rglob("*.html"))
            }
            base_url = pages[""].css_first('link[rel="canonical"]').attributes["href"]
            hosts.append(StaticHost(folder, urlsplit(base_url).path))
            found[name] = Site(name, folder, hosts[-1], base_url, pages)
        return found[name]

    yield sites
    for host in hosts:
        host.close()


@pytest.fixture
def site(sites, site_name):
    """Each site in turn."""
    return sites(site_name)


@pytest.fixture(scope="session")
def browser():
    """A real browser."""
    with chromium.started() as browser:
        yield browser


@pytest.fixture(scope="session")
def tab(browser):
    """One tab for all pages of the same colour scheme and width: `tab("dark", 320)`."""
    contexts = {}

    def tab(scheme="light", width=1280):
        if (scheme, width) not in contexts:
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}
            )
            context.set_default_timeout(LONGEST_WAIT)
            contexts[scheme, width] = context, context.new_page()
        return contexts[scheme, width][1]

    yield tab
    for context, _ in contexts.values():
        context.close()


@pytest.fixture
def visit(sites, tab):
    """Open the page of a row: `visit(row, "dark")`. A page that leads elsewhere at once is kept where it is."""

    def visit(row, scheme="light", width=1280):
        site, page = sites(row.atlas), tab(scheme, width)
        page.unroute_all()
        refresh = site.pages[row.address].css_first('meta[http-equiv="refresh"]')
        if refresh:
            target = refresh.attributes["content"].partition("url=")[2]
            page.route(f"**{target}", lambda route: route.fulfill(status=204))
        page.goto(site.root + row.address)
        return page

    return visit
