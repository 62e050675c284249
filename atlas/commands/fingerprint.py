"""`./run fingerprint`: the hash of a quotation or of a document's text, with the name of its form. Door."""

import sys
from pathlib import Path

import click

from atlas.commands.options import typed
from atlas.problem import Fault

_FORMS = ("text-v1", "clause-v1")


class FingerprintFault(Fault):
    """There is no text to take a fingerprint of; says why."""


@click.command()
@click.option("--form", type=click.Choice(_FORMS), required=True, help="How the text is folded.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def fingerprint(form: str, file: Path) -> int:
    """Print the hash of a text with the name of its form: clause-v1:sha256:...

    FILE is UTF-8 text; `-` reads standard input. clause-v1 is the form in which quotations are compared,
    text-v1 the one in which texts of documents are held.
    """
    from atlas.canonical import clause_sha256, text_sha256

    digest = {"text-v1": text_sha256, "clause-v1": clause_sha256}[form]
    print(f"{form}:sha256:{digest(_text(file))}")
    return 0


def _text(file: Path) -> str:
    name = "standard input" if str(file) == "-" else str(file)
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else typed(file).read_bytes()
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FingerprintFault(
            f"{name} is not UTF-8: byte {error.start + 1} does not fit. Save it as UTF-8, and try again."
        ) from error
    except FileNotFoundError:
        raise FingerprintFault(f"there is no {name}") from None
    except IsADirectoryError:
        raise FingerprintFault(f"{name} is a folder; name a file with the text in it") from None
    except OSError as error:
        raise FingerprintFault(f"{name} cannot be read: {error.strerror or error}") from error
