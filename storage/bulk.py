"""Many rows in one go, at the driver's own speed.

SQLAlchemy prepares every value of every row through several layers, which costs more than the
engine does with them. A `Bulk` is compiled once an engine; then rows go to the driver as tuples.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.sql.dml import Insert

from storage.tables.types import Instant, Words, kept_instants, kept_texts
from storage.writer import raw

Column = list[Any]
Convert = Callable[[Column], Column]


class Bulk:
    """Statements may have no other parameters than the columns, each once: use `excluded`.

    All rows name the columns of the first; a column nobody names is filled by the table itself.
    """

    def __init__(self, table: Table, statements: Mapping[str, Insert]) -> None:
        self._table = table
        self._statements = statements
        self._compiled: dict[tuple[str, ...], tuple[str, list[tuple[str, Convert]]]] = {}

    def run(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        made_for = (conn.dialect.name, *rows[0])
        ready = self._compiled.get(made_for)
        if ready is None:
            ready = self._compiled[made_for] = self._compile(conn.dialect, list(rows[0]))
        sql, steps = ready
        # Column by column: one look at all texts of a column says that none needs a change.
        columns = [convert([row[name] for row in rows]) for name, convert in steps]
        values = list(zip(*columns, strict=True))
        if conn.dialect.name == "sqlite":
            raw(conn).executemany(sql, values)
        else:
            conn.exec_driver_sql(sql, values)

    def _compile(
        self, dialect: Dialect, columns: list[str]
    ) -> tuple[str, list[tuple[str, Convert]]]:
        statement = self._statements[dialect.name]
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        order = compiled.positiontup or []
        if sorted(order) != sorted(columns):
            raise TypeError(f"not only columns: {order}")
        return str(compiled), [(name, self._convert(name)) for name in order]

    def _convert(self, name: str) -> Convert:
        match self._table.columns[name].type:
            case Words():
                return kept_texts
            case Instant():
                return kept_instants
        return _as_it_is


def _as_it_is(values: Column) -> Column:
    return values
