"""A small published world whose citations can be checked: two records, one of them in two revisions, looked at, registered.

world = CitationWorld(tmp_path, net, authority)  # net: tests/web.py; authority: tests/time_authority.py
world.site                                       # the published site, a folder
world.flat(folder)                               # the files of one citation, flat, as somebody downloads them
"""

import hashlib
import shutil
from datetime import UTC, datetime, timedelta

from published_worlds import ids
from verify_scratch import CLAUSE, Scratch

from atlas import site
from atlas.held import Held
from atlas.proof import root_line, stamp
from atlas.published import ANCHORS_FOLDER, SUMS_FILE, renewed_sums
from atlas.register import register

FIRST, SECOND = "SA-P-100001", "SA-P-100002"
START = datetime(2026, 11, 22, 18, tzinfo=UTC)
PAGE = "platform/acme1/terms/training"
REVISED = CLAUSE + " You can change your mind at any time."


class CitationWorld:
    """Published three times: both records, the second revision of the first, and a rewording of the second."""

    def __init__(self, root, net, authority=None):
        self.scratch = Scratch(root, net, documents=2)
        self.root, self.site = self.scratch.root, root / "site"
        place = self.root / "content" / PAGE
        document = place.parent / "_document.yaml"
        document.write_text(document.read_text() + "publish_text: true\n")
        net.host("host1.example.com").page("/terms", _page(REVISED))
        net.host("host2.example.com").page("/terms", _page(CLAUSE))
        self._look()
        self._give_ids()
        self.register(START)
        self._revise(place.with_suffix(".md"), place / "r1.md")
        self.register(START + timedelta(hours=2))
        net.host("host2.example.com").page("/terms", _page(CLAUSE.replace("settings", "account")))
        self.scratch.later(12)
        self._look()
        self.scratch.later(13)
        self._look()
        self.register(START + timedelta(days=2))
        if authority:
            self.stamp(authority)
        self.build()

    def register(self, at):
        register(self.root, at.date(), at)

    def build(self):
        done = site.build(
            self.root,
            self.site,
            site.Settings((START + timedelta(days=2)).date(), with_search=False),
        )
        assert done.written, done.report.problems

    def stamp(self, authority):
        """Keep a time stamp of the newest root, as `./run timestamp` does."""
        newest = Held(self.root).read().published.roots[-1]
        answer = authority.answer(stamp.request(root_line(newest), 1))
        self.keep(f"{newest.size}.sample.tsr", answer)

    def keep(self, name, content):
        """Keep an anchor."""
        path = self.root / ANCHORS_FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        sums = self.root / SUMS_FILE
        sums.write_bytes(renewed_sums(sums.read_bytes(), {f"{ANCHORS_FOLDER}/{name}": content}))

    def flat(self, folder, revision=1, *, log=True):
        """Copy the files of a citation of the first record to a folder, flat beside each other."""
        folder.mkdir(parents=True, exist_ok=True)
        page = self.site / PAGE
        log_folder = self.site / "api/v1/log"
        shutil.copy(page / f"r{revision}/record.json", folder)
        shutil.copy(page / "proof.json", folder)
        shutil.copy(page.parent / "evidence.json", folder)
        shutil.copy(log_folder / "roots.jsonl", folder)
        if log:
            shutil.copy(log_folder / "0000.jsonl", folder)
            for anchor in (log_folder / "anchors").glob("*"):
                shutil.copy(anchor, folder)
        for text in (self.site / "evidence/texts").rglob("*.txt"):
            assert hashlib.sha256(text.read_bytes()).hexdigest() == text.stem
            shutil.copy(text, folder)
        return folder

    def _give_ids(self):
        """Enter the ids that the records have, as `./run assign` enters those that it gives."""
        given = {}
        for n in (1, 2):
            place = f"content/platform/acme{n}/terms"
            given[self.scratch.record(n).replace("-", "_")] = f"{place}/training.md"
            given[self.scratch.document(n).replace("-", "_")] = f"{place}/_document.yaml"
        for path, content in ids(**given).items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(content)

    def _look(self):
        self.scratch.run()

    def _revise(self, path, former):
        text = path.read_text()
        former.parent.mkdir(exist_ok=True)
        former.write_text(text)
        note = "revision:\n  number: 2\n  on: 2026-11-22\n  because: The next sentence belongs to the clause.\n"
        path.write_text(
            text.replace(CLAUSE, REVISED).replace("clause_type:", f"{note}clause_type:", 1)
        )


def _page(clause):
    filler = "".join(
        f"<p>Part {n} of the agreement: the number {n * 7} stands for what both sides owe each other.</p>"
        for n in range(14)
    )
    return f"<!doctype html><html lang=en><title>Terms</title><body><h1>Terms</h1>{filler}<p>{clause}</p></body></html>"
