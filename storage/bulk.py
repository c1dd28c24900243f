"""Many rows in one go, at the driver's own speed.

SQLAlchemy prepares every value of every row through several layers, which costs more than the
engine does with them. A `Bulk` is compiled once an engine; then rows go to the driver as tuples.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Table
from sqlalchemy.sql.dml import Insert

from storage.tables.types import Instant, Words

Convert = Callable[[Any], Any] | None


class Bulk:
    """Statements may have no other parameters than the columns, each once: use `excluded`."""

    def __init__(self, table: Table, statements: Mapping[str, Insert]) -> None:
        self._columns = [column.name for column in table.columns if column.name != "id"]
        self._table = table
        self._statements = statements
        self._compiled: dict[str, tuple[str, list[tuple[str, Convert]]]] = {}

    def run(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        ready = self._compiled.get(conn.dialect.name)
        if ready is None:
            ready = self._compiled[conn.dialect.name] = self._compile(conn.dialect)
        sql, steps = ready
        return conn.exec_driver_sql(
            sql,
            [
                tuple([convert(row[name]) if convert else row[name] for name, convert in steps])
                for row in rows
            ],
        )

    def _compile(self, dialect: Dialect) -> tuple[str, list[tuple[str, Convert]]]:
        statement = self._statements[dialect.name]
        compiled = statement.compile(dialect=dialect, column_keys=self._columns)
        order = compiled.positiontup or []
        if sorted(order) != sorted(self._columns):
            raise TypeError(f"not only columns: {order}")
        return str(compiled), [(name, self._convert(name, dialect)) for name in order]

    def _convert(self, name: str, dialect: Dialect) -> Convert:
        kind = self._table.columns[name].type
        return kind.bind_processor(dialect) if isinstance(kind, Words | Instant) else None
