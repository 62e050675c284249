"""What the tests of the whole verifier share: a web, and an atlas whose documents are on it."""

import pytest
import web
from verify_scratch import Scratch


@pytest.fixture
def net():
    """A web of virtual hosts with a clock that jumps."""
    with web.started() as net:
        yield net


@pytest.fixture
def world(tmp_path, net):
    """An atlas of one document on that web."""
    return Scratch(tmp_path, net)


@pytest.fixture
def worlds_of(tmp_path, net):
    """A function that makes an atlas of so many documents."""
    return lambda documents: Scratch(tmp_path, net, documents)
