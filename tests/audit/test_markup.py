"""What pages say to machines: structured data, canonical addresses, languages, previews; and their policy."""

import json
import re
from urllib.parse import urlsplit

import pytest
from audit.node import HERE
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from static_host import sent_with

SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "structured-data").glob("*.json"))
}
REGISTRY = Registry().with_resources(
    (f"{name}.json", Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)
ONLY_THE_WAY = {"category", "history", "jurisdiction"}
"""Page types that say the way to them, and nothing of what they are about."""
LED_ON = {"permanent", "revision"}
"""Page types whose canonical address is the record's: a way to it, and what it said before."""
SILENT = {
    *("platforms", "clause-types", "regulations", "jurisdictions", "categories", "severities"),
    *("search", "prose", "permanent", "gone", "not-found", "revision", "verify"),
}
"""Page types without structured data."""


def structured_data_faults(kind, blocks):
    """Return what is wrong with the structured data of a page of a type."""
    if kind in SILENT:
        return ["it has structured data, and its page type has none"] if blocks else []
    if len(blocks) != 1:
        return [f"it has {len(blocks)} blocks of structured data"]
    schema = SCHEMAS["way" if kind in ONLY_THE_WAY else kind]
    found = Draft202012Validator(
        schema, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    ).iter_errors(json.loads(blocks[0]))
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def test_structured_data_fits_its_schema(site):
    """Every JSON-LD block is JSON and fits the schema of its page type; every page type has one, or has no block."""
    faults = []
    for address, page in site.pages.items():
        blocks = [one.text() for one in page.css('script[type="application/ld+json"]')]
        found = structured_data_faults(site.kind(address), blocks)
        faults += [f"{address}: {said}" for said in found]
    assert not faults, "\n".join(faults[:50])


def test_structured_data_has_faults():
    """The schemas themselves: a wrong word, a relative address and a missing name are found."""
    site = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "A",
        "url": "https://a.example/",
        "description": "d",
        "inLanguage": "en",
        "license": "https://a.example/l",
    }
    assert structured_data_faults("home", [json.dumps(site)]) == []
    for broken in ({"url": "/"}, {"@type": "Website"}, {"rating": 5}, {"inLanguage": "English"}):
        assert structured_data_faults("home", [json.dumps({**site, **broken})])
    del site["name"]
    assert structured_data_faults("home", [json.dumps(site)])


def attribute(page, selector, name="content"):
    """Return an attribute of the one element that a selector finds."""
    (only,) = page.css(selector)
    return only.attributes[name]


def test_pages_name_themselves(site):
    """Every page has one canonical address, under which it stands, and a preview that says the same."""
    faults = []
    for address, page in site.pages.items():
        canonical = attribute(page, 'link[rel="canonical"]', "href")
        if site.kind(address) not in LED_ON and canonical != site.base_url + address:
            faults.append(f"{address}: its canonical address is {canonical}")
        if canonical.removeprefix(site.base_url) not in site.pages:
            faults.append(f"{address}: nothing stands at its canonical address {canonical}")
        previews = {
            name: attribute(page, f'meta[property="og:{name}"]')
            for name in ("type", "title", "description", "url", "site_name")
        }
        faults += [f"{address}: og:{name} is empty" for name, said in previews.items() if not said]
        if previews["url"] != canonical:
            faults.append(f"{address}: og:url is {previews['url']}")
        if attribute(page, 'meta[name="description"]') != previews["description"]:
            faults.append(f"{address}: its description and og:description differ")
        if not page.css_first("title").text().strip():
            faults.append(f"{address}: it has no title")
    assert not faults, "\n".join(faults[:50])


def alternates(page):
    """Return the addresses of a page in other languages, by language."""
    return {
        one.attributes["hreflang"]: one.attributes["href"]
        for one in page.css('link[rel="alternate"][hreflang]')
    }


def test_languages_point_at_each_other(site):
    """A page says its language and direction; its versions in other languages name the same set, itself included."""
    faults = []
    for address, page in site.pages.items():
        root = page.css_first("html").attributes
        language = next((one for one in site.languages if address.startswith(f"{one}/")), None)
        if language and root.get("lang") != language:
            faults.append(f"{address}: its language is {root.get('lang')}")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", root.get("lang") or ""):
            faults.append(f"{address}: it does not say its language")
        if root.get("dir") not in {"ltr", "rtl"}:
            faults.append(f"{address}: it does not say its direction")
        versions = alternates(page)
        if versions and versions.get(root.get("lang")) != site.base_url + address:
            faults.append(f"{address}: it is not among its own versions")
        for one, href in versions.items():
            other = site.pages.get(href.removeprefix(site.base_url))
            if other is None:
                faults.append(f"{address}: its version {one} leads nowhere: {href}")
            elif alternates(other) != versions:
                faults.append(f"{address}: its version {one} names other versions")
    assert not faults, "\n".join(faults[:50])


LOADING = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
    "image": "href",
    'link[rel="stylesheet"]': "href",
    'link[rel="icon"]': "href",
    'link[rel="preload"]': "href",
    'link[rel="modulepreload"]': "href",
    'link[rel="preconnect"]': "href",
    'link[rel="dns-prefetch"]': "href",
    'link[rel="manifest"]': "href",
}
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*", "blob:")
DEMANDED = ("default-src 'none'", "base-uri 'none'", "form-action 'self'")


def policy_faults(page, base_path):
    """Return what a page does that a strict policy would stop, and what its policy lets others do."""
    first = page.css_first("head > *")
    if first is None or first.attributes.get("http-equiv") != "Content-Security-Policy":
        return ["its head does not begin with its policy"]
    policy = first.attributes["content"]
    faults = [f"its policy lacks {rule}" for rule in DEMANDED if rule not in policy]
    faults += [f"its policy allows {word}" for word in FORBIDDEN if word in policy.split()]
    if page.css("style, [style]"):
        faults.append("it has inline style")
    for script in page.css("script"):
        if (
            "src" not in script.attributes
            and script.attributes.get("type") != "application/ld+json"
        ):
            faults.append("it has an inline script")
    for one in page.css("*"):
        faults += [f"<{one.tag}> has {name}" for name in one.attributes if name.startswith("on")]
        target = one.attributes.get("href") or one.attributes.get("action") or ""
        if target.lower().startswith("javascript:"):
            faults.append(f"<{one.tag}> runs {target}")
    for selector, name in LOADING.items():
        for one in page.css(selector):
            target = one.attributes.get(name) or ""
            if (target and not target.startswith((base_path, "data:", "#"))) or "//" in target[:2]:
                faults.append(f"it loads {target}")
    return faults


def test_pages_keep_their_policy(site):
    """Every page begins with a policy, has neither inline style nor script, and loads nothing from elsewhere."""
    faults = [
        f"{address}: {said}"
        for address, page in site.pages.items()
        for said in policy_faults(page, urlsplit(site.base_url).path)
    ]
    assert not faults, "\n".join(faults[:50])


def test_styles_load_nothing(site):
    """No stylesheet and no picture of ours asks for another file."""
    for path in [*site.folder.rglob("assets/*.css"), *site.folder.rglob("assets/*.svg")]:
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path
        assert not re.search(r"url\(\s*[\"']?(?!data:|#)", text), path


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('<p style="color:red">', "it has inline style"),
        ("<script>1</script>", "it has an inline script"),
        ('<img src="https://b.example/x.png" alt="">', "it loads https://b.example/x.png"),
        ('<img src="//b.example/x.png" alt="">', "it loads //b.example/x.png"),
        ('<p onclick="x()">', "<p> has onclick"),
        ('<a href="javascript:x()">', "<a> runs javascript:x()"),
    ],
)
def test_policy_check_sees_faults(fault, said):
    """The check itself: each way round the policy is found."""
    from selectolax.lexbor import LexborHTMLParser

    good = f'<head><meta http-equiv="Content-Security-Policy" content="{"; ".join(DEMANDED)}"></head><body>'
    assert policy_faults(LexborHTMLParser(good), "/") == []
    assert policy_faults(LexborHTMLParser(good + fault), "/") == [said]
    open_to_all = good.replace("'none'", "*", 1)
    assert "its policy allows *;" not in policy_faults(LexborHTMLParser(open_to_all), "/")
    assert "its policy lacks default-src 'none'" in policy_faults(
        LexborHTMLParser(open_to_all), "/"
    )


def test_headers_are_sent(site):
    """`_headers` has what hosts take, sets no header twice for any file, and protects every file alike."""
    text = (site.folder / "_headers").read_text(encoding="utf-8")
    assert len(site.host.rules) <= 100
    assert max(map(len, text.split("\n"))) <= 2000
    base_path = urlsplit(site.base_url).path
    for path in (p for p in site.folder.rglob("*") if p.is_file()):
        address = base_path + path.relative_to(site.folder).as_posix().removesuffix("index.html")
        sent = sent_with(site.host.rules, address)
        set_by = [name for rule in site.host.rules for name in rule_headers(rule, address)]
        assert len(set_by) == len(set(set_by)), address
        assert sent["X-Content-Type-Options"] == "nosniff", address
        assert "frame-ancestors 'none'" in sent["Content-Security-Policy"], address
        if path.name == "record.json" or "/schema/" in address:
            assert sent["Access-Control-Allow-Origin"] == "*", address
        hashed = re.search(r"[._][0-9a-f]{7,}[._]", path.name)
        if "immutable" in sent.get("Cache-Control", ""):
            assert hashed, address
        if "/assets/" in address:
            assert "immutable" in sent["Cache-Control"], address


def rule_headers(rule, address):
    """Return the names that one rule sends with an address."""
    return sent_with([rule], address)
