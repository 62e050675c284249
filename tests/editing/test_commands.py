"""The commands as they are typed: what they print, with which code they end, and from which folder."""

import click
import door
import pytest

from atlas.commands import Verbs

from .conftest import KEPT, NEW, TERMS


def run(world, *words, folder=None):
    """Run the program on a world, typed in a folder of it."""
    env = {"ATLAS_FROM": str(folder or world.root)}
    return door.typed("--root", world.root, *words, env=env)


def test_the_natural_order_of_a_revision(world):
    """Edit, be told by revise what is new, and check is content; a second run changes only the sentence."""
    refused = run(world, "revise", "SA-P-100001", "--because", "Why.")
    assert refused.returncode == 2
    assert "edit it first" in refused.stderr
    world.edit("We may use", "We will use")
    done = run(
        world,
        "revise",
        "kept.md",
        "--because",
        "Why.",
        "--as-of",
        "2026-11-21",
        folder=world.root / TERMS,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"SA-P-100001 is now revision 2: clause\n  {KEPT}\n  {TERMS}/kept/r1.md keeps revision 1\n"
    )
    assert "  on: 2026-11-21\n" in world.read()
    again = run(world, "revise", "/platform/acme/terms/kept/", "--because", "Better.")
    assert again.stdout.startswith(
        "revision 2 of SA-P-100001 is not published yet and stays revision 2: clause\n"
    )
    assert world.problems() == []


@pytest.mark.parametrize(
    ("words", "edit"),
    [
        (["revise", KEPT, "--because", "Why."], ("We may use", "We will use")),
        (["revise", "--affected", "--because", "Why."], ("severity: medium", "severity: high")),
        (["revise", KEPT, "--typo"], ("word3 ", "Word3 ")),
        (["review", KEPT, "--by", "grace"], None),
        (["rename", f"{TERMS}/mild.md", "milder"], None),
        (["withdraw", KEPT, "--reason", "Wrong."], None),
        (["supersede", KEPT, "SA-P-100002"], None),
    ],
    ids=["revise", "affected", "typo", "review", "rename", "withdraw", "supersede"],
)
def test_what_was_wrong_elsewhere_stops_nobody_and_is_counted(world, words, edit):
    """One thing is mended at a time: the command does its work, and then says that something is left."""
    if edit:
        world.edit(*edit, "data/clause-types.yaml" if "--affected" in words else KEPT)
    world.edit("stance: opt-out", "stance: opt-aut", NEW)
    done = run(world, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "there is 1 problem still, as before this; ./run check tells where\n"
    )
    assert [(p.path, p.code) for p in world.problems()] == [(NEW, "unknown-reference")]


def test_spelling(world):
    """The words that were put right are printed."""
    world.edit("word3 ", "Word3 ")
    done = run(world, "revise", KEPT, "--typo", "--as-of", "2026-11-21")
    assert done.stdout == (
        "SA-P-100001 was corrected without a revision; its history lists these words:\n  word3 -> Word3\n"
    )
    assert "corrected_on: 2026-11-21\n" in world.read()


def test_what_a_shelf_affects(world):
    """All records that a shelf has changed are listed with what they keep."""
    world.edit("severity: medium", "severity: high", "data/clause-types.yaml")
    done = run(world, "revise", "--affected", "--because", "Graded anew.")
    assert done.stdout.startswith("SA-P-100001 is now revision 2: severity\n")
    nothing = run(world, "revise", "--affected", "--because", "Graded anew.")
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("error: no published record was changed by a shelf alone")


def test_the_other_commands(world):
    """Each says what it did, and where."""
    review = run(world, "review", KEPT, "--by", "ada", "--confidence", "high", "--on", "2026-11-20")
    assert review.stdout == (
        f"SA-P-100001 is reviewed by ada\n  {KEPT}\n"
        "  ada is one of its authors: a second person's review says more\n"
        "  the confidence is part of what was published, so it needs a revision:\n"
        '  ./run revise SA-P-100001 --because "One sentence."\n'
    )
    rename = run(world, "rename", KEPT, "stored", folder="/")
    assert rename.stdout == (
        f"{KEPT} is now {TERMS}/stored.md\n"
        "  the old name is entered in `aliases`, so that its addresses lead on\n"
        "  content/about.md:6: a link has the old name still\n"
    )
    renamed = run(world, "rename", f"{TERMS}/new.md", "newer")
    assert "was never published, so the old name leads nowhere" in renamed.stdout
    supersede = run(
        world, "supersede", "SA-P-100002", "/platform/acme/terms/kept/", "--reason", "One clause."
    )
    assert supersede.stdout == f"SA-P-100002 is superseded by SA-P-100001\n  {TERMS}/mild.md\n"
    withdraw = run(world, "withdraw", "SA-P-100002", "--reason", "Wrong.", "--withheld", "A court.")
    assert withdraw.stdout.startswith(f"SA-P-100002 is withdrawn\n  {TERMS}/mild.md\n")
    assert "rewritten by hand" in withdraw.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revise", "--because", "x"], "name a record, or give --affected"),
        (["revise", KEPT, "--affected", "--because", "x"], "name a record, or give --affected"),
        (["revise", KEPT], 'say what changed and why: --because "One sentence."'),
        (["revise", KEPT, "--typo", "--because", "x"], "--typo stands alone"),
        (["revise", KEPT, "--because", "x", "--as-of", "today"], "`today` is not a date"),
        (["revise", "nothing", "--because", "x"], "there is no `nothing` in this atlas"),
        (["withdraw", KEPT], "Missing option '--reason'"),
        (["supersede", KEPT], "Missing argument 'NEW-ID'"),
        (["review", KEPT], "Missing option '--by'"),
        (["review", KEPT, "--by", "ada", "--confidence", "some"], "'some' is not one of"),
        (["rename", KEPT], "Missing argument 'NEW'"),
    ],
)
def test_misuse_is_told_in_a_sentence(world, words, said):
    """A slip of the hand ends with 2 and the way out, and nothing is written."""
    before = world.everything()
    done = run(world, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert world.everything() == before


@pytest.mark.parametrize("verb", ["revise", "rename", "withdraw", "supersede", "review"])
def test_each_command_explains_itself_with_an_example(verb):
    """`--help` shows a line that can be copied, whole."""
    command = Verbs()[verb]
    text = command.get_help(click.Context(command, max_content_width=100))
    assert f"\n  ./run {verb} " in text


def test_an_atlas_without_settings_is_none(world):
    """A folder that holds no atlas is told as one."""
    (world.root / "data/site.yaml").unlink()
    done = run(world, "revise", KEPT, "--because", "x")
    assert (done.returncode, done.stderr) == (
        2,
        "error: there is no data/site.yaml, so this is no atlas\n",
    )
