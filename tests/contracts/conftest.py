"""The peers the contracts are tried against, started once and only if they are asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.roundup import RoundupPeer, running_roundup


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    folder: Path = tmp_path_factory.mktemp("roundup")
    with running_roundup(folder) as peer:
        yield peer
