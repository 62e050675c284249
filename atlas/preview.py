"""The preview: build, serve, watch, and build again at every save, until it is stopped.

A line: joins the site's stages with the server and the watcher. A site that does not come out well
never takes the place of the last one that did; `showing` says what is seen instead.
"""

import os
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from time import perf_counter
from types import FrameType

from atlas import examine, load, search, showing, site, watch
from atlas.held import Held
from atlas.model import Atlas
from atlas.problem import Fault
from atlas.progress import progress
from atlas.revision import revision
from atlas.server import Server
from atlas.showing import Drawer, Outcome
from atlas.write import fresh_site

_WATCHED = ("content", "data", "templates")
_SETTLE = 0.25
"""Seconds without a save before the search index is made, so that it takes nothing from the pages."""
_NAMED = 3
"""More files than these that changed at once are only counted."""


def serve(root: Path, *, port: int = 8000, base_url: str | None = None) -> int:
    """Build the atlas at `root` into a private folder and serve that until stopped.

    Raises:
        PortFault: no port could be had.
    """
    server = Server(port)
    with (
        _until_stopped(),
        tempfile.TemporaryDirectory(
            prefix="clause-atlas-preview-", ignore_cleanup_errors=True
        ) as place,
    ):
        preview = Preview(root.resolve(), Path(place), base_url, server)
        try:
            preview.run()
        finally:
            _ignore_signals()
            preview.stop()
    return 0


class Preview:
    """One preview: what it builds from, where to, and the last site that came out well."""

    def __init__(self, root: Path, place: Path, base_url: str | None, server: Server) -> None:
        """Prepare; `place` is an empty folder of our own."""
        self._root, self._place, self._server = root, place, server
        self._site = place / "site"
        self._settings = site.Settings(_today(), base_url, revision(root), with_search=False)
        self._held = Held(root)
        self._good: Drawer | None = None
        self._indexer = Indexer(self._site)

    def run(self) -> None:
        """Build, serve, and build again at every change; only an exception ends it."""
        folders = [*(self._root / name for name in _WATCHED)]
        if (packaged := load.packaged_templates()) not in folders:
            folders.append(packaged)
        seen = watch.stamp_of(folders)
        self.refresh()
        self._server.start()
        # From here on this process has threads, and one that has them had better not fork.
        self._settings = replace(self._settings, workers=1)
        _tell(f"Serving {self._server.address} (Ctrl-C stops)")
        self._indexer.start()
        for changed in watch.changes(folders, Event(), seen):
            self.refresh(changed)

    def stop(self) -> None:
        """Give everything back."""
        self._server.stop()
        self._indexer.stop()

    def refresh(self, changed: Collection[Path] = ()) -> None:
        """Build again, and show what came of it."""
        began = perf_counter()
        self._indexer.pause()
        outcome = self._outcome()
        self._indexer.resume(is_replaced=outcome.drawer is not None)
        self._good = outcome.drawer or self._good
        is_kept, coming = self._good is not None, (f"/{search.FOLDER}/", self._indexer.idle)
        self._server.show(
            showing.showing(
                outcome, self._drawers(outcome), self._site, is_kept=is_kept, coming=coming
            )
        )
        occasion = _named(self._root, changed)
        _tell(
            f"{showing.summary(outcome, is_kept=is_kept)} ({occasion}{perf_counter() - began:.2f} s)"
        )

    def _outcome(self) -> Outcome:
        try:
            return self._build()
        except Exception:  # noqa: BLE001  a bug of ours must not end the preview of somebody's work
            return Outcome(None, trace=traceback.format_exc())

    def _build(self) -> Outcome:
        with progress() as stages:
            settings = replace(self._settings, as_of=_today())
            examined = examine.examine(
                self._root, settings.as_of, progress=stages, machine=self._held
            )
            if not examined.is_sound:
                return Outcome(examined.report, examined.atlas)
            try:
                drawing = site.draw(self._root, examined.atlas, settings)
                with fresh_site(self._site) as folder:
                    site.write(drawing, folder, settings, stages)
                    self._keep_index(folder)
            except Fault as fault:
                return replace(showing.of_fault(fault, self._root), atlas=examined.atlas)
        return Outcome(
            examined.report,
            examined.atlas,
            Drawer(drawing.publication, drawing.draw),
            pages=len(drawing.plans),
        )

    def _keep_index(self, folder: Path) -> None:
        # Until the new index is made the last one serves whoever asked while the site was replaced.
        with suppress(OSError, shutil.Error):
            shutil.copytree(
                self._site / search.FOLDER, folder / search.FOLDER, copy_function=os.link
            )

    def _drawers(self, outcome: Outcome) -> Iterator[Callable[[], Drawer]]:
        """Yield what can draw a page of problems: the working copy's own templates, else the last good ones."""
        atlas, good = outcome.atlas, outcome.drawer or self._good
        if outcome.drawer is None and atlas is not None and atlas.records.site is not None:
            yield lambda: self._drawer(atlas)
        if good is not None:
            yield lambda: good

    def _drawer(self, atlas: Atlas) -> Drawer:
        templates = load.load_templates(self._root)
        publication = site.publish(atlas, templates, self._settings)
        assets = tuple(site.assets(publication, templates))
        return Drawer(publication, site.renderer(publication, templates).draw, assets)


class Indexer:
    """Makes the search index after the pages are shown, since nobody waits for it."""

    def __init__(self, folder: Path) -> None:
        """Prepare to index the site at `folder`."""
        self.idle = Event()
        """Set unless the index of the newest site is still to come."""
        self._folder = folder
        self._lock = Lock()
        self._wanted, self._ended = Event(), Event()
        self._is_paused = self._is_running = False
        self._thread = Thread(target=self._run, name="search index", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def pause(self) -> None:
        """Hear that the site may be replaced from now on."""
        with self._lock:
            self._is_paused = True
            self.idle.clear()

    def resume(self, *, is_replaced: bool) -> None:
        """Hear that the site stays from now on, and whether it is a new one."""
        with self._lock:
            self._is_paused = False
            if is_replaced:
                self._wanted.set()
            self._settle()

    def stop(self) -> None:
        """Finish what is being made, and no more."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait()
            with self._lock:
                self._is_running = True
            while self._wanted.is_set() and not self._ended.is_set():
                self._wanted.clear()
                self._ended.wait(_SETTLE)
            if not self._ended.is_set():
                self._index()
            with self._lock:
                self._is_running = False
                self._settle()

    def _settle(self) -> None:
        if not (self._is_paused or self._is_running or self._wanted.is_set()):
            self.idle.set()

    def _index(self) -> None:
        try:
            search.index(self._folder)
        except Fault as fault:
            self._tell(str(fault))
        except Exception:  # noqa: BLE001  pages are served with or without search
            self._tell(traceback.format_exc())

    def _tell(self, sentence: str) -> None:
        # That a site cannot be indexed which was replaced meanwhile, or goes away with us, is no news.
        if not (self._is_paused or self._wanted.is_set() or self._ended.is_set()):
            _tell(sentence)


def _named(root: Path, changed: Collection[Path]) -> str:
    if len(changed) > _NAMED:
        return f"{len(changed)} files, "
    # Templates that travel with the program stand outside an atlas that has none of its own.
    program = load.packaged_templates().parent
    return "".join(
        f"{path.relative_to(root if path.is_relative_to(root) else program).as_posix()}, "
        for path in sorted(changed)
    )


def _tell(sentence: str) -> None:
    print(sentence.rstrip("\n"), flush=True)  # noqa: T201  the terminal is this command's second page


def _today() -> date:
    return datetime.now(UTC).date()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _until_stopped() -> Iterator[None]:
    for number in _SIGNALS:
        signal.signal(number, _stop)
    with suppress(KeyboardInterrupt):
        yield


def _ignore_signals() -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


_SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
