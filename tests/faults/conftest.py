"""Every fault befalls both databases; the desk is one real Roundup for all of them."""

from collections.abc import Iterator

import pytest

from tests.fixtures.houses import Way, database_url, house, mode, way
from tests.peers.roundup import RoundupPeer, running_roundup

__all__ = ["database_url", "house", "mode", "roundup", "way"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Over web sockets, which some of the faults are about."""
    if "way" in metafunc.fixturenames:
        ways = [Way("sqlite", "socket"), Way("postgres", "socket")]
        metafunc.parametrize("way", ways, indirect=True, ids=str)


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    with running_roundup(tmp_path_factory.mktemp("roundup")) as peer:
        yield peer
