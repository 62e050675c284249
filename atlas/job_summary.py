"""The page on which GitHub sums up a run of a workflow: text is added to the file that the runner names.

Edge.
"""

import os
from pathlib import Path


def append(text: str) -> None:
    """Add Markdown to the summary of the step that is running; where no runner names a file, do nothing."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with Path(file).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
