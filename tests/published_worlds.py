"""Machine files below `data/published/` for small worlds: what no command wrote, with the sums that it would have."""

import hashlib
import subprocess
from datetime import UTC, datetime

from conftest import ROOT
from worlds import files

from atlas.examine import examine_files
from atlas.published import FOLDER, IDS_FILE, SUMS_FILE, encode_sums
from atlas.published.entering import entering

SOUND = ROOT / "tests" / "broken" / "sound"


def sound():
    """Return the files of the sound atlas by path."""
    return {
        path.relative_to(SOUND).as_posix(): path.read_bytes()
        for top in ("content", "data")
        for path in (SOUND / top).rglob("*")
        if path.is_file()
    }


def with_sums(tree):
    """Return a tree of files as bytes with the sums of what it has below `data/published/`."""
    held = {p: t if isinstance(t, bytes) else t.encode() for p, t in tree.items() if t is not None}
    hashes = {
        path: hashlib.sha256(content).hexdigest()
        for path, content in held.items()
        if path.startswith(f"{FOLDER}/") and path != SUMS_FILE
    }
    return {**held, SUMS_FILE: encode_sums(hashes)}


def ids(**paths):
    """Return the ledger of ids and its sum, from the path of each; an underscore in a name stands for a hyphen."""
    kinds = {"P": "provision", "D": "document"}
    lines = [
        f"{name.replace('_', '-')}\t{kinds[name[-8]]}\t{path}\t2026-01-01\n"
        for name, path in sorted(paths.items())
    ]
    return with_sums({IDS_FILE: "".join(["id\tkind\tpath\tgiven_on\n", *lines])})


def registered(tree, at=datetime(2026, 11, 1, 12, tzinfo=UTC)):
    """Return a sound tree as bytes with all that `./run register` would have entered of it at an instant."""
    examined = examine_files(files(tree), at.date(), strict=True)
    assert not examined.report.problems, examined.report.problems
    whole = {p: t if isinstance(t, bytes) else t.encode() for p, t in tree.items() if t is not None}
    found = entering(examined.atlas, whole.get(SUMS_FILE, b""), at.date(), at)
    for path, content in found.files.items():
        whole.pop(path, None)
        whole |= {} if content is None else {path: content}
    return whole


def lay(root, tree):
    """Write files below a folder; None takes one away."""
    for path, content in tree.items():
        file = root / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def sound_atlas(root):
    """Lay a sound atlas of three records with ids of elsewhere that has published nothing yet; return its root."""
    lay(root, sound())
    site = root / "data" / "site.yaml"
    site.write_text(site.read_text().replace("first_number: 100001", "first_number: 200001"))
    return root


def published_files(root):
    """Return what stands below `data/published/`, by path from the root of the atlas."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / FOLDER).rglob("*"))
        if path.is_file()
    }


def sums_hold(root):
    """Return whether everything below `data/published/` is what its sums say, in the eyes of `sha256sum`."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=root / FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    listed = {line.split("  ")[1] for line in (root / SUMS_FILE).read_text().splitlines()}
    there = {path.removeprefix(f"{FOLDER}/") for path in published_files(root)} - {"SHA256SUMS"}
    return (done.returncode, done.stdout, listed) == (0, "", there)
