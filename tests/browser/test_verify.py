"""The page that checks citations and finds pasted clauses: what it says is what the files say, and nothing is sent."""

import json
import random
import re

import pytest
import worlds
from archive import evidence, needs_archive
from conftest import ROOT

from atlas.outputs.passage_index import shingles

pytestmark = pytest.mark.browser

VECTORS = ROOT / "tests" / "citation_vectors"
IN_BROWSER = ["frozen-record", "clause-hash", "quote-in-text", "text-hash", "inclusion", "root"]
ALL = [*IN_BROWSER, "attestation", "time-stamp", "archived-copy", "live-page"]
CALL = """async ([name, ...given]) => {
  const program = await import(document.querySelector('script[src*="verify."]').src);
  await program.ready();
  const bytes = (value) => value && Uint8Array.from(atob(value), (one) => one.charCodeAt(0));
  const each = (values) => Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, bytes(value)]));
  if (name !== "check") return Array.from(await Promise.all(given.map(program[name])), (said) => said instanceof Set ? [...said] : said);
  const [files, ...rest] = given;
  const { texts, log, ...others } = files;
  return program.check({ ...each(others), texts: each(texts), log: each(log) }, ...rest);
}"""
"""Calls what the page's own program offers."""


@pytest.fixture(scope="module")
def sample_address(serve, built_sample):
    """Where the fictional atlas is served."""
    return serve(built_sample)


@pytest.fixture
def checking(open_page, sample_address):
    """The page, of the fictional atlas."""
    page = open_page()
    page.goto(f"{sample_address}verify/")
    return page


def ids(sample):
    """Ids of the provisions that were given one."""
    lines = (sample / "data/published/ids.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[0] for line in lines if line.split("\t")[1] == "provision"]


def ask(page, citation):
    """Check a citation by hand and return what the page says, and the verdict of each check by code."""
    page.get_by_label("A citation, an address or a record ID").fill(citation)
    page.get_by_role("button", name="Check").click()
    return answer(page)


def answer(page):
    """Return what the page says once it has worked it out."""
    result = page.locator("[data-result]")
    result.locator("p", has_not_text="Working it out").first.wait_for()
    checks = result.locator("li").evaluate_all(
        "(found) => found.map((one) => [one.dataset.code, one.dataset.verdict])"
    )
    return result.locator("p").first.inner_text(), dict(checks)


def test_every_record_of_the_fictional_atlas_checks_out(checking, sample, thorough):
    """No check fails for any id, and what a page cannot check is never shown as passed."""
    for number in ids(sample)[:: 1 if thorough else 6]:
        said, checks = ask(checking, number)
        assert said.startswith("No check failed."), number
        assert list(checks) == ALL
        assert all(checks[code] == "not-checked" for code in ALL[len(IN_BROWSER) :])
        passed = sum(verdict == "pass" for verdict in checks.values())
        assert f"Passed: {passed}. Not checked here: {len(ALL) - passed}." in said
        assert {checks["frozen-record"], checks["inclusion"], checks["root"]} <= {
            "pass",
            "not-checked",
        }
        assert checks["inclusion"] == "pass"


@pytest.mark.parametrize(
    ("citation", "sentence"),
    [
        ("", "Write or paste a citation first."),
        ("as everybody knows", "There is neither an address of this site nor a record ID in that."),
        (
            "https://other.example/id/FA-X/",
            "That address, https://other.example/id/FA-X/, is another site's.",
        ),
        (
            "https://other.example/id/FA-P-100001/r1/",
            "That address, https://other.example/id/FA-P-100001/r1/, is another site's.",
        ),
        ("XX-P-100001", "XX-P-100001 is an ID of another atlas: ours begin with FA."),
        ("FA-P-100001 r99", "FA-P-100001 never had a revision 99; its last one is 2."),
        ("FA-P-100001, revision 99", "FA-P-100001 never had a revision 99; its last one is 2."),
        ("<img src=x onerror=alert(1)>", "There is neither an address"),
    ],
)
def test_what_cannot_be_checked_is_said_in_a_sentence(checking, citation, sentence):
    """Each slip has its own sentence, and no verdict stands beside it."""
    said, checks = ask(checking, citation)
    assert said.startswith(sentence)
    assert checks == {}


def test_an_id_that_was_never_given_is_said_to_be_none(checking):
    """A page that is not there is an answer, not a failure."""
    said, _ = ask(checking, "FA-P-199999")
    assert said.startswith("There is no record FA-P-199999 here")
    checking.faults.clear()  # the browser itself reports what was not found


def test_every_way_to_name_a_record_leads_to_it(checking, built_sample, sample):
    """An id, with a revision or in a sentence, the address of a page, of a revision and of a frozen file."""
    number = ids(sample)[0]
    base = re.search(
        r'data-base="([^"]+)"', (built_sample / "verify/index.html").read_text(encoding="utf-8")
    )[1]
    stub = (built_sample / f"id/{number}/index.html").read_text(encoding="utf-8")
    page = re.search(r'rel="canonical" href="([^"]+)"', stub)[1]
    link = checking.locator("[data-result] a")
    for citation, revision in [
        (f"{number.lower()} r1", 1),
        (f"Faraway Atlas, record {number}, revision 1 (draft), {base}id/{number}/r1/.", 1),
        (f"{base}id/{number}/", 2),
        (page, 2),
        (page.rstrip("/"), 2),
        (f"{page}r1", 1),
        (f"{page}r1/record.json", 1),
    ]:
        said, _ = ask(checking, citation)
        assert said.startswith("No check failed."), citation
        assert link.inner_text() == f"{number}, revision {revision}"


def test_an_address_with_an_id_is_checked_at_once(open_page, sample_address, sample):
    """A page can lead here with the id behind the `#`."""
    page = open_page()
    page.goto(f"{sample_address}verify/#{ids(sample)[0]}/r1")
    said, _ = answer(page)
    assert said.startswith("No check failed.")
    assert page.locator("[data-result] a").inner_text().endswith("revision 1")


def test_saved_files_are_checked_without_the_site(checking, built_sample, sample, tmp_path):
    """Files that were saved and changed fail, and the check that fails is the right one."""
    number = ids(sample)[0]
    stub = (built_sample / f"id/{number}/index.html").read_text(encoding="utf-8")
    folder = built_sample / re.search(r"url=/([^\"]+)\"", stub)[1]
    saved = {
        "record.json": (folder / "r1/record.json").read_bytes(),
        "proof.json": (folder / "proof.json").read_bytes(),
        "roots.jsonl": (built_sample / "api/v1/log/roots.jsonl").read_bytes(),
    }

    def choose(**changed):
        paths = []
        for name, content in {
            **saved,
            **{k.replace("_", "."): v for k, v in changed.items()},
        }.items():
            (tmp_path / name).write_bytes(content)
            paths.append(tmp_path / name)
        checking.get_by_label("Choose files").set_input_files([])
        checking.get_by_label("Choose files").set_input_files(paths)
        return answer(checking)

    said, checks = choose()
    assert said.startswith("No check failed.")
    assert checks["frozen-record"] == checks["root"] == "pass"
    _, checks = choose(record_json=(folder / "record.json").read_bytes())
    assert checks["frozen-record"] == "not-checked"  # the page's own, which may change
    clause = json.loads(saved["record.json"])["clause"]
    word = max(clause.split(), key=len).encode()
    said, checks = choose(record_json=saved["record.json"].replace(word, word[::-1]))
    assert said.startswith("Checks that failed: 2.")
    assert (checks["frozen-record"], checks["clause-hash"]) == ("fail", "fail")
    assert checks["inclusion"] == "pass"


def test_several_records_are_checked_at_once(checking, built_sample, sample, tmp_path):
    """Files are told apart by what is in them, however a browser called them, and each record has a line of its own."""
    first, second = ids(sample)[:2]
    paths = []
    for number, name in ((first, ""), (second, " (1)")):
        stub = (built_sample / f"id/{number}/index.html").read_text(encoding="utf-8")
        folder = built_sample / re.search(r"url=/([^\"]+)\"", stub)[1]
        for path in ("r1/record.json", "proof.json"):
            paths.append(tmp_path / (folder / path).name.replace(".", f"{name}."))
            paths[-1].write_bytes((folder / path).read_bytes())
    paths += [built_sample / "api/v1/log/roots.jsonl", built_sample / "llms.txt"]
    files = checking.get_by_label("Choose files")
    files.set_input_files([path for path in paths if path.exists()])
    said, _ = answer(checking)
    assert said == "Revisions checked: 2. Those of which a check failed: 0."
    lines = checking.locator("[data-result] summary")
    assert [line.partition(":")[0] for line in lines.all_inner_texts()] == [
        f"{number}, revision 1" for number in (first, second)
    ]
    damaged = json.loads(paths[2].read_bytes()) | {"claim": "Something else."}
    paths[2].write_text(json.dumps(damaged), encoding="utf-8")
    files.set_input_files([])
    files.set_input_files([path for path in paths if path.exists()])
    said, _ = answer(checking)
    assert said == "Revisions checked: 2. Those of which a check failed: 1."
    opened = checking.locator("[data-result] details[open]")
    assert opened.locator("summary").inner_text().startswith(f"{second}, revision 1: Checks that")
    assert (
        opened.locator("li[data-verdict=fail]").first.get_attribute("data-code") == "frozen-record"
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("FA-P-100034", ["The log has this record as withdrawn, entered on 20 September 2026."]),
        ("FA-P-100050", ["The log has this record as disputed, entered on 25 October 2026."]),
        ("FA-P-100002", []),
    ],
)
def test_the_status_of_a_record_is_told(checking, number, said):
    """The newest leaf says whether a record still stands, and since which publishing; of an active one nothing is said."""
    head, _ = ask(checking, number)
    assert head.startswith("No check failed.")
    assert checking.locator("[data-result] > p strong").all_inner_texts() == said


def test_files_are_chosen_by_hand_by_keyboard_and_by_dropping_them(checking, tmp_path):
    """The box is one control: it has the focus visibly, takes what is dropped anywhere on it, and names the files."""
    box, button = checking.locator(".files"), checking.get_by_text("Choose files")
    checking.get_by_role("button", name="Check").focus()
    checking.keyboard.press("Tab")
    assert checking.evaluate("document.activeElement.id") == "files"
    assert button.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    with checking.expect_file_chooser():
        box.click(position={"x": 200, "y": 40})
    saved = tmp_path / "my record.json"
    saved.write_text("{}", encoding="utf-8")
    place = box.bounding_box()
    at = {"x": place["x"] + place["width"] - 9, "y": place["y"] + place["height"] - 9}
    held = {"items": [], "files": [str(saved)], "dragOperationsMask": 1}
    devtools = checking.context.new_cdp_session(checking)
    for step in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": step, **at, "data": held})
    said, _ = answer(checking)
    assert said.startswith("None of these files is a record.json")
    assert box.locator("li").all_inner_texts() == [saved.name]


def test_a_form_sends_nothing_before_its_script_has_come(open_page, sample_address):
    """Who is quicker than the script finds that nothing happens: no address ever holds what was pasted."""
    page = open_page()
    page.route("**/assets/verify.*", lambda route: route.abort())
    page.goto(f"{sample_address}verify/")
    page.get_by_label("The clause").fill("The quick brown fox jumps.")
    page.get_by_role("button", name="Look it up").click()
    page.get_by_label("A citation, an address or a record ID").press("Enter")
    assert page.url == f"{sample_address}verify/"
    page.faults.clear()  # the script that was kept away


def test_without_a_script_the_page_says_which_command_does_it(open_page, sample_address):
    """Nothing that needs the script is shown, and the command is."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{sample_address}verify/")
    assert not page.locator("form[data-form]").first.is_visible()
    assert page.get_by_text("./run verify-citation").is_visible()
    said = page.locator("noscript").all_inner_texts()
    assert said[0].startswith("Checking here needs a script")
    assert said[1].startswith("Finding a pasted clause needs a script")


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: path.stem)
def test_the_page_and_the_command_agree(checking, path):
    """Every vector, the tampered ones too, has the verdicts that the command gives."""
    vectors = json.loads(path.read_text(encoding="utf-8"))
    for vector in vectors["vectors"]:
        files = vector["files"]
        said = checking.evaluate(CALL, ["check", files, vector["id"], vector["revision"]])
        found = {one["code"]: one["verdict"] for one in said}
        wanted = {code: vector["verdicts"][code] for code in IN_BROWSER}
        assert {code: found[code] for code in IN_BROWSER} == wanted, vector["name"]
        assert all(found[code] != "pass" for code in ALL[len(IN_BROWSER) :])


def test_there_are_vectors():
    """The comparison with the command cannot be empty."""
    names = [
        vector["name"]
        for path in VECTORS.glob("*.json")
        for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]
    ]
    assert len(names) >= 40
    assert len(set(names)) == len(names)


def test_shingles_are_those_of_the_index(checking):
    """The page takes a text apart as the index was made, whatever it is written in."""
    texts = [
        "We may use what you write to train our models.",
        "One two",
        "",
        "Wir löschen Daten, ſofern Sie’s wünſchen; ΜΟΝΟΣ ΣΟΦΟΣ ２０２６ ½ ﬁnd",
        "我们可能会使用您的内容来训练模型。We may も使います。",
        "قد نستخدم المحتوى الخاص بك لتدريب نماذجنا",
        "a\u00adb\u200bc “quoted” — dash\tand  [...] the rest, İstanbul",
        "snake_case and under__score 1.2.3",
    ]
    said = checking.evaluate(CALL, ["shingles", *texts])
    assert [set(one) for one in said] == [shingles(text) for text in texts]


def test_a_pasted_clause_is_answered(checking, sample):
    """A clause as recorded, with one word changed, of a former revision, and of nobody, by hand; nothing is sent."""
    asked = []
    checking.on("request", lambda request: asked.append((request.method, request.url)))
    box, found = checking.get_by_label("The clause"), checking.locator("[data-found]")

    def paste(text):
        box.fill(text)
        checking.get_by_role("button", name="Look it up").click()
        found.locator("p", has_not_text="Working it out").first.wait_for()
        return found.locator("p").first.get_attribute("data-kind")

    record = (
        sample / "content/platform/brindle/privacy-policy/requests-from-the-police.md"
    ).read_text(encoding="utf-8")
    clause = " ".join(re.search(r"clause: \|-\n((?:  .*\n)+)", record)[1].split())
    assert paste(f"First of all.\n{clause}\nAnd so on.") in {"stands", "former"}
    changed = clause.replace("may", "must", 1).replace(" not ", " ", 1)
    if changed != clause:
        assert paste(changed) == "reworded"
        assert found.locator("ins, del").count() > 0
    assert paste("The quick brown fox jumps over the lazy dog beside the river.") == "unknown"
    assert paste("too short") is None
    assert all(method == "GET" and "fox" not in url and "quick" not in url for method, url in asked)
    assert all("?" not in url for _, url in asked)


def pairs(thorough):
    """Return clauses that are recorded, each with the words that really took their place, and clauses of strangers."""
    found = {
        p["old"]: p["new"]
        for p in evidence("pairs.json.gz")["replaced"]
        if len(p["old"].split()) >= 8 and not re.search(r"[<\[*_`#]", p["old"])
    }
    olds = sorted(found)
    random.Random(3).shuffle(olds)
    count = 1_000 if thorough else 60
    recorded = olds[:count]
    others = [
        *olds[count:],
        *(p["old"] for p in evidence("pairs.json.gz")["deleted"]),
        *(c["quote"] for c in evidence("clauses.json.gz")),
    ]
    others = sorted({text for text in others if len(text.split()) >= 8})
    known = [runs(text) for text in recorded]
    strangers = [text for text in others if not near(runs(text), known)]
    random.Random(4).shuffle(strangers)
    return recorded, [found[old] for old in recorded], strangers[:count]


def runs(text):
    """Return the runs of three words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 3]) for n in range(len(words) - 2)}


def near(text, known):
    """Return whether over a third of the runs of a recorded clause stand in a text: then it is no stranger."""
    return any(3 * len(text & one) > len(one) for one in known)


@needs_archive
def test_real_clauses_are_told_from_strangers(open_page, serve, publish, write_world, thorough):
    """Recorded ones stand, also between other words; none that was reworded is shown as recorded; strangers are unknown."""
    recorded, after, strangers = pairs(thorough)
    root = write_world(
        worlds.with_platforms(
            acme=[worlds.provision(clause=" ".join(old.split())) for old in recorded]
        )
    )
    page = open_page()
    page.goto(f"{serve(publish(root))}verify/")

    def kinds(texts):
        said = []
        for start in range(0, len(texts), 50):
            said += page.evaluate(CALL, ["identify", *texts[start : start + 50]])
        return [one["kind"] for one in said]

    assert set(kinds(recorded)) == {"stands"}
    assert set(kinds([f"Before it. {old} After it." for old in recorded])) == {"stands"}
    wrong = [
        text for text, kind in zip(strangers, kinds(strangers), strict=True) if kind != "unknown"
    ]
    assert wrong == []
    said = kinds(after)
    shown_as_recorded = [
        (old, new)
        for old, new, kind in zip(recorded, after, said, strict=True)
        if kind == "stands"
        and not any(bare(one) in bare(new) or bare(new) in bare(one) for one in recorded)
    ]
    assert shown_as_recorded == []
    assert said.count("reworded") >= 0.5 * len(said)


def bare(text):
    """Return a text's letters and digits."""
    return re.sub(r"[\W_]", "", text).lower()
