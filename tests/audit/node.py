"""Tools that run on Node: where `./run audit` put them, and how one is run."""

import subprocess
from pathlib import Path
from tempfile import TemporaryFile

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"


def run(script, *arguments):
    """Run a tool on Node; return its exit status, all that it printed, and its complaints.

    It prints to a file: a tool that ends at once may lose what a pipe has not taken yet.
    """
    with TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            ["node", script, *arguments],
            cwd=HERE,
            stdout=said,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        said.seek(0)
        return done.returncode, said.read(), done.stderr
