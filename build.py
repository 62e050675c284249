"""`python build.py` is `python -m atlas build`, for hands and hosts that expect such a file."""

import os
import pathlib
import runpy
import sys

if __name__ == "__main__":
    os.environ.setdefault("ATLAS_FROM", str(pathlib.Path.cwd()))
    os.chdir(pathlib.Path(__file__).resolve().parent)
    sys.argv[1:1] = ["build"]
    try:
        runpy.run_module("atlas", run_name="__main__", alter_sys=True)
    except ImportError as fault:
        # A package is missing, or this Python is too old to have what atlas imports.
        if sys.version_info >= (3, 11) and (fault.name or "atlas").startswith("atlas"):
            raise
        reason = f"{fault}, in Python {sys.version_info[0]}.{sys.version_info[1]}"
        print(f"build.py: {reason}. `./run build` brings what it needs.", file=sys.stderr)
        sys.exit(2)
