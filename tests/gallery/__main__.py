"""The door of the gallery: `./run gallery [--only NAME] [--output DIR]`.

Exit codes: 0 every picture was taken, 1 some were not, 2 misuse.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from conftest import ROOT

from atlas.reports.report import counted
from gallery import camera, sheet
from gallery.atlases import atlases
from gallery.shots import MODES, SHOTS


def main():
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(
        prog="./run gallery",
        description="Take a picture of every page type and state, in every light.",
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="NAME",
        help="pictures with NAME in theirs: provision, provision-draft, .dark",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder to write; default: gallery"
    )
    arguments = parser.parse_args()
    output = _typed(arguments.output) if arguments.output else ROOT / "gallery"
    wanted = [(s, m) for s in SHOTS for m in s.modes if arguments.only in f"{s.name}.{m}"]
    if not wanted:
        parser.error(
            f"no picture has `{arguments.only}` in its name; tests/gallery/shots.py lists them"
        )
    if not arguments.only:
        _clear(output)
    return take(wanted, output)


def take(wanted, output):
    """Take pictures of (shot, mode) pairs, write them with their sheet, and return an exit code."""
    began = time.monotonic()
    _claim(output)
    with tempfile.TemporaryDirectory(prefix="gallery-") as place, atlases(Path(place)) as shown:
        orders = [_order(shot, mode, shown, output) for shot, mode in wanted]
        pictures = camera.shoot(orders, _tell)
    faults = [picture for picture in pictures if picture.fault]
    seconds = time.monotonic() - began
    taken = counted(len(pictures) - len(faults), "pictures")
    said = f"{taken} of {counted(len({s.name for s, _ in wanted}), 'pages')} in {seconds:.0f} s"
    (output / "index.html").write_text(sheet.page(pictures, said), encoding="utf-8")
    print(f"{said}: {output}{os.sep}index.html")
    for picture in faults:
        print(
            f"not taken: {picture.order.name}.{picture.order.mode}: {picture.fault}",
            file=sys.stderr,
        )
    return 1 if faults else 0


def _order(shot, mode, shown, output):
    url = shown.address(shot.atlas) + MODES[mode].folder + shot.address
    return camera.Order(shot.name, mode, url, shot.does, output / f"{shot.name}.{mode}.png")


def _claim(output):
    """Make the folder, or see that it is a gallery: nobody's files are to be mixed with pictures."""
    mark = output / ".atlas-gallery"
    if output.exists() and not mark.exists() and (not output.is_dir() or any(output.iterdir())):
        print(
            f"error: {output} is no gallery, and it is not empty; name another folder",
            file=sys.stderr,
        )
        raise SystemExit(2)
    output.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _clear(output):
    """Take away pictures of shots that are no longer in the table."""
    for mode in MODES:
        for picture in output.glob(f"*-*.{mode}.png"):
            picture.unlink()


def _tell(picture):
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{picture.order.name}.{picture.order.mode}")


def _typed(path):
    return Path(os.environ.get("ATLAS_FROM", ".")).absolute() / path


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("stopped; the pictures that were taken are there", file=sys.stderr)
        sys.exit(130)
    except OSError as fault:
        print(f"error: {fault.filename or 'a file'}: {fault.strerror}", file=sys.stderr)
        sys.exit(2)
