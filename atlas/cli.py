"""The door: one group of verbs, and the one place where errors meant for people are caught.

Exit codes: 0 clean, 1 the records have problems, 2 the command was misused or cannot do its work,
130 interrupted, 143 told to stop. `verify` has 3 and 4 besides: see `atlas.commands.verify`.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from atlas import __version__
from atlas.commands import Verbs
from atlas.commands.options import MISUSE
from atlas.problem import Fault, shortened

INTERRUPTED = 130
TERMINATED = 143


class Terminated(BaseException):
    """The program was told to end (SIGTERM); as KeyboardInterrupt, no `except Exception` catches it."""


def main() -> NoReturn:
    """Run the program and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8, or a file name that is none, shows as escapes and stops nothing.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = cli.main(prog_name=os.environ.get("ATLAS_PROGRAM", "atlas"), standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        status = leave.exit_code
    except click.UsageError as error:
        click.UsageError(shortened(error.format_message()), error.ctx).show()
        status = MISUSE
    except (click.Abort, KeyboardInterrupt):
        print("interrupted; nothing was left half-written", file=sys.stderr)
        status = INTERRUPTED
    except Terminated:
        print("told to stop; nothing was left half-written", file=sys.stderr)
        status = TERMINATED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = MISUSE
    except Fault as fault:
        _complain(str(fault))
        status = MISUSE
    except OSError as error:
        _complain(f"{error.filename or 'the disk'}: {error.strerror or error}")
        status = MISUSE
    sys.exit(status)


@click.group(
    commands=Verbs(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="atlas")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The atlas: the folder that holds content/ and data/.",
)
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """From records to a published governance atlas."""
    context.obj = root


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _complain(sentence: str) -> None:
    from atlas.reports.text import visible  # noqa: PLC0415

    # Other programs' words come in lines, and a person's may be a whole file that was pasted.
    one_line = " ".join(filter(None, map(str.strip, sentence.splitlines())))
    print(f"error: {visible(shortened(one_line))}", file=sys.stderr)
