"""The schema's history, and the one way to bring a database to its newest page."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.errors import Unavailable
from storage.postgres import postgres_engine, reason_of, told
from storage.sqlite import sqlite_engine
from storage.writer import raw, unavailable

HEAD: Final = "0003"
# Any number, as long as nobody else locks it in our database.
LOCK: Final = 7_551_963_025_119_233

# Alembic's `context` is one for the whole process.
_one_at_a_time = threading.Lock()


def migrate(url: str) -> None:
    """To the newest version, in one transaction; who comes second waits and finds it done.

    Blocks: from a running event loop call it in a thread.
    """
    with _one_at_a_time:
        try:
            if url.startswith("sqlite"):
                _migrate_sqlite(url)
            else:
                # A thread of its own, since the caller's may have a loop that runs already.
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(asyncio.run, _migrate_postgres(url)).result()
        except DBAPIError as error:
            raise (unavailable(error) or told(error)) from error
        except OSError as error:
            raise Unavailable("database", f"no connection: {reason_of(error)}") from error


def config_for(conn: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config


def _migrate_sqlite(url: str) -> None:
    engine = sqlite_engine(url, make=True)
    try:
        with engine.begin() as conn:
            raw(conn).execute("BEGIN IMMEDIATE")
            command.upgrade(config_for(conn), "head")
    finally:
        engine.dispose()


async def _migrate_postgres(url: str) -> None:
    engine = postgres_engine(url, statement_seconds=None)
    try:
        async with engine.begin() as conn:
            await conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            await conn.run_sync(lambda sync: command.upgrade(config_for(sync), "head"))
    finally:
        await engine.dispose()
