"""Small real atlases with a real git history, published as the machine files say it."""

import subprocess
from datetime import UTC, date, datetime

import pytest
from worlds import SHELVES, document, platform, provision

from atlas.editing.naming import record_called
from atlas.editing.opened import opened
from atlas.examine import examine
from atlas.register import register

TODAY = date(2026, 11, 22)
TERMS = "content/platform/acme/terms"
KEPT, MILD, NEW = (f"{TERMS}/{name}.md" for name in ("kept", "mild", "new"))
BODY = "## Why it matters\n\n" + " ".join(f"word{n}" for n in range(97)) + "\n"

RECORD = provision(
    id="SA-P-100001",
    title='"Kept: chats"',
    regulations="\n  - id: eu-act\n    # why it is here\n    why: 'It''s on'",
    analysis="\n  written: 2026-05-09\n  method: human\n  authors:\n    - ada",
    body=BODY,
).replace("---\n", "---\n# what this is about\n", 1)
"""A record with comments and quotes that no edit may lose; its text has 100 words."""

TREE = {
    **SHELVES,
    "data/people.yaml": "ada:\n  name: Ada Lovelace\n  sort_name: Lovelace, Ada\ngrace:\n  name: Grace Hopper\n",
    "content/about.md": "---\ntitle: About\ndescription: What this is.\n---\n\nSee [it](/platform/acme/terms/kept/).\n",
    "content/platform/acme/_platform.yaml": platform("Acme"),
    f"{TERMS}/_document.yaml": document(id="SA-D-100001"),
    KEPT: RECORD,
    MILD: provision(
        "We delete at once.", "## Why it matters\n\nLess so.\n",
        id="SA-P-100002", title="Mild", claim="Deletes at once", clause_type="deletion", stance="prompt",
    ),
    NEW: provision("What is new.", "## Why it matters\n\nNobody saw it.\n", title="New", claim="Is new here"),
}  # fmt: skip


class World:
    """An atlas on disk, its git, and what a person does with both."""

    def __init__(self, root):
        self.root = root

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def read(self, path=KEPT):
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, old, new, path=KEPT):
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def opened(self):
        return opened(self.root)

    def record(self, name="SA-P-100001"):
        atlas = self.opened()
        return atlas, record_called(atlas, name, self.root)

    def problems(self, as_of=TODAY):
        """What `./run check` would refuse."""
        return [p for p in examine(self.root, as_of).report.problems if p.blocks]

    def git(self, *arguments):
        subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@sample.example", *arguments],
            cwd=self.root, check=True, capture_output=True,
        )  # fmt: skip

    def commit(self, message="Records"):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def publish(self, on=TODAY):
        """Enter what has an id, as the publishing job does: it takes no record that has none."""
        new = self.read(NEW)
        (self.root / NEW).unlink()
        register(self.root, on, datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        self.write(NEW, new)

    def everything(self):
        """Every file but git's own, with its bytes."""
        return {
            p.relative_to(self.root).as_posix(): p.read_bytes()
            for p in sorted(self.root.rglob("*"))
            if p.is_file() and ".git/" not in p.as_posix()
        }


@pytest.fixture
def unpublished(tmp_path):
    world = World(tmp_path / "atlas")
    for path, text in TREE.items():
        world.write(path, text)
    world.git("init", "-q", "-b", "main")
    world.commit()
    return world


@pytest.fixture
def world(unpublished):
    """An atlas of which two records were published and one was not."""
    unpublished.publish()
    unpublished.commit("Published")
    return unpublished
