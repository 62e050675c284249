"""GitHub's attestations, verified by its own program: `gh attestation verify`, where that is there.

Edge. What the program says is taken by its exit code; that it could not do its work is no verdict.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_PATIENCE = 120
"""Seconds."""
_NO_LOGIN = 4
_NO_NETWORK = re.compile(
    r"dial tcp|no such host|timeout|connection|network|auth login|could not resolve|HTTP [45]\d\d",
    re.IGNORECASE,
)


def is_there() -> bool:
    """Return whether `gh` is installed."""
    return shutil.which("gh") is not None


def verify(subject: bytes, bundle: bytes, repository: str) -> tuple[bool | None, str]:
    """Return whether a bundle attests bytes for a repository, and the first line of what `gh` said.

    None: it could not be said, since `gh` is not there, not signed in, or reaches nobody.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, attested = Path(folder, "root.json"), Path(folder, "root.sigstore.json")
        file.write_bytes(subject)
        attested.write_bytes(bundle)
        try:
            told = ["--bundle", str(attested), "--repo", repository]
            done = subprocess.run(  # noqa: S603  no shell; the paths are ours
                ["gh", "attestation", "verify", str(file), *told],  # noqa: S607  wherever it is installed
                capture_output=True,
                check=False,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
            )
        except FileNotFoundError:
            return None, "gh is not installed"
        except subprocess.TimeoutExpired:
            return None, f"gh gave no answer within {_PATIENCE} seconds"
        except OSError as error:
            return None, f"gh cannot be run: {error.strerror or error}"
    said = (done.stderr or done.stdout).decode("utf-8", "replace").replace(folder, "")
    first = next((line.strip() for line in said.splitlines() if line.strip()), "")
    if done.returncode == 0:
        return True, first
    if done.returncode == _NO_LOGIN or _NO_NETWORK.search(said):
        return None, first
    return False, first
