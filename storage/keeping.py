"""What is kept of a visit that only looked: its answer and its line, both or neither.

On PostgreSQL looks that wait at the same moment share a connection, and one statement keeps them,
which needs no transaction around it: a statement costs more than a row, and waits for the disk.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ARRAY, CTE, BindParameter, Connection, Select, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.exc import DBAPIError

from storage.bulk import Bulk
from storage.noun import plainly, upsert
from storage.prepared import Prepared
from storage.tables import audit_events, visits
from storage.writer import Fate

AT_WORK, MOST_TOGETHER = 4, 25
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Keepsake:
    """The rows of one look."""

    visit: Row
    line: Row


See = Callable[[Connection], tuple[Any, Keepsake]]


def _names(table: Table, prefix: str) -> dict[str, str]:
    """What each column is called here; the one that numbers itself is left out."""
    return {each.name: f"{prefix}_{each.name}" for each in table.columns if each.name != "id"}


VISIT, LINE = _names(visits, "visit"), _names(audit_events, "line")


def _given() -> CTE:
    """A row for each look."""

    def several(table: Table, names: Mapping[str, str]) -> list[BindParameter[Any]]:
        return [bindparam(new, type_=ARRAY(table.c[name].type)) for name, new in names.items()]

    unnested = func.unnest(*several(visits, VISIT), *several(audit_events, LINE))
    rows = unnested.table_valued(
        *VISIT.values(), *LINE.values(), with_ordinality="place"
    ).render_derived()
    # Of the same visit twice the first one. In order: two replicas never wait for one another.
    first = select(rows).ext(distinct_on(rows.c.visit_key))
    return first.order_by(rows.c.visit_key, rows.c.place).cte("given")


def _many() -> Select[Any]:
    """The uids of the lines of all that were not here before."""
    given = _given()
    visit = select(*(given.c[name] for name in VISIT.values()))
    kept = (
        upsert(visits, on=("key",), select=(list(VISIT), visit))["postgresql"]
        .returning(visits.c.key)
        .cte("kept")
    )
    line = select(*(given.c[name] for name in LINE.values())).join_from(
        given, kept, kept.c.key == given.c.visit_key
    )
    told = (
        insert(audit_events)
        .from_select(list(LINE), line.order_by(given.c.place))
        .returning(audit_events.c.uid)
        .cte("told")
    )
    # A try before this one may have kept them, and the line was cut before it could say so.
    before = select(audit_events.c.uid).join_from(
        audit_events, given, audit_events.c.uid == given.c.line_uid
    )
    return select(select(told.c.uid).union_all(before).subquery("kept_lines"))


TOGETHER = _many()
KEEP = Prepared(upsert(visits, on=("key",)))
TELL = Bulk(audit_events, plainly(audit_events))


def keep(conn: Connection, one: Keepsake) -> bool:
    """In the transaction that is open. False, and no line, when this visit was kept before."""
    kept = KEEP.run(conn, one.visit).rowcount == 1
    if kept:
        TELL.run(conn, [one.line])
    return kept


def keep_together(several: Sequence[Keepsake], conn: Connection) -> set[str]:
    """One statement, which may be said again. The uids of the lines of those that are kept."""
    columns = {new: [one.visit[name] for one in several] for name, new in VISIT.items()}
    columns |= {new: [one.line[name] for one in several] for name, new in LINE.items()}
    return set(conn.scalars(TOGETHER, columns)) if several else set()


@dataclass(slots=True)
class Waiting:
    """A look, who waits for it, and how it went."""

    see: See
    told: asyncio.Future[Any]
    seen: Any = None
    keepsake: Keepsake | None = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Who was cancelled meanwhile waits no longer."""
        if self.told.done():
            return
        if self.error is None:
            self.told.set_result(self.seen)
        else:
            self.told.set_exception(self.error)


class Looks:
    """Those that come while others are under way share the next connection and statement."""

    def __init__(self, run: Callable[[Callable[[Connection], None]], Awaitable[Any]]) -> None:
        """`run` gives a job a connection on which each statement stands for itself."""
        self._run = run
        self._waiting: deque[Waiting] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_work = 0

    async def look(self, see: See) -> Any:
        """What was seen; None when this visit was kept before. Its failure is its own."""
        waiting = Waiting(see, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._at_work < AT_WORK:
            self._at_work += 1
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await waiting.told

    async def ended(self) -> None:
        """Waits for those that were begun."""
        await asyncio.gather(*self._tasks)

    async def _work(self) -> None:
        while self._waiting:
            most = min(len(self._waiting), MOST_TOGETHER)
            group = [self._waiting.popleft() for _ in range(most)]
            attempt = asyncio.ensure_future(self._run(partial(_together, group)))
            await asyncio.wait({attempt})
            for one in group:
                one.error = one.error or attempt.exception()
                one.settle()
        # Counted here, not when the task is told to be done: who comes in between would wait.
        self._at_work -= 1


def _together(group: Sequence[Waiting], conn: Connection) -> None:
    """Said again where the line was cut: what was seen by then is kept as it was seen."""
    for one in group:
        if one.error or one.keepsake:
            continue
        fate = Fate()
        with fate:
            one.seen, one.keepsake = one.see(conn)
        if fate.error and (conn.invalidated or not _its_own(fate.error)):
            raise fate.error
        one.error = fate.error
    _keep_all([one for one in group if one.error is None], conn)


def _its_own(error: BaseException) -> bool:
    """Not that of the connection they share, or of the end of all."""
    return isinstance(error, Exception) and not isinstance(error, OSError)


def _keep_all(group: Sequence[Waiting], conn: Connection) -> None:
    try:
        kept = keep_together([one.keepsake for one in group if one.keepsake], conn)
    except DBAPIError as error:
        if conn.invalidated:
            raise
        if len(group) == 1:
            group[0].error = error
            return
        # One of them cannot be kept: the others can, each alone.
        for one in group:
            _keep_all([one], conn)
        return
    for one in group:
        if one.keepsake and one.keepsake.line["uid"] not in kept:
            one.seen = None
