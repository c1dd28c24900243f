"""A fresh, migrated database for each test, on SQLite and on PostgreSQL; and a clock held still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.vault import Vault
from tests.postgres import empty_database, fresh_database
from tests.sqlite import fresh_file
from tests.storage.samples import KEY, HeldClock

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, tmp_path: Path) -> str:
    """A database without a table."""
    return f"sqlite:///{tmp_path / 'usher.db'}" if engine == "sqlite" else empty_database()


@pytest.fixture
def url(engine: str, tmp_path: Path) -> str:
    if engine == "postgresql":
        return fresh_database()
    return fresh_file(tmp_path / "usher.db")


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def vault() -> Vault:
    return Vault(KEY)


@pytest.fixture
async def db(url: str, vault: Vault, clock: HeldClock) -> AsyncIterator[Database]:
    opened = await Database.open(url, vault=vault, clock=clock)
    yield opened
    await opened.close()
