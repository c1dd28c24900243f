"""What every noun stands on: one transaction, one hour, one vault; and one way to change a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Select,
    Table,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from bot.errors import UnrecordedChange
from bot.model.delivery import DeliveryKind
from bot.model.ids import PersonKey
from storage.bulk import Bulk
from storage.prepared import Prepared
from storage.tables.types import Several
from storage.vault import Vault

if TYPE_CHECKING:
    from storage.visitors import Visitor

S = TypeVar("S", bound=Executable)
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]
PerEngine = Mapping[str, Insert]
"""One statement for each engine, where SQLAlchemy has a construct of its own for each."""


@dataclass(slots=True)
class Scope:
    """One transaction as all its nouns share it."""

    conn: Connection
    now: datetime
    vault: Vault
    wrote: bool = False
    """A noun changed a row."""
    lines: int = 0
    """Audit lines recorded so far."""
    visited: bool = False
    """A visit was kept."""
    wished: set[DeliveryKind] = field(default_factory=set)
    """Kinds of delivery that were asked for."""
    authors: dict[tuple[str, str], int] = field(default_factory=dict)
    """Authors already kept in this transaction: network and reference to id."""
    visitors: dict[PersonKey, "Visitor"] = field(default_factory=dict)
    """Who was asked about in this transaction."""
    looks: bool = False
    """Nothing may change but the visit and its line, which one statement keeps."""


class Noun:
    """Base of every noun. Reads go through `conn`, and every change through `change`."""

    __slots__ = ("conn", "now", "scope", "vault")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.conn = scope.conn
        self.now = scope.now
        self.vault = scope.vault

    def change(
        self, statement: Executable | PerEngine, values: Values | None = None
    ) -> CursorResult[Any]:
        self._may_change()
        result = self.quietly(statement, values)
        # An executemany may not know its count (-1), and has changed something then.
        if result.rowcount != 0:
            self.scope.wrote = True
        return result

    def change_one(self, statement: Prepared, values: Mapping[str, Any]) -> int:
        """As `change`; how many rows it changed."""
        self._may_change()
        changed = statement.run(self.conn, values).rowcount
        self.scope.wrote |= changed != 0
        return changed

    def change_many(self, bulk: Bulk, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._may_change()
            bulk.run(self.conn, rows)
            self.scope.wrote = True

    def quietly(
        self, statement: Executable | PerEngine, values: Values | None = None
    ) -> CursorResult[Any]:
        """A change that needs no audit line of its own: visits, and the audit lines themselves."""
        chosen = self.for_engine(statement) if isinstance(statement, Mapping) else statement
        result: CursorResult[Any] = self.conn.execute(chosen, values)
        return result

    def numbered(self, statement: Insert, values: Mapping[str, Any]) -> int:
        """One new row; the number it got."""
        key = self.change(statement, values).inserted_primary_key
        if key is None:
            raise TypeError("a table without a number")
        return int(key[0])

    def _may_change(self) -> None:
        if self.scope.looks:
            raise UnrecordedChange("what only looks changes no row")

    def for_engine(self, statements: Mapping[str, S]) -> S:
        return statements[self.conn.dialect.name]


AnyOf = Callable[[ColumnElement[str], str], ColumnElement[bool]]


def with_any(build: Callable[[AnyOf], Select[Any]]) -> Mapping[str, Select[Any]]:
    """A query for any of a list. One parameter: IN would be written out anew each time."""
    return {"sqlite": build(_any_in_json), "postgresql": build(_any_in_array)}


def _any_in_json(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    listed = func.json_each(bindparam(name, type_=Several)).table_valued("value")
    return column.in_(select(listed.c.value))


def _any_in_array(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=Several))


def plainly(table: Table) -> PerEngine:
    return {"sqlite": sqlite.insert(table), "postgresql": postgresql.insert(table)}


def upsert(
    table: Table,
    *,
    on: tuple[str, ...],
    setting: Callable[[Any], Mapping[str, Any]] | None = None,
    where: Callable[[Any], Any] | None = None,
    select: tuple[Sequence[str], Any] | None = None,
) -> PerEngine:
    """INSERT … ON CONFLICT DO UPDATE, or DO NOTHING; the callables get the new row, `excluded`."""
    statements: dict[str, Insert] = {}
    for name, construct in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
        insert: Any = construct(table)
        if select is not None:
            insert = insert.from_select(*select)
        if setting is None:
            insert = insert.on_conflict_do_nothing(index_elements=on)
        else:
            insert = insert.on_conflict_do_update(
                index_elements=on,
                set_=setting(insert.excluded),
                where=where(insert.excluded) if where else None,
            )
        statements[name] = insert.execution_options(preserve_rowcount=True)
    return statements
