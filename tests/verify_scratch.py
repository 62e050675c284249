"""A scratch atlas with documents on a web of its own, for runs of the whole verifier.

world = Scratch(tmp_path, net, documents=3)      # SA-D-100001 ... on host1.example.com ..., one record each
world.page(1, clause="We will.")                 # what document 1's host serves now
ran = world.run()                                # one run, in process, on the web's clock
world.later(hours=12)
world.lines()                                    # kinds and documents of the ledger's lines
world.evidence()                                 # every machine file's bytes, by path
world.people()                                   # every other file's bytes, by path
"""

import json
import os
import subprocess
import sys

import worlds
from conftest import ROOT

from atlas.model import Body, Fetched
from atlas.verify.run import run
from atlas.verify.settings import Settings
from atlas.warc import Capture, captures

CLAUSE = (
    "We may use what you write here to train our models, unless you turn that off in your settings."
)
REWORDED = (
    "We may use what you write here to train our models, unless you turn that off in your account."
)
REPOSITORY = "sample/atlas"
CRASH = "<html lang=en><title>Error</title><p>Application error: a client-side exception has occurred.</html>"


def html(clause=CLAUSE, *, title="Terms", seed=0, paragraphs=14):
    """Return a page of terms with the clause in its midst; pages of another seed share no other paragraph."""
    filler = [
        f"<p>Part {n} of agreement {seed}: the number {n * 7 + seed} stands for what both sides owe each other in that part.</p>"
        for n in range(paragraphs)
    ]
    filler.insert(paragraphs // 2, f"<p>{clause}</p>" if clause else "")
    return f"<!doctype html><html lang=en><title>{title}</title><body><h1>{title}</h1>{''.join(filler)}</body></html>"


class Scratch:
    """One atlas on disk, and its hosts."""

    def __init__(self, root, net, documents=1):
        self.root, self.net = root / "atlas", net
        tree = dict(worlds.SHELVES)
        for n in range(1, documents + 1):
            place = f"content/platform/acme{n}"
            tree[f"{place}/_platform.yaml"] = worlds.platform(f"Acme {n}")
            tree[f"{place}/terms/_document.yaml"] = worlds.document(
                id=self.document(n), sources=f"\n  - url: https://host{n}.example.com/terms"
            ).replace("sources: \n", "sources:\n")
            tree[f"{place}/terms/training.md"] = worlds.provision(CLAUSE, id=self.record(n))
        for path, text in tree.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")
        for n in range(1, documents + 1):
            self.page(n)

    @staticmethod
    def document(n):
        return f"SA-D-{100000 + n}"

    @staticmethod
    def record(n):
        return f"SA-P-{100000 + n}"

    def page(self, n, clause=CLAUSE, body=None, **headers):
        """Serve a document."""
        self.net.host(f"host{n}.example.com").page(
            "/terms", body or html(clause, seed=n), **headers
        )

    def later(self, hours=12):
        self.net.clock.at += hours * 3600

    def run(self, fetch=None, progress=None, **settings):
        """One run, in this process."""
        told = Settings(**{"repository": REPOSITORY, **settings})
        more = {} if progress is None else {"progress": progress}
        return run(self.root, told, self.net.settings(**(fetch or {})), **more)

    def capture(self, folder, pages, name="20261122T051700Z"):
        """Write captures of documents by number, for runs that ask nobody; return the file."""
        with captures(folder, name, "tests") as file:
            for n, body in pages.items():
                url = f"https://host{n}.example.com/terms"
                answer = Body(url, url, 200, "text/html; charset=utf-8", body.encode())
                at = self.net.clock.now().replace(microsecond=0)
                file.keep(Capture(Fetched(self.document(n), at, (answer,)), "first", "region EU"))
        return folder / f"{name}.warc.gz"

    def command(self, *arguments, **more):
        """Run `verify` in a process of its own."""
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "atlas",
                "--root",
                str(self.root),
                "verify",
                *map(str, arguments),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        )

    def ledger(self):
        """Return the ledger's lines as they stand, in order."""
        files = sorted((self.root / "data/evidence/ledger").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]

    def lines(self):
        return [(line["kind"], line["document"]) for line in self.ledger()]

    def evidence(self):
        return self._bytes(lambda path: path.startswith("data/evidence/"))

    def people(self):
        return self._bytes(lambda path: not path.startswith("data/evidence/"))

    def _bytes(self, wanted):
        files = {
            p.relative_to(self.root).as_posix(): p for p in self.root.rglob("*") if p.is_file()
        }
        return {name: path.read_bytes() for name, path in sorted(files.items()) if wanted(name)}
