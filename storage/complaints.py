"""Complaints in the record: one row for each case that was asked about, the newest word counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from bot.model.case import Case
from bot.model.complaint import Complaint, Disposition, Grievance, Marking, Nature, Promise
from bot.model.ids import CaseId, PersonKey
from storage.noun import Noun, upsert
from storage.tables import audit_events, cases, complaints, mentions
from storage.tables.types import Instant

ANSWERED = ("reply.drafted", "reply.handed", "reply.sent")
"""Lines of the record that say: the customer was answered, or a colleague has the words to send."""
THIS = complaints.c.case_id == bindparam("case")
UNSETTLED = complaints.c.settled_at.is_(None)
FIRST_WORDS = select(func.min(mentions.c.created_at)).where(mentions.c.case_id == bindparam("case"))
FIRST_ANSWER = (
    select(func.min(audit_events.c.at))
    .where(
        audit_events.c.case_id == complaints.c.case_id,
        audit_events.c.action.in_(ANSWERED),
    )
    .scalar_subquery()
)
ROWS = select(complaints, cases.c.holder, FIRST_ANSWER.label("acknowledged_at")).join_from(
    complaints, cases, cases.c.id == complaints.c.case_id
)
GET = ROWS.where(THIS)
SINCE = ROWS.where(
    complaints.c.received_at >= bindparam("since", type_=Instant),
    complaints.c.answer != Grievance.NO.value,
).order_by(complaints.c.received_at.desc(), complaints.c.case_id.desc())
# Whose first answer came in time is left out by who asks: the record tells it, and no column.
OVERDUE = ROWS.where(
    complaints.c.answer != Grievance.NO.value,
    UNSETTLED,
    # In so many words, else no index is looked into.
    complaints.c.received_at <= bindparam("either", type_=Instant),
    or_(
        complaints.c.acknowledge_told_at.is_(None)
        & (complaints.c.received_at <= bindparam("unanswered", type_=Instant)),
        complaints.c.settle_told_at.is_(None)
        & (complaints.c.received_at <= bindparam("unsettled", type_=Instant)),
    ),
).order_by(complaints.c.received_at, complaints.c.case_id)
MARK = upsert(
    complaints,
    on=("case_id",),
    setting=lambda new: {
        name: new[name]
        for name in (
            *("answer", "line", "nature", "product", "product_sealed"),
            *("received_at", "marked_by", "marked_at", "settled_at", "disposition"),
        )
    },
)
SETTLE = (
    update(complaints)
    .where(THIS, UNSETTLED, complaints.c.answer == Grievance.YES.value)
    .values(settled_at=bindparam("at"))
)
REOPEN = update(complaints).where(THIS).values(settled_at=None, disposition="")
WORDLESS = update(complaints).where(THIS).values(product="", product_sealed=bindparam("nothing"))
TOLD = (
    update(complaints)
    .where(THIS)
    .values(
        acknowledge_told_at=func.coalesce(
            complaints.c.acknowledge_told_at, bindparam("answer_told", type_=Instant)
        ),
        settle_told_at=func.coalesce(
            complaints.c.settle_told_at, bindparam("end_told", type_=Instant)
        ),
    )
)


class Complaints(Noun):
    __slots__ = ()

    def get(self, case_id: CaseId) -> Complaint | None:
        row = self.conn.execute(GET, {"case": case_id}).one_or_none()
        return None if row is None else _complaint(row)

    def since(self, moment: datetime) -> list[Complaint]:
        """What is one, or may be one, received since then; the newest first."""
        return [_complaint(row) for row in self.conn.execute(SINCE, {"since": moment})]

    def overdue(self, promise: Promise) -> list[Complaint]:
        """Those of which something is late that nobody was told yet."""
        unanswered, unsettled = self.now - promise.acknowledge, self.now - promise.settle
        hours = {"unanswered": unanswered, "unsettled": unsettled}
        either = max(hours.values())
        found = [_complaint(row) for row in self.conn.execute(OVERDUE, hours | {"either": either})]
        return [one for one in found if promise.untold(one, self.now)]

    def mark(self, case: Case, told: Marking, *, by: PersonKey) -> None:
        """Said anew, the newest word counts; of a case that is resolved the end is known."""
        first = self.conn.execute(FIRST_WORDS, {"case": case.id}).scalar_one()
        grievance = told.answer is Grievance.YES
        row = {
            "case_id": case.id,
            "answer": told.answer.value,
            "line": told.line,
            "nature": told.nature.value if told.nature else "",
            "product": told.product.masked,
            "product_sealed": self._sealed(told.product.kept, case.id),
            "received_at": min(first or case.opened_at, case.opened_at),
            "marked_by": by,
            "marked_at": self.now,
            "settled_at": case.resolved_at if grievance else None,
            "disposition": told.disposition.value if told.disposition else "",
        }
        self.change(MARK, row)

    def settle(self, case_id: CaseId) -> bool:
        """False where the case is none. The database refuses it without a disposition."""
        return self.change(SETTLE, {"case": case_id, "at": self.now}).rowcount == 1

    def reopen(self, case_id: CaseId) -> None:
        """How it ended is to be said again when it ends again."""
        self.change(REOPEN, {"case": case_id})

    def forget_words(self, case_id: CaseId) -> None:
        self.change(WORDLESS, {"case": case_id, "nothing": self._sealed("", case_id)})

    def told(self, case_id: CaseId, *, unanswered: bool, unsettled: bool) -> None:
        """That this is late was told; what was told before stays as it is."""
        hours = {
            "answer_told": self.now if unanswered else None,
            "end_told": self.now if unsettled else None,
        }
        self.change(TOLD, {"case": case_id, **hours})

    def _sealed(self, words: str, case_id: CaseId) -> bytes:
        return self.vault.seal(words, place=f"complaints.product/{case_id}")


def _complaint(row: Row[Any]) -> Complaint:
    return Complaint(
        case_id=CaseId(row.case_id),
        answer=Grievance(row.answer),
        line=row.line,
        nature=Nature(row.nature) if row.nature else None,
        product=row.product,
        received_at=row.received_at,
        acknowledged_at=row.acknowledged_at,
        settled_at=row.settled_at,
        disposition=Disposition(row.disposition) if row.disposition else None,
        holder=PersonKey(row.holder) if row.holder else None,
        marked_by=PersonKey(row.marked_by),
        acknowledge_told=row.acknowledge_told_at is not None,
        settle_told=row.settle_told_at is not None,
    )
