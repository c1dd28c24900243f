"""Faults befall both databases, but those that are not theirs; the desk is one real Roundup."""

from collections.abc import Iterator

import pytest

from tests.fixtures.houses import SOCKETS, database_url, house, mode, names_its_ways, way
from tests.peers.roundup import RoundupPeer, running_roundup

__all__ = ["database_url", "house", "mode", "roundup", "way"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Over web sockets, which some of the faults are about."""
    if "way" in metafunc.fixturenames and not names_its_ways(metafunc):
        metafunc.parametrize("way", SOCKETS, indirect=True, ids=str)


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    with running_roundup(tmp_path_factory.mktemp("roundup")) as peer:
        yield peer
