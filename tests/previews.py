"""Real previews to test with: a process of its own, on any free port, over a copy of an atlas."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20


class Running:
    """A preview that runs: its address, what it printed, its pages."""

    def __init__(self, process, root):
        self.process, self.root = process, root
        self.lines, self.address = [], ""
        self._printed = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._printed.put(line)
        self._printed.put(None)

    def heard(self, pattern):
        """Return the match of the first line from now on that fits, or fail."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._printed.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                line = None
            assert line is not None, f"never heard `{pattern}`; heard:\n{''.join(self.lines)}"
            self.lines.append(line)
            if found := re.search(pattern, line):
                return found

    def page(self, address):
        """Return the text of a page."""
        with urllib.request.urlopen(
            self.address + address.removeprefix("/"), timeout=PATIENCE
        ) as answer:
            return answer.read().decode()

    def stop(self, number=signal.SIGINT):
        """Stop it as a person would; return the exit code and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE)
        took = time.monotonic() - began
        while (line := self._printed.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
        return code, took


@contextmanager
def running(root, *options, place=None):
    """Give a preview of the atlas at `root` that serves; `place` is where it may put temporary folders."""
    command = [sys.executable, "-m", "atlas", "--root", str(root), "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place or root.parent)}
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    preview = Running(process, root)
    try:
        preview.address = preview.heard(
            r"^Serving (http://127\.0\.0\.1:\d+/\S*) \(Ctrl-C stops\)$"
        )[1]
        yield preview
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def save(path, text):
    """Save a file in one step, as most editors do."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text)
    beside.replace(path)


def eventually(fact):
    """Wait until `fact()` is true, and return what it gave."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if found := fact():
                return found
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.02)
    raise AssertionError("it never came true")
