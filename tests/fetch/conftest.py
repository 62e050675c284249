"""What the tests of fetching rely on: a web on loopback."""

import pytest
import web


@pytest.fixture
def net():
    """A web of virtual hosts, empty as yet."""
    with web.started() as made:
        yield made
