"""The two databases a figure is taken on, each fresh, migrated and thrown away afterwards."""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.model.clock import utc_now
from storage.database import Database, migrate
from storage.vault import Vault
from tests.postgres import fresh_database

ENGINES = ("sqlite", "postgresql")


@asynccontextmanager
async def fresh(engine: str) -> AsyncIterator[tuple[Database, str]]:
    with tempfile.TemporaryDirectory() as home:
        url = fresh_database() if engine == "postgresql" else f"sqlite:///{Path(home) / 'bench.db'}"
        migrate(url)
        db = await Database.open(url, vault=Vault(os.urandom(32)), clock=utc_now)
        try:
            yield db, url
        finally:
            await db.close()
