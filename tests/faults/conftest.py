"""Every fault befalls both databases; the desk is one real Roundup for all of them."""

from collections.abc import Iterator

import pytest

from tests.fixtures.houses import database_url, house
from tests.peers.roundup import RoundupPeer, running_roundup

__all__ = ["database_url", "house", "roundup"]


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    with running_roundup(tmp_path_factory.mktemp("roundup")) as peer:
        yield peer
