"""The record as rows: lines go in with the change they speak of, and none is ever changed."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Row, bindparam, insert, select, type_coerce

from bot.model.audit import AuditEntry, AuditEvent, AuditReport, Effect
from bot.model.ids import CaseId, DecisionId, PersonKey
from storage.bulk import Bulk
from storage.ledger import body_of, canonical, facts_of, leaf_of, new_salt, new_uid, rfc3339
from storage.noun import Noun, plainly
from storage.prepared import Prepared
from storage.tables import audit_events
from storage.tables.types import EPOCH

PAGE = 2000

ONE = Prepared(
    insert(audit_events).returning(audit_events.c.id),
    columns=[each.name for each in audit_events.c if each.name != "id"],
)
MANY = Bulk(audit_events, plainly(audit_events))
EVENTS = select(audit_events)
GET = EVENTS.where(audit_events.c.id == bindparam("number"))
OF_CASE = EVENTS.where(audit_events.c.case_id == bindparam("case")).order_by(audit_events.c.id)
OF_CASES = EVENTS.where(audit_events.c.case_id.in_(bindparam("those", expanding=True))).order_by(
    audit_events.c.id
)
LAST_BY = (
    EVENTS.where(
        audit_events.c.actor == bindparam("who"),
        audit_events.c.action.in_(bindparam("what", expanding=True)),
        audit_events.c.at >= bindparam("since"),
    )
    # By number: the clock may have been set back since.
    .order_by(audit_events.c.id.desc())
    .limit(1)
)
# Times as bare numbers: a check of a million lines makes no million datetimes for nothing.
BARE = (
    select(
        audit_events.c.id,
        audit_events.c.uid,
        type_coerce(audit_events.c.at, BigInteger),
        audit_events.c.actor,
        audit_events.c.action,
        audit_events.c.case_id,
        audit_events.c.effect,
        audit_events.c.rule,
        audit_events.c.policy,
        audit_events.c.body,
        audit_events.c.salt,
        audit_events.c.leaf,
    )
    .where(audit_events.c.id > bindparam("after"))
    .order_by(audit_events.c.id)
    .limit(PAGE)
)


class Audit(Noun):
    __slots__ = ()

    def record(self, entries: Sequence[AuditEntry]) -> tuple[DecisionId, ...]:
        """The numbers in the order given."""
        return tuple(self._numbered(row) for row in self._rows(entries))

    def row(self, entry: AuditEntry) -> dict[str, Any]:
        """For a statement of somebody else's that keeps the line together with its own row."""
        return self._rows((entry,))[0]

    def record_many(self, entries: Sequence[AuditEntry]) -> None:
        if entries:
            MANY.run(self.conn, self._rows(entries))

    def get(self, number: DecisionId) -> AuditEvent | None:
        return _event(self.conn.execute(GET, {"number": number}).one_or_none())

    def last_by(
        self, actor: PersonKey, actions: Collection[str], since: datetime
    ) -> AuditEvent | None:
        """The newest line of that actor with one of these actions, not older than `since`."""
        wanted = {"who": actor, "what": list(actions), "since": since}
        return _event(self.conn.execute(LAST_BY, wanted).one_or_none())

    def of_case(self, case_id: CaseId) -> list[AuditEvent]:
        rows = self.conn.execute(OF_CASE, {"case": case_id})
        return [event for row in rows if (event := _event(row))]

    def lines_of(self, *those: CaseId) -> list[tuple[DecisionId, bytes, bytes, bytes]]:
        """Number, body, salt and leaf as they stand: for whoever checks them elsewhere."""
        rows = self.conn.execute(OF_CASES, {"those": those})
        return [(DecisionId(row.id), row.body, row.salt, row.leaf) for row in rows]

    def verify(self) -> AuditReport:
        """Every line again from its parts. A line cut out or renumbered is not found here."""
        checked, broken = 0, list[DecisionId]()
        for row in self._pages():
            checked += 1
            if not _sound(row):
                broken.append(DecisionId(row[0]))
        return AuditReport(checked=checked, broken=tuple(broken))

    def _pages(self) -> Iterator[Row[Any]]:
        after = 0
        while rows := self.conn.execute(BARE, {"after": after}).all():
            yield from rows
            after = rows[-1][0]

    def _rows(self, entries: Sequence[AuditEntry]) -> list[dict[str, Any]]:
        at = rfc3339(self.now)
        self.scope.lines += len(entries)
        return [self._row(entry, at) for entry in entries]

    def _numbered(self, row: dict[str, Any]) -> DecisionId:
        return DecisionId(ONE.row(self.conn, row).id)

    def _row(self, entry: AuditEntry, at: str) -> dict[str, Any]:
        uid, salt = new_uid(self.now), new_salt()
        body = body_of(entry, uid=uid, at=at)
        return {
            "uid": uid,
            "at": self.now,
            "actor": entry.actor,
            "action": entry.action,
            "case_id": entry.case_id,
            "effect": entry.effect.value,
            "rule": entry.rule,
            "policy": entry.policy,
            "body": body,
            "salt": salt,
            "leaf": leaf_of(body, salt=salt),
        }


def _sound(row: Row[Any]) -> bool:
    try:
        return _holds(row)
    # A forger is not bound to our types: SQLite keeps a text where bytes should be.
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
        return False


def _holds(row: Row[Any]) -> bool:
    _, uid, at, actor, action, case_id, effect, rule, policy, body, salt, leaf = tuple(row)
    if leaf_of(body, salt=salt) != leaf:
        return False
    again: bytes = canonical(
        uid=uid,
        at=rfc3339(EPOCH + timedelta(microseconds=at)),
        actor=actor,
        action=action,
        case_id=case_id,
        effect=effect,
        rule=rule,
        policy=policy,
        facts=facts_of(body),
    )
    return bool(again == body)


def _event(row: Row[Any] | None) -> AuditEvent | None:
    if row is None:
        return None
    return AuditEvent(
        id=DecisionId(row.id),
        at=row.at,
        entry=AuditEntry(
            action=row.action,
            actor=PersonKey(row.actor),
            case_id=None if row.case_id is None else CaseId(row.case_id),
            effect=Effect(row.effect),
            rule=row.rule,
            policy=row.policy,
            facts=facts_of(row.body),
        ),
    )
