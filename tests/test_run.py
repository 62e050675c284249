"""The door of the checkout: what it says where it cannot help."""

import shutil
import subprocess

from conftest import ROOT


def test_a_checkout_that_cannot_be_written_is_a_sentence(tmp_path):
    """Where `.venv` cannot be made, `run` says so in one sentence and ends with 2."""
    shutil.copy(ROOT / "run", tmp_path / "run")
    # Root may write anywhere, so a folder stands where the lock would be.
    (tmp_path / ".venv.lock").mkdir()
    done = subprocess.run(
        ["sh", str(tmp_path / "run"), "build"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"run: nothing can be written to {tmp_path}. Make it writable, or copy it elsewhere.\n"
    )
