"""Statements that nearly every visit needs: on SQLite they are said to the driver itself.

SQLAlchemy's layers around a short statement cost several times what SQLite does with it. Here it is
compiled once; its values go to the driver as a tuple and its rows come back named. On PostgreSQL
the way to the server costs more than the layers, which know its errors.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import BindParameter, Connection, Dialect, Executable

from storage.writer import raw

Convert = Callable[[Any], Any]


class Counted(Protocol):
    @property
    def rowcount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _Ready:
    sql: str
    takes: tuple[tuple[str, Any, Convert | None], ...]
    """In order: the name of a value and how it is kept; or "" and the value itself."""
    reads: tuple[tuple[int, Convert], ...]
    """Columns that are not read as they are kept."""
    row: Callable[[Iterable[Any]], Any]


class Prepared:
    """Every parameter is one value: a list is none.

    What fails on SQLite is `sqlite3.Error`, as the writer and the readers expect it.
    """

    def __init__(
        self, statement: Executable | Mapping[str, Executable], *, columns: Sequence[str] = ()
    ) -> None:
        """Or a statement for each engine; of an INSERT the columns, where it does not say all."""
        self.statement = statement
        self._columns = list(columns) or None
        self._ready: _Ready | None = None

    def run(self, conn: Connection, values: Mapping[str, Any]) -> Counted:
        if conn.dialect.name == "sqlite":
            ready = self._prepared(conn.dialect)
            return raw(conn).execute(ready.sql, _taken(ready, values))
        return conn.execute(self._chosen(conn.dialect), values)

    def rows(self, conn: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """As named tuples. Of two columns of one name the first has it."""
        if conn.dialect.name == "sqlite":
            ready = self._prepared(conn.dialect)
            found = raw(conn).execute(ready.sql, _taken(ready, values)).fetchall()
            return [ready.row(_read(row, ready.reads)) for row in found]
        return conn.execute(self._chosen(conn.dialect), values).all()

    def row(self, conn: Connection, values: Mapping[str, Any]) -> Any:
        """The only one, or None."""
        rows = self.rows(conn, values)
        if len(rows) > 1:
            raise LookupError("more than one row")
        return rows[0] if rows else None

    def _chosen(self, dialect: Dialect) -> Any:
        given = self.statement
        return given[dialect.name] if isinstance(given, Mapping) else given

    def _prepared(self, dialect: Dialect) -> _Ready:
        if self._ready is None:
            self._ready = self._prepare(dialect)
        return self._ready

    def _prepare(self, dialect: Dialect) -> _Ready:
        chosen = self._chosen(dialect)
        compiled = chosen.compile(dialect=dialect, column_keys=self._columns)
        binds: dict[str, list[BindParameter[Any]]] = {}
        for bind, name in compiled.bind_names.items():
            binds.setdefault(name, []).append(bind)
        columns = tuple(getattr(chosen, "exported_columns", ()))
        reads = (
            each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns
        )
        made = namedtuple("Row", [each.key for each in columns], rename=True)  # type: ignore[misc]  # noqa: PYI024  known only now
        return _Ready(
            str(compiled),
            tuple(_take(name, binds[name], dialect) for name in compiled.positiontup or ()),
            tuple((place, read) for place, read in enumerate(reads) if read is not None),
            made._make,
        )


def _take(
    name: str, binds: Sequence[BindParameter[Any]], dialect: Dialect
) -> tuple[str, Any, Convert | None]:
    """Of one name there may be several, and one of them knows which column it is for."""
    if any(bind.expanding for bind in binds):
        raise TypeError(f"a list: {name}")
    keeps = (bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds)
    keep = next((each for each in keeps if each is not None), None)
    if binds[0].required:
        return name, None, keep
    fixed = binds[0].value
    return "", fixed if keep is None else keep(fixed), None


def _taken(ready: _Ready, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        [
            fixed if not name else values[name] if keep is None else keep(values[name])
            for name, fixed, keep in ready.takes
        ]
    )


def _read(row: Sequence[Any], reads: Sequence[tuple[int, Convert]]) -> Sequence[Any]:
    read = list(row)
    for place, convert in reads:
        read[place] = convert(read[place])
    return read
