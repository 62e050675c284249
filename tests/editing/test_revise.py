"""Revising: the former text is kept as it was published, and the record says that it has changed."""

import json
import shutil
from datetime import date

import pytest
from worlds import SHELVES

from atlas.checks.former_revision_edited import CHECK as FORMER_EDITED
from atlas.editing.affected import revise_affected
from atlas.editing.correct import correct
from atlas.editing.fields import EditFault
from atlas.editing.revise import revise
from atlas.model import SourceFile
from atlas.parse import parse

from .conftest import KEPT, TODAY, World

R1 = "content/platform/acme/terms/kept/r1.md"
R2 = "content/platform/acme/terms/kept/r2.md"


def revised(world, because="It was misread.", on=TODAY, name="SA-P-100001"):
    return revise(*world.record(name), because, on)


def reword(world, words="We may use all that you write."):
    world.edit("  We may use what you write.\n", f"  {words}\n")


def test_a_changed_record_gets_its_number_and_its_former_text(world):
    """`r1.md` is the committed file to the byte; the record has every byte that its author left, and a revision."""
    before = world.read()
    reword(world)
    edited = world.read()
    done = revised(world)
    assert (done.number, done.is_raised, done.changed) == (2, True, ("clause",))
    assert world.read(R1) == before
    note = "revision:\n  number: 2\n  on: 2026-11-22\n  because: It was misread.\n"
    assert world.read() == edited.replace("clause: |-\n", f"{note}clause: |-\n")
    assert world.problems(TODAY) == []


def test_the_second_revision_keeps_the_second_text(world):
    """Each revision is kept once, under its number."""
    reword(world)
    revised(world)
    world.publish()
    world.commit()
    second = world.read()
    reword_again = second.replace("all that", "whatever")
    world.write(KEPT, reword_again)
    done = revised(world, "It was reworded: again.", date(2026, 11, 23))
    assert done.number == 3
    assert world.read(R2) == second
    assert 'number: 3\n  on: 2026-11-23\n  because: "It was reworded: again."\n' in world.read()
    assert world.problems(date(2026, 11, 23)) == []


def test_of_several_committed_texts_the_one_that_was_published_is_kept(world):
    """A commit after publishing, in which somebody edited the record, is not what readers saw."""
    published = world.read()
    with_section = published.replace("clause: |-", 'section: "4"\nclause: |-')
    world.write(KEPT, with_section)
    world.commit("What needs no revision")
    reword(world)
    world.commit("Half of it")
    world.edit("Uses what you write", "Uses all that you write")
    world.commit("The other half")
    revised(world)
    assert world.read(R1) == with_section


def test_a_record_that_was_renamed_since_has_its_text_in_git_all_the_same(world):
    """The former text is looked for under every name that the record has had."""
    published = world.read()
    world.git("mv", KEPT, "content/platform/acme/terms/stored.md")
    world.edit(
        "clause: |-", "aliases:\n  - kept\nclause: |-", "content/platform/acme/terms/stored.md"
    )
    world.edit("We may use", "We will use", "content/platform/acme/terms/stored.md")
    world.commit("Renamed and reworded at once")
    revised(world)
    assert world.read("content/platform/acme/terms/stored/r1.md") == published


def test_an_atlas_in_a_folder_of_a_repository_has_its_history_too(world, tmp_path):
    """Where the repository holds more than the atlas, paths are those of the atlas."""
    published = world.read()
    shutil.rmtree(world.root / ".git")
    outer = World(tmp_path)
    outer.git("init", "-q", "-b", "main")
    outer.commit()
    reword(world)
    outer.commit("Reworded")
    revised(world)
    assert world.read(R1) == published


def test_without_git_the_former_text_is_made_from_what_was_frozen(world):
    """A text made so says every word of what was published, and the check that compares them is content."""
    shutil.rmtree(world.root / ".git")
    reword(world)
    revised(world)
    text = world.read(R1)
    records, problems = parse([SourceFile(KEPT, text.encode())])
    assert problems == []
    (former,) = records.provisions
    assert former.clause == "We may use what you write."
    assert former.analysis.authors == ("ada",)
    assert former.regulations[0].why == "It's on"
    atlas = world.opened().atlas
    assert len(atlas.records.former) == 1
    assert [*FORMER_EDITED.find(atlas, TODAY)] == []


def test_revising_again_before_publishing_changes_the_sentence_only(world):
    """A number that was not published yet is not raised a second time."""
    reword(world)
    revised(world)
    kept = world.read(R1)
    world.edit("all that", "whatever")
    done = revised(world, "Better said.", date(2026, 11, 23))
    assert (done.number, done.is_raised) == (2, False)
    assert "number: 2\n  on: 2026-11-23\n  because: Better said.\n" in world.read()
    assert world.read(R1) == kept


def test_a_run_that_was_stopped_is_finished_by_the_next(world):
    """The former text that a stopped run has written is found and kept."""
    published = world.read()
    reword(world)
    world.write(R1, published)
    assert revised(world).number == 2
    assert world.read(R1) == published


def test_a_lost_former_text_is_written_again(world):
    """Where the number was raised by hand, the former text still comes from what was published."""
    published = world.read()
    reword(world)
    world.edit(
        "clause: |-",
        "revision:\n  number: 2\n  on: 2026-11-20\n  # said by hand\n  because: By hand.\nclause: |-",
    )
    done = revised(world, "Said anew.")
    assert not done.is_raised
    assert world.read(R1) == published
    assert "  # said by hand\n  because: Said anew.\n" in world.read()


def test_a_correction_ends_with_the_next_revision(world):
    """`corrected_on` was about the former text, so it goes."""
    world.edit("word7 ", "word-7 ")
    correct(*world.record(), TODAY)
    reword(world)
    revised(world)
    assert "corrected_on" not in world.read()
    assert "word7 " in world.read(R1)


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda w: None, "edit it first, then revise it"),
        (lambda w: w.edit("clause: |-", 'section: "4"\nclause: |-'), "edit it first"),
        (
            lambda w: w.edit(
                "clause: |-", "revision:\n  number: 3\n  on: 2026-11-20\n  because: x\nclause: |-"
            ),
            r"kept\.md:\d+: this is numbered 3, and 1 was published last: write 1",
        ),
        (
            lambda w: w.edit(
                "clause: |-", "revision:\n  number: 2\n  on: 2026-11-20\n  because: x\nclause: |-"
            ),
            r"kept\.md:\d+: nothing differs from what was published as revision 1",
        ),
        (
            lambda w: (reword(w), w.write(R1, w.read())),
            r"r1\.md:1: this does not say what was published",
        ),
        (lambda w: w.edit("clause_type: training", "clause_type: nonsense"), "./run check"),
        (lambda w: w.edit("stance: opt-out", "stance: opt-out\nseverity: hgih"), r"kept\.md:\d+"),
        (lambda w: w.edit("stance: opt-out", "stance: nonsense"), r"it has problems, .*kept\.md:\d+"),
    ],
)  # fmt: skip
def test_what_cannot_be_revised_is_told_and_left_alone(world, prepare, said):
    """Every refusal names its reason, and not a byte is written."""
    prepare(world)
    before = world.everything()
    with pytest.raises(EditFault, match=said):
        revised(world)
    assert world.everything() == before


def test_a_record_that_was_never_published_needs_no_revision(world):
    """Nobody can have cited it: there is nothing to keep."""
    with pytest.raises(EditFault, match="never published, so there is nothing to keep"):
        revised(world, name="content/platform/acme/terms/new.md")


def test_a_revision_is_never_older_than_the_one_before(world):
    """Days of revisions stand in their order."""
    reword(world)
    revised(world)
    world.publish()
    world.edit("all that", "whatever")
    with pytest.raises(
        EditFault, match=r"kept\.md:\d+: 2026-11-21 is too early, since its revision 2 was made on"
    ):
        revised(world, on=date(2026, 11, 21))


@pytest.mark.parametrize("because", ["x" * 501, "A whole page. " * 5000])
def test_more_than_a_sentence_is_refused(world, because):
    """What is pasted by mistake is counted, not repeated; no reader is given a page in place of a sentence."""
    reword(world)
    with pytest.raises(
        EditFault, match=r"`--because` has [\d,]+ characters, .* at most 500"
    ) as told:
        revised(world, because=because)
    assert len(str(told.value)) < 120
    revised(world, because="x" * 500)
    assert world.problems() == []


def test_an_empty_sentence_is_refused(world):
    """What changed and why is what readers are told."""
    reword(world)
    with pytest.raises(EditFault, match="empty"):
        revised(world, " \n ")


def test_broken_machine_files_stop_it(world):
    """A frozen record of which a byte differs is nothing to go by."""
    reword(world)
    path = next((world.root / "data/published/revisions").rglob("*r1.json"))
    path.write_bytes(path.read_bytes().replace(b"opt-out", b"opt-in!"))
    with pytest.raises(EditFault, match="data/published"):
        revised(world)


# --- shelves ---


def regrade(world, stance="opt-out", grade="high"):
    text = SHELVES["data/clause-types.yaml"]
    head, mark, rest = text.partition(f"    {stance}:\n")
    severity = next(row for row in rest.splitlines() if "severity" in row)
    world.write(
        "data/clause-types.yaml",
        head + mark + rest.replace(severity, f"      severity: {grade}", 1),
    )


def test_a_stance_that_is_graded_anew_revises_every_record_that_has_it(world):
    """All published records with the stance's own grade are revised; others stay as they are."""
    regrade(world)
    mild = world.read("content/platform/acme/terms/mild.md")
    (done,) = revise_affected(world.opened(), "Now graded high.", TODAY)
    assert (done.id, done.number, done.changed) == ("SA-P-100001", 2, ("severity",))
    assert "because: Now graded high.\n" in world.read()
    assert "severity" not in world.read(R1)
    assert world.read("content/platform/acme/terms/mild.md") == mild
    assert world.problems(TODAY) == []
    with pytest.raises(EditFault, match="no published record"):
        revise_affected(world.opened(), "Again.", TODAY)


def test_a_record_whose_spelling_was_put_right_is_affected_like_any_other(world):
    """Corrected words are no edit that needs a sentence of its own, and no shelf's doing either."""
    world.edit("word7 ", "word-7 ")
    correct(*world.record(), TODAY)
    with pytest.raises(EditFault, match="no published record"):
        revise_affected(world.opened(), "Nothing.", TODAY)
    regrade(world)
    (done,) = revise_affected(world.opened(), "Now graded high.", TODAY)
    assert done.changed == ("severity", "analysis")
    assert "corrected_on" not in world.read()
    assert world.problems(TODAY) == []


def test_a_key_that_was_renamed_on_its_shelf_revises_those_that_follow(world):
    """A regulation's new key in shelf and record is the shelf's doing, not an edit of the record."""
    world.edit("eu-act", "eu-sample-act", "data/regulations.yaml")
    world.edit("eu-act", "eu-sample-act")
    (done,) = revise_affected(world.opened(), "The key follows the law's name.", TODAY)
    assert done.changed == ("regulations",)


def test_a_record_that_was_edited_is_no_business_of_a_shelf(world):
    """Somebody's own edit needs its own sentence."""
    regrade(world, "prompt", "medium")
    reword(world)
    (done,) = revise_affected(world.opened(), "Graded anew.", TODAY)
    assert done.id == "SA-P-100002"
    assert "revision" not in world.read()


def test_all_records_or_none_are_revised(world):
    """One that cannot be revised stops all; mended, the next run does all of them."""
    text = world.read("data/clause-types.yaml").replace("severity: medium", "severity: high")
    world.write("data/clause-types.yaml", text.replace("severity: low", "severity: medium"))
    r1 = "content/platform/acme/terms/mild/r1.md"
    world.write(r1, world.read())
    before = world.everything()
    with pytest.raises(EditFault, match=r"mild/r1\.md"):
        revise_affected(world.opened(), "Graded anew.", TODAY)
    assert world.everything() == before
    (world.root / r1).unlink()
    # Stopped after the first former revision: the next run goes on from there.
    world.write(R1, world.read())
    assert len(revise_affected(world.opened(), "Graded anew.", TODAY)) == 2
    assert world.problems(TODAY) == []


# --- spelling ---


def test_three_words_of_a_hundred_may_be_put_right(world):
    """The day is entered, the words are named, and no number changes."""
    for n in (3, 50, 95):
        world.edit(f"word{n} ", f"Word{n} ")
    edited = world.read()
    done = correct(*world.record(), TODAY)
    assert [(w.before, w.after) for w in done.words] == [
        ("word3", "Word3"), ("word50", "Word50"), ("word95", "Word95"),
    ]  # fmt: skip
    assert world.read() == edited.replace("clause: |-\n", "corrected_on: 2026-11-22\nclause: |-\n")
    assert world.problems(TODAY) == []


def test_spelling_counts_against_what_was_frozen(world):
    """Two small corrections that add up to more than 3 % are one large one."""
    world.edit("word3 word4 ", "Word3 Word4 ")
    correct(*world.record(), TODAY)
    world.commit()
    world.edit("word50 word51 ", "Word50 Word51 ")
    with pytest.raises(EditFault, match=r"4 of 100 words differ .*\(4\.0%\)"):
        correct(*world.record(), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda w: None, "edit it first"),
        (reword, "`clause`, and only the text below the front matter"),
        (lambda w: (reword(w), w.edit("word3 ", "Word3 ")), "`clause`, and only the text below the front matter"),
        (lambda w: (reword(w), revised(w)), "revision 2 is not published yet"),
        (lambda w: w.edit("word1 word2 word3 word4 ", ""), "4 of 100 words differ"),
    ],
)  # fmt: skip
def test_what_is_more_than_spelling_is_refused(world, prepare, said):
    """Words that mean something need a sentence."""
    prepare(world)
    before = world.everything()
    with pytest.raises(EditFault, match=said):
        correct(*world.record(), TODAY)
    assert world.everything() == before


def test_the_frozen_bytes_are_never_touched(world):
    """Whatever is revised, what was published stays as it is."""
    path = next((world.root / "data/published/revisions").rglob("*100001.r1.json"))
    before = path.read_bytes()
    reword(world)
    revised(world)
    assert path.read_bytes() == before
    assert json.loads(before)["clause"] == "We may use what you write."
