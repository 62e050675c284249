"""One command at a time writes an atlas: its records, and what was published of them.

Edge. Whoever comes meanwhile is refused, and told who it is: what a command has read stays so until it has written.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from atlas import durable
from atlas.problem import Fault

_LOCK = "data/.lock"


@contextmanager
def only_writer(root: Path, command: str, fault: type[Fault]) -> Iterator[None]:
    """Let this command alone write until the block ends; its name, as in `./run revise`, is told to others.

    Raises:
        Fault: of the kind `fault`: another command writes, or nothing can be written there.
    """
    with ExitStack() as turn:
        with durable.told("data", fault):
            lock = root.absolute() / _LOCK
            turn.enter_context(durable.alone(lock, f"of {command}", "this atlas", fault))
        yield
