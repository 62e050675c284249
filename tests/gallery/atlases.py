"""What the gallery shows: publishes each atlas once, when its first picture is wanted, and serves it on loopback."""

import shutil
from contextlib import ExitStack, contextmanager

import previews
import worlds
from conftest import AS_OF, ROOT, copy_atlas
from static_host import StaticHost

from atlas import site

previews.PATIENCE = 120  # seconds: pictures have more time than a test

BROKEN = "content/platform/brindle/terms/training-after-opt-out.md"


def _real(folder):
    """The records of this repository."""
    return copy_atlas(folder)


def _sample(folder):
    """The fictional atlas, which holds every state that a record can be in."""
    return shutil.copytree(ROOT / "tests" / "sample", folder)


def _bare(folder):
    """One record, and shelves with nothing on them beside its own."""
    record = worlds.provision(clause_type="deletion", stance="prompt")
    for file in worlds.files(worlds.with_platforms(acme=[record])):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder


ATLASES = {"real": _real, "sample": _sample, "bare": _bare, "broken": _sample}
"""What writes an atlas, by name. `broken` is the fictional one as the preview shows it with faults in a record."""


class Atlases:
    """The atlases that were asked for so far, each at an address of its own."""

    def __init__(self, place, stack):
        """Write below `place`; what is served ends with `stack`."""
        self._place, self._stack, self._addresses = place, stack, {}

    def address(self, name):
        """Publish an atlas, once, and return where its root is served, without a final slash."""
        if name not in self._addresses:
            root = ATLASES[name](self._place / name)
            serve = self._previewed if name == "broken" else self._published
            self._addresses[name] = serve(root).rstrip("/")
        return self._addresses[name]

    def _published(self, root):
        built = site.build(root, root / "site", site.Settings(AS_OF))
        assert built.written, built.report.problems
        host = StaticHost(root / "site")
        self._stack.callback(host.close)
        return host.address

    def _previewed(self, root):
        preview = self._stack.enter_context(previews.running(root))
        record = root / BROKEN
        text = record.read_text(encoding="utf-8")
        previews.save(record, text.replace("\nstance: ", "\nstance: x").replace("sha256:", "md5:"))
        preview.heard("problem")
        return preview.address


@contextmanager
def atlases(place):
    """Give the atlases, written below `place`, for as long as they are looked at."""
    with ExitStack() as stack:
        yield Atlases(place, stack)
