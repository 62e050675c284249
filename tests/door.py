"""The program as people type it: words in; exit code, and what was said, out.

    done = door.typed("check", "--format", "json", cwd=atlas)  # in the process of the tests, through `cli.main`
    done = door.apart("check", "--format", "json", cwd=atlas)  # in a process of its own, which costs a second more

Signals, limits, locks, variables that Python reads when it starts: these only a process of its own can show.
"""

import io
import os
import signal
import subprocess
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from unittest.mock import patch

from conftest import ROOT

from atlas import cli


def typed(*words, cwd=ROOT, env=None, clear=False, given=""):
    """Run a command typed in a folder, with these variables beside those of this process, or instead of them.

    `given` is what it can read from its standard input. A bug is raised here.
    """
    words = [str(word) for word in words]
    said, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        chdir(cwd),
        patch.dict(os.environ, env or {}, clear=clear),
        patch.object(sys, "argv", ["atlas", *words]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()))),
        _signals_as_they_were(),
        redirect_stdout(said),
        redirect_stderr(errors),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
    return subprocess.CompletedProcess(words, code, _text(said), _text(errors))


def apart(*words, cwd=ROOT, env=None, clear=False, **more):
    """Run the same in a process of its own; `more` is for `subprocess.run`."""
    return subprocess.run(
        [sys.executable, "-m", "atlas", *map(str, words)],
        cwd=cwd,
        env={**({} if clear else os.environ), "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


@contextmanager
def _signals_as_they_were():
    listening = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, listening)


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")
