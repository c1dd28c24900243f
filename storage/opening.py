"""What a database must be before anybody works with it: of our version, sealed with our key."""

from typing import Final

from sqlalchemy import Connection, inspect, select

from bot.errors import Misconfigured
from storage.migrations import HEAD
from storage.noun import upsert
from storage.tables import vault_check
from storage.vault import NotOpened, Vault

KEEP: Final = upsert(vault_check, on=("name",))


def require_head(conn: Connection) -> None:
    version = _version(conn)
    if version != HEAD:
        found = f"is at version {version}" if version else "has no tables yet"
        raise Misconfigured(
            (f"The database {found}, this Usher needs {HEAD}: run `python -m bot migrate`.",)
        )


def require_possible(conn: Connection, vault: Vault) -> None:
    """One without tables, or of an older version, is well: the next start brings it to ours."""
    version = _version(conn)
    if version is not None and version > HEAD:
        newer = f"The database is at version {version}, of a newer Usher: this one needs {HEAD}."
        raise Misconfigured((newer,))
    if version is not None:
        holds_key(conn, vault)


def holds_key(conn: Connection, vault: Vault) -> bool:
    """False where nothing was sealed yet; Misconfigured where it was with another key."""
    sealed = conn.execute(select(vault_check.c.sealed)).scalar_one_or_none()
    if sealed is None:
        return False
    try:
        vault.open(sealed, place="vault_check")
    except NotOpened as error:
        raise Misconfigured(("The vault's check value in the database was changed.",)) from error
    return True


def keep_key(conn: Connection, vault: Vault) -> None:
    """The first start leaves a sealed word; every later one must be able to read it."""
    row = {"name": "check", "sealed": vault.seal("usher", place="vault_check")}
    conn.execute(KEEP[conn.dialect.name], row)
    holds_key(conn, vault)


def _version(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    version: str | None = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version
