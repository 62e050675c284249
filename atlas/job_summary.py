"""What a workflow hears of a step: text for the run's page, values for later jobs, in files that the runner names.

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


def hand_on(name: str, value: str) -> None:
    """Tell later steps and jobs a value of one line; where no runner names a file, do nothing."""
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(f"{name}={value}\n")
