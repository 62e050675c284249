"""One small published world for every test of citations (see `citation_worlds`); who changes something takes a copy."""

import shutil
from types import SimpleNamespace

import door
import pytest
import web
from citation_worlds import CitationWorld
from time_authority import TimeAuthority

from atlas.proof import stamp


@pytest.fixture(scope="session")
def world(once):
    """Folders `atlas`, `site` and `flat`; `root.pem` and `stranger.pem` of two authorities, `other.tsr` over other bytes."""

    def make(folder):
        authority = TimeAuthority(folder / "authority")
        (folder / "root.pem").write_bytes(authority.root_pem)
        (folder / "stranger.pem").write_bytes(TimeAuthority(folder / "stranger").root_pem)
        (folder / "other.tsr").write_bytes(authority.answer(stamp.request(b"another line", 1)))
        with web.started() as net:
            CitationWorld(folder, net, authority).flat(folder / "flat")

    folder = once("citations", make)
    return SimpleNamespace(
        folder=folder, atlas=folder / "atlas", site=folder / "site", flat=folder / "flat"
    )


@pytest.fixture
def flat(world, tmp_path):
    """The files of one citation, flat beside each other, to change at will."""
    return shutil.copytree(world.flat, tmp_path / "saved")


@pytest.fixture
def run(tmp_path):
    """Run a verb in an empty folder: no repository, no settings. Returns exit code, what is said, and errors."""
    empty = tmp_path / "empty"
    empty.mkdir()

    def run(*arguments, root=None, cwd=empty, **more):
        where = ["--root", root] if root else []
        env = {"PATH": "/usr/bin:/bin", "HOME": str(empty), **more}
        done = door.typed(*where, *arguments, cwd=cwd, env=env, clear=True)
        return done.returncode, done.stdout, done.stderr

    return run
