"""Revisions of a record: their frozen forms, their days, what each one changed, and the spelling put right since."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
import worlds
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas import frozen, site, urls
from atlas.link import link
from atlas.model import AddressKind, Entered, Leaf, Published
from atlas.outputs import frozen_json, history_json
from atlas.parse import parse
from atlas.revisions import corrections, revisions

PLACE = "content/platform/acme/terms/p0"
ADDRESS = "/platform/acme/terms/p0/"
ID = "SA-P-100001"
NOTE = "\n  number: 2\n  on: 2026-05-03\n  because: The clause names photographs now."
FIRST = {"id": ID, "claim": "Uses what you write"}
SECOND = {"id": ID, "claim": "Uses what you write and photograph", "revision": NOTE}
NEW_WORDS = "We may use what you write and photograph."


def world(*, former=True, published=None, **changed):
    """Return an atlas with one record in its second revision; `published` makes what was published from the first."""
    tree = worlds.with_platforms(acme=[worlds.provision(NEW_WORDS, **{**SECOND, **changed})])
    tree["content/platform/acme/terms/_document.yaml"] = worlds.document(id="SA-D-00001")
    if former:
        tree[f"{PLACE}/r1.md"] = worlds.provision(**FIRST)
    return worlds.atlas(tree) if published is None else with_published(tree, published)


def with_published(tree, published):
    records, problems = parse(worlds.files(tree))
    assert problems == []
    return link(replace(records, published=published))


def record(atlas):
    return atlas.by_id[ID]


def entered(number, on, content, place=ADDRESS):
    address = f"{place}r{number}/record.json"
    return address, Entered(
        address, AddressKind.PAGE, "", ID, on, hashlib.sha256(content).hexdigest()
    )


def stored(*revision_days):
    """Return what was published of the world above: the first revisions, each on the day given."""
    atlas = world()
    contents = [found.content for found in revisions(atlas, record(atlas))]
    days = list(enumerate(revision_days, 1))
    return Published(
        addresses=dict(entered(number, day, contents[number - 1]) for number, day in days),
        frozen={(ID, number): contents[number - 1] for number, _ in days},
    )


def texts(files, publication):
    return {file.path: file.text for file in files(publication, ())}


def publication(atlas):
    return site.draw(ROOT, atlas, site.Settings(AS_OF)).publication


def page(atlas, address):
    """Return a page of the site as a reader's browser has it."""
    drawing = site.draw(ROOT, atlas, site.Settings(AS_OF))
    (plan,) = (plan for plan in drawing.plans if plan.address == address)
    return LexborHTMLParser(drawing.draw(plan))


def said(node):
    return " ".join(node.text().split())


def test_what_was_published_is_published_for_ever():
    """The bytes of a published revision are those that were stored, whatever its files say today."""
    bytes_then = stored(date(2026, 3, 1)).frozen[ID, 1]
    atlas = world(former=False, published=stored(date(2026, 3, 1)), title="Another label")
    first, second = revisions(atlas, record(atlas))
    assert first.content == bytes_then
    assert json.loads(second.content)["title"] == "Another label"
    assert first.sha256 == hashlib.sha256(bytes_then).hexdigest()


def test_what_was_never_published_is_frozen_from_its_files():
    """A former text beside a record that was never registered is frozen with its own words, and the id given since."""
    atlas = world()
    first, second = revisions(atlas, record(atlas))
    assert json.loads(first.content)["claim"] == FIRST["claim"]
    assert json.loads(first.content)["revision"] == {"number": 1}
    assert second.content == frozen.frozen_bytes(atlas, record(atlas))
    without = worlds.provision(claim="Uses what you write")
    tree = worlds.with_platforms(acme=[worlds.provision(NEW_WORDS, **SECOND)])
    atlas = worlds.atlas({**tree, f"{PLACE}/r1.md": without})
    assert json.loads(revisions(atlas, record(atlas))[0].content)["id"] == ID


def test_a_record_without_an_id_has_no_frozen_form():
    """Nothing is promised of a record that was not numbered."""
    atlas = worlds.atlas(worlds.with_platforms(acme=[worlds.provision()]))
    (only,) = atlas.provisions.values()
    assert revisions(atlas, only) == ()
    assert texts(frozen_json.files, publication(atlas)) == {}
    assert texts(history_json.files, publication(atlas)) == {}


def test_history_answers_which_revision_stood_on_a_day():
    """Each revision stands from the day on which it was published to the day on which the next one was."""
    atlas = world(published=stored(date(2026, 3, 1), date(2026, 5, 4)))
    told = history_json.history(atlas, record(atlas))
    days = [(r["number"], r["first_published"], r["until"]) for r in told["revisions"]]
    assert days == [(1, "2026-03-01", "2026-05-04"), (2, "2026-05-04", None)]
    assert [r["on"] for r in told["revisions"]] == [None, "2026-05-03"]
    assert told["revisions"][1]["because"] == "The clause names photographs now."
    assert told["spelling"] == []


def test_history_names_what_changed():
    """The structured summary of a change: the fields that need a revision and differ from the one before."""
    atlas = world()
    told = history_json.history(atlas, record(atlas))["revisions"]
    assert [r["changed"] for r in told] == [[], ["claim", "clause"]]
    assert [r["first_published"] for r in told] == [None, None]


def test_an_old_name_counts_for_the_first_day():
    """A record that moved was first published where it stood before."""
    aliases = "\n  - old-name"
    published = stored(date(2026, 5, 20))
    moved = entered(1, date(2026, 3, 1), b"", place="/platform/acme/terms/old-name/")
    published = replace(published, addresses={**published.addresses, **dict([moved])})
    atlas = world(published=published, aliases=aliases)
    assert revisions(atlas, record(atlas))[0].first_published == date(2026, 3, 1)


def test_the_files_are_beside_the_record():
    """Each revision has its frozen form, and the history leads to each with the hash of its bytes."""
    atlas = world(published=stored(date(2026, 3, 1)))
    given = publication(atlas)
    (history,) = texts(history_json.files, given).values()
    forms = texts(frozen_json.files, given)
    for told in json.loads(history)["revisions"]:
        content = forms[told["record"].removeprefix("/")]
        assert told["sha256"] == hashlib.sha256(content.encode()).hexdigest()
    assert set(forms) == {f"{ADDRESS[1:]}r{n}/record.json" for n in (1, 2)}


def test_spelling_is_told_word_by_word():
    """Words of ours that differ from the frozen ones of the same number stand in the history, and nothing else does."""
    body = "## Why it matters\n\nIt recieves more than it gives.\n"
    right = body.replace("recieves", "receives").replace("more", "far more")
    tree = worlds.with_platforms(acme=[worlds.provision(id=ID, body=body)])
    atlas = worlds.atlas(tree)
    published = Published(frozen={(ID, 1): frozen.frozen_bytes(atlas, record(atlas))})
    tree[f"{PLACE}.md"] = worlds.provision(id=ID, body=right, corrected_on="2026-06-01")
    atlas = with_published(tree, published)
    told = history_json.history(atlas, record(atlas))
    assert told["spelling"] == [
        {"revision": 1, "on": "2026-06-01", "before": "recieves", "after": "receives far"},
    ]
    assert len(corrections(atlas, record(atlas))) == 1
    shown = page(atlas, urls.history(record(atlas)))
    assert [said(n) for n in shown.css("main del, main ins")] == ["recieves", "receives far"]
    assert "1 June 2026" in said(shown.css_first("main"))


def test_a_former_revision_says_so_first():
    """Its page tells at the top which revision it is, when and why the next one came, and leads to the record."""
    atlas = world(published=stored(date(2026, 3, 1), date(2026, 5, 4)))
    shown = page(atlas, urls.revision(record(atlas), 1))
    notice = shown.css_first("main .notice")
    assert said(notice).startswith(
        "This is revision 1. Revision 2 took its place on 4 May 2026."
        " The clause names photographs now. The record as it stands now:"
    )
    assert notice.css_first("a").attributes["href"] == ADDRESS
    assert said(shown.css_first("h1")) == FIRST["claim"]
    assert said(shown.css_first(".quote .words")) == "We may use what you write."


def test_a_former_revision_is_compared_with_the_next_one():
    """What the next revision put in and took out is shown word by word, for their words and for ours."""
    shown = page(world(), urls.revision(record(world()), 1))
    (changed,) = (part for part in shown.css(".part") if part.css_first("#changed"))
    assert [said(n) for n in changed.css("h3")] == ["Claim", "Quotation"]
    assert [said(n) for n in changed.css("ins")] == ["and photograph", "and photograph"]
    assert changed.css("del") == []


def test_grades_and_stances_tell_what_they_became():
    """A closed word has no word by word: it was this, and then it was that."""
    atlas = world(stance="no-choice")
    shown = page(atlas, urls.revision(record(atlas), 1))
    told = said(shown.css_first("main"))
    assert "Opt-out, then No choice." in told
    assert "Medium, then Critical." in told


def test_a_former_revision_leads_machines_to_the_record():
    """Its canonical URL is the record's, no search engine lists it, and what is to be cited is this very revision."""
    atlas = world()
    shown = page(atlas, urls.revision(record(atlas), 1))
    head = {
        n.attributes["rel"]: n.attributes["href"] for n in shown.css("link[rel]") if n.attributes
    }
    assert head["canonical"] == f"https://sample.example{ADDRESS}"
    assert head["cite-as"] == f"https://sample.example/id/{ID}/r1/"
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert said(shown.css_first(".citation")).endswith(f"https://sample.example/id/{ID}/r1/")


def test_the_current_number_has_no_page_of_a_former_revision():
    """The address of the current number leads to the record, which is somebody else's page."""
    atlas = world()
    drawing = site.draw(ROOT, atlas, site.Settings(AS_OF))
    drawn = [plan.address for plan in drawing.plans if plan.template == "pages/revision.html"]
    assert drawn == [urls.revision(record(atlas), 1)]


def test_the_history_lists_every_revision_newest_first():
    """Each with its days, its reason, what changed, and where it is."""
    atlas = world(published=stored(date(2026, 3, 1), date(2026, 5, 4)))
    shown = page(atlas, urls.history(record(atlas)))
    second, first = shown.css("main tbody tr")
    stood = second.css_first("td")
    assert said(stood.css_first("small")) == "revised 3 May 2026"  # as its citation says
    assert said(stood).startswith("since 4 May 2026")
    assert "The clause names photographs now." in said(second)
    assert "Changed: Claim, Quotation" in said(second)
    assert second.css_first("th a").attributes["href"] == ADDRESS
    assert said(first.css_first("td")) == "1 March 2026 to 4 May 2026"
    assert first.css_first("th a").attributes["href"] == f"{ADDRESS}r1/"
    assert shown.css_first('meta[name="robots"]') is None


def test_a_record_with_nothing_to_tell_says_so():
    """One revision and nothing else: a sentence, and no search engine is asked to list the page."""
    atlas = worlds.atlas(worlds.with_platforms(acme=[worlds.provision(id=ID)]))
    shown = page(atlas, urls.history(record(atlas)))
    assert "There is one revision, and nothing else has happened" in said(shown.css_first("main"))
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"


def test_the_record_leads_to_its_history():
    """A reader of the record finds what it said before in one step; without an id there is nothing to lead to."""
    atlas = world()
    links = page(atlas, ADDRESS).css(".under-h1 a")
    assert [n.attributes["href"] for n in links] == [f"{ADDRESS}history/"]
    atlas = worlds.atlas(worlds.with_platforms(acme=[worlds.provision()]))
    assert page(atlas, ADDRESS).css(".under-h1 a") == []


@pytest.mark.parametrize("logged", [True, False])
def test_a_proof_is_linked_where_there_is_one(logged):
    """A revision leads to the record's proof once the log holds a leaf of it."""
    leaf = Leaf(ID, 1, "0" * 64, None, "SA-D-00001", None, "intact", None)
    atlas = world(published=Published(leaves=(leaf,) if logged else ()))
    links = page(atlas, urls.revision(record(atlas), 1)).css("main a")
    assert (f"{ADDRESS}proof.json" in [n.attributes["href"] for n in links]) is logged


def test_what_a_quotation_left_out_and_now_has_is_told():
    """Two revisions may quote more or less of one clause: our sign goes and their words come, or the other way round."""
    shorter, longer = "We may use [...].", "We may use what you write."
    for old, new, gone, come in (
        (shorter, longer, "[...]", "what you write"),
        (longer, shorter, "what you write", "[...]"),
    ):
        tree = worlds.with_platforms(acme=[worlds.provision(new, id=ID, revision=NOTE)])
        atlas = worlds.atlas({**tree, f"{PLACE}/r1.md": worlds.provision(old, id=ID)})
        changed = page(atlas, urls.revision(record(atlas), 1)).css_first("#changed").parent.parent
        assert said(changed.css_first("del")).startswith(gone)
        assert said(changed.css_first("ins")).startswith(come)


def test_our_sections_are_compared_one_by_one():
    """A section that came, went or says something else is shown as plain words under its heading; the others are not."""
    old = "## Why it matters\n\nIt *does*.\n\n## Consumer impact\n\nNothing.\n"
    new = "## Why it matters\n\nIt *does*.\n\n## Questions\n\n### Is it **so**?\n\nYes.\n"
    tree = worlds.with_platforms(acme=[worlds.provision(body=new, id=ID, revision=NOTE)])
    atlas = worlds.atlas({**tree, f"{PLACE}/r1.md": worlds.provision(body=old, id=ID)})
    changed = page(atlas, urls.revision(record(atlas), 1)).css_first("#changed").parent.parent
    assert [said(n) for n in changed.css("h3")] == ["Consumer impact", "Questions"]
    assert [said(n) for n in changed.css("del")] == ["Nothing."]
    assert [said(n) for n in changed.css("ins")] == ["Is it so? Yes."]


def test_a_former_revision_has_the_headings_of_its_language():
    """The sections of the analysis are called as on the record's page, in every language of the interface."""
    new, old = (f"## Why it matters\n\nIt {word}.\n" for word in ("does", "did"))
    tree = worlds.with_platforms(acme=[worlds.provision(body=new, id=ID, revision=NOTE)])
    tree |= {f"{PLACE}/r1.md": worlds.provision(body=old, id=ID)}
    atlas = worlds.atlas(tree | {"data/site.yaml": f"{worlds.SITE}translations:\n  - de\n"})
    for place, heading in {"": "Why it matters", "/de": "Warum es wichtig ist"}.items():
        shown = page(atlas, f"{place}{ADDRESS}r1/")
        assert heading in [said(node) for node in shown.css("h2")]
        assert [said(node) for node in shown.css("section:has(#changed) h3")] == [heading]


def test_a_page_in_another_language_says_what_is_a_records():
    """What people wrote is marked as such in another language of the interface, and the words around it are not."""
    site_file = f"{worlds.SITE}translations:\n  - de\n"
    tree = worlds.with_platforms(acme=[worlds.provision(NEW_WORDS, **SECOND)])
    tree |= {f"{PLACE}/r1.md": worlds.provision(**FIRST), "data/site.yaml": site_file}
    shown = page(worlds.atlas(tree), f"/de{ADDRESS}r1/")
    assert shown.css_first("h1").attributes["lang"] == "en"
    assert said(shown.css_first(".notice strong")).startswith("Dies ist Fassung 1.")
    changed = shown.css_first("#changed").parent.parent
    assert [said(n) for n in changed.css("h3")] == ["Aussage", "Zitat"]
    assert changed.css_first("p[lang=en] ins") is not None
