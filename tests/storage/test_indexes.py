"""The indexes are used: what is asked often is found by one of them, on either database.

On PostgreSQL an empty table is quicker read than found in, so that is forbidden here: what a plan
then cannot find by an index, it never can.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, event

from bot.model.complaint import Promise
from bot.model.ids import CaseId, VisitKey
from bot.model.reply import ReplyId
from bot.model.request import RequestKind
from storage.database import Database
from storage.tables.types import metadata
from storage.unit_of_work import Records
from tests.storage.samples import ANNA, START

CASE, DAY = CaseId(1), timedelta(days=1)
ASKED: dict[str, Callable[[Records], object]] = {
    "uq_approvals_kind_subject_open": lambda unit: unit.approvals.open_about(
        RequestKind.REPLY, "1"
    ),
    # Of a merge, whose subject is both numbers.
    "ix_approvals_kind_subject_text_hash": lambda unit: unit.approvals.draw_all_of(CASE),
    "ix_approvals_case_id": lambda unit: unit.approvals.draw_all_of(CASE),
    "ix_complaints_received_at": lambda unit: unit.complaints.since(START),
    "ix_complaints_received_at_unsettled": lambda unit: unit.complaints.overdue(Promise(DAY, DAY)),
    "ix_exports_case_id_state": lambda unit: unit.exports.waiting(CASE, ANNA.key),
    "ix_exports_state": lambda unit: unit.exports.awaited_by(),
    "uq_holds_topic_unlifted": lambda unit: unit.holds.of("outage"),
    "ix_kept_uses_reply_id": lambda unit: unit.kept_answers.used_in(ReplyId(1)),
    "ix_kept_uses_kept_id": lambda unit: unit.kept_answers.find("", topic="", most=5),
    "uq_merges_case_id_unparted": lambda unit: unit.merging.way(CASE),
    "ix_cases_merged_into": lambda unit: unit.merging.joined(CASE),
    "ix_replies_case_id_state": lambda unit: unit.replies.of_case(CASE),
    "ix_replies_state": lambda unit: unit.replies.on_the_way(),
    "ix_reveals_visit": lambda unit: unit.reveals.of_visit(VisitKey("x")),
    "ix_reveals_at_untold": lambda unit: unit.reveals.untold_since(),
    "ix_reveals_case_id_open": lambda unit: unit.reveals.open_of(CASE),
}


def plans(unit: Records, ask: Callable[[Records], object]) -> str:
    """How the database finds what is asked; all its statements together."""
    asked: list[tuple[str, Any]] = []

    def keep(_conn: Any, _cur: Any, sql: str, values: Any, *_: Any) -> None:
        asked.append((sql, values))

    event.listen(unit.conn, "before_cursor_execute", keep)
    ask(unit)
    event.remove(unit.conn, "before_cursor_execute", keep)
    return "\n".join(_plan(unit.conn, sql, values) for sql, values in asked)


def _plan(conn: Connection, sql: str, values: Any) -> str:
    if conn.dialect.name == "sqlite":
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        return "\n".join(row[3] for row in rows)
    conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return json.dumps(conn.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", values).scalar_one())


def test_no_index_is_kept_that_nothing_is_found_by() -> None:
    """Of what the third migration brought: each index costs every row that is written."""
    kept = {
        str(index.name)
        for name in import_module("storage.migrations.versions.0003_any_employee").TABLES
        for index in metadata.tables[name].indexes
        # A unique one keeps something from happening twice.
        if not index.unique
    }
    assert len(kept) > 9
    assert kept - set(ASKED) == set()


async def test_each_is_found_by_its_index(db: Database) -> None:
    found = await db.read(lambda unit: {name: plans(unit, ask) for name, ask in ASKED.items()})
    assert {name: plan for name, plan in found.items() if name not in plan} == {}
