"""Handoffs to desks, from the asking to the desk's own number."""

from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.model.case import HandoffView
from bot.model.handoff import Handoff, HandoffKind, HandoffState, NewHandoff, Ticket
from bot.model.ids import CaseId, HandoffId, PersonKey
from storage.noun import Noun
from storage.tables import handoffs
from storage.vault import Vault

THIS = handoffs.c.id == bindparam("handoff")
OF_CASE = select(handoffs).where(handoffs.c.case_id == bindparam("case")).order_by(handoffs.c.id)
GET = select(handoffs).where(THIS)
UNFINISHED = (
    select(handoffs)
    .where(
        handoffs.c.case_id == bindparam("case"),
        handoffs.c.kind == bindparam("which"),
        handoffs.c.state != HandoffState.FILED.value,
    )
    .order_by(handoffs.c.id.desc())
    .limit(1)
)
INSERT = insert(handoffs)
FILED = (
    update(handoffs)
    .where(THIS, handoffs.c.state != HandoffState.FILED.value)
    .values(
        state=HandoffState.FILED.value,
        reason="",
        ticket=bindparam("number"),
        url=bindparam("address"),
    )
)
STUCK = (
    update(handoffs)
    .where(THIS, handoffs.c.state != HandoffState.FILED.value)
    .values(state=HandoffState.STUCK.value, reason=bindparam("because"))
)


class Handoffs(Noun):
    __slots__ = ()

    def ask(self, new: NewHandoff) -> HandoffId:
        seal = self.vault.seal
        number = self.numbered(
            INSERT,
            {
                "case_id": new.case_id,
                "kind": new.kind.value,
                "desk": new.desk,
                "queue": new.queue,
                "key": new.key,
                "summary": new.summary.masked,
                "summary_sealed": seal(new.summary.kept, place=_summary_place(new.key)),
                "asked_by": new.asked_by.key,
                "asked_by_name_sealed": seal(new.asked_by.name, place=_name_place(new.key)),
                "asked_at": self.now,
                "state": HandoffState.WAITING.value,
                "reason": "",
                "ticket": "",
                "url": "",
            },
        )
        return HandoffId(number)

    def get(self, handoff_id: HandoffId) -> Handoff | None:
        row = self.conn.execute(GET, {"handoff": handoff_id}).one_or_none()
        return None if row is None else _handoff(row, self.vault)

    def unfinished(self, case_id: CaseId, kind: HandoffKind) -> Handoff | None:
        """The newest of that kind which the desk has not taken yet, waiting or stuck."""
        row = self.conn.execute(UNFINISHED, {"case": case_id, "which": kind.value}).one_or_none()
        return None if row is None else _handoff(row, self.vault)

    def filed(self, handoff_id: HandoffId, ticket: Ticket) -> bool:
        """False when it was filed already: the first number stands."""
        values = {"handoff": handoff_id, "number": ticket.number, "address": ticket.url}
        return self.change(FILED, values).rowcount == 1

    def stuck(self, handoff_id: HandoffId, reason: str) -> bool:
        return self.change(STUCK, {"handoff": handoff_id, "because": reason}).rowcount == 1

    def of_case(self, case_id: CaseId) -> list[Handoff]:
        rows = self.conn.execute(OF_CASE, {"case": case_id})
        return [_handoff(row, self.vault) for row in rows]

    def views(self, case_id: CaseId) -> list[HandoffView]:
        return [
            HandoffView(
                kind=row.kind,
                queue=row.queue,
                desk=row.desk,
                ticket=row.ticket,
                url=row.url,
                state=row.state,
            )
            for row in self.conn.execute(OF_CASE, {"case": case_id})
        ]


def _handoff(row: Row[Any], vault: Vault) -> Handoff:
    return Handoff(
        id=HandoffId(row.id),
        case_id=CaseId(row.case_id),
        kind=HandoffKind(row.kind),
        desk=row.desk,
        queue=row.queue,
        key=row.key,
        summary=vault.open(row.summary_sealed, place=_summary_place(row.key)),
        asked_by=PersonKey(row.asked_by),
        asked_by_name=vault.open(row.asked_by_name_sealed, place=_name_place(row.key)),
        asked_at=row.asked_at,
        state=HandoffState(row.state),
        ticket=row.ticket,
        url=row.url,
    )


def _summary_place(key: str) -> str:
    return f"handoffs.summary/{key}"


def _name_place(key: str) -> str:
    return f"handoffs.asked_by_name/{key}"
