"""Every fault befalls both databases; the desk is one real Roundup for all of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.peers.roundup import RoundupPeer, running_roundup
from tests.postgres import fresh_database
from tests.running import Running, running


@pytest.fixture(autouse=True)
def second_tries_come_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.care.deliveries.FIRST_WAIT", 0.1)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'usher.db'}"
    return fresh_database()


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[Running]:
    async with running(tmp_path, database_url) as started:
        yield started


@pytest.fixture(scope="session")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    with running_roundup(tmp_path_factory.mktemp("roundup")) as peer:
        yield peer
