"""Approvals: asked once for each thing, answered once by each person, ended once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.model.approval import (
    Approval,
    ApprovalAnswer,
    ApprovalPlace,
    ApprovalState,
    NewApproval,
)
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import ApprovalId, CaseId, PersonKey
from bot.model.lanes import EDIT
from bot.model.request import RequestKind
from storage.deliveries import Deliveries
from storage.noun import Noun, upsert
from storage.people import People
from storage.tables import approval_answers, approval_cards, approvals

OPEN = approvals.c.state == ApprovalState.OPEN.value
THIS = approvals.c.id == bindparam("approval")
ABOUT = (approvals.c.kind == bindparam("which"), approvals.c.subject == bindparam("about"))
INSERT = insert(approvals)
GET = select(approvals).where(THIS)
# Two who answer at once count one another. SQLite leaves this out: it has one writer.
HOLD = GET.with_for_update()
OPEN_ABOUT = select(approvals).where(*ABOUT, OPEN)
ALL_OPEN = select(approvals).where(OPEN).order_by(approvals.c.id)
END = update(approvals).where(THIS, OPEN).values(state=bindparam("then"), ended_at=bindparam("at"))
REMINDED = (
    update(approvals)
    .where(THIS, OPEN, approvals.c.reminded_at.is_(None))
    .values(reminded_at=bindparam("at"))
)
ANSWERS = (
    select(approval_answers)
    .where(approval_answers.c.approval_id == bindparam("approval"))
    .order_by(approval_answers.c.at, approval_answers.c.person)
)
STRAND = (
    update(approvals)
    .where(THIS, OPEN, approvals.c.stranded_at.is_(None))
    .values(stranded_at=bindparam("at"))
)
RESUME = (
    update(approvals)
    .where(THIS, OPEN, approvals.c.stranded_at.is_not(None))
    .values(stranded_at=None)
)
# Once a person; and once more where what they answered is another by now.
ANSWER = upsert(
    approval_answers,
    on=("approval_id", "person"),
    setting=lambda new: {each: new[each] for each in ("yes", "reason_sealed", "about", "at")},
    where=lambda new: approval_answers.c.about != new.about,
)
CARDS = (
    select(approval_cards)
    .where(approval_cards.c.approval_id == bindparam("approval"))
    .order_by(approval_cards.c.whom)
)
SHOW = upsert(approval_cards, on=("approval_id", "whom"))
CARDS_OF_CASE = (
    select(approval_cards.c.approval_id, approval_cards.c.whom)
    .join(approvals, approvals.c.id == approval_cards.c.approval_id)
    .where(
        (approvals.c.case_id == bindparam("case"))
        # A merge is about two cases, and its subject is both numbers.
        | (approvals.c.kind == RequestKind.MERGE.value)
        & approvals.c.subject.like(bindparam("first"))
        | (approvals.c.kind == RequestKind.MERGE.value)
        & approvals.c.subject.like(bindparam("second"))
    )
    .order_by(approval_cards.c.approval_id, approval_cards.c.whom)
)
PLACE = (
    update(approval_cards)
    .where(
        approval_cards.c.approval_id == bindparam("approval"),
        approval_cards.c.whom == bindparam("who"),
    )
    .values(channel_id=bindparam("place"), ts=bindparam("message"))
)


class Approvals(Noun):
    __slots__ = ()

    def ask(self, new: NewApproval, *, remind_at: datetime, expires_at: datetime) -> ApprovalId:
        row = {
            "kind": new.kind.value,
            "subject": new.subject,
            "text_hash": new.text_hash,
            "role": new.role,
            "needed": new.needed,
            "case_id": new.case_id,
            "asked_by": new.by.key,
            "asked_at": self.now,
            "remind_at": remind_at,
            "expires_at": expires_at,
            "state": ApprovalState.OPEN.value,
        }
        return ApprovalId(self.numbered(INSERT, row))

    def get(self, approval_id: ApprovalId) -> Approval | None:
        return self._one(self.conn.execute(GET, {"approval": approval_id}).one_or_none())

    def hold(self, approval_id: ApprovalId) -> Approval | None:
        """As `get`; nobody else changes it until this transaction, a writing one, has ended."""
        return self._one(self.conn.execute(HOLD, {"approval": approval_id}).one_or_none())

    def open_about(self, kind: RequestKind, subject: str) -> Approval | None:
        about = {"which": kind.value, "about": subject}
        return self._one(self.conn.execute(OPEN_ABOUT, about).one_or_none())

    def open(self) -> list[Approval]:
        return [self._read(row) for row in self.conn.execute(ALL_OPEN).all()]

    def answer(
        self, approval_id: ApprovalId, by: PersonKey, *, yes: bool, reason: str, about: str = ""
    ) -> bool:
        """False where this person has answered it before."""
        sealed = self.vault.seal(reason, place=_place(approval_id, by))
        row = {"approval_id": approval_id, "person": by, "yes": yes, "at": self.now}
        return self.change(ANSWER, {**row, "reason_sealed": sealed, "about": about}).rowcount == 1

    def end(self, approval_id: ApprovalId, state: ApprovalState) -> bool:
        """False where it is over already."""
        values = {"approval": approval_id, "then": state.value, "at": self.now}
        return self.change(END, values).rowcount == 1

    def reminded(self, approval_id: ApprovalId) -> bool:
        """False where somebody else reminded already."""
        return self.change(REMINDED, {"approval": approval_id, "at": self.now}).rowcount == 1

    def strand(self, approval_id: ApprovalId, *, stranded: bool) -> bool:
        """Whether too few are left to answer it; False where that was known already."""
        values = {"approval": approval_id, "at": self.now}
        if not stranded:
            return self.change(RESUME, {"approval": approval_id}).rowcount == 1
        return self.change(STRAND, values).rowcount == 1

    def cards(self, approval_id: ApprovalId) -> tuple[ApprovalPlace, ...]:
        found = self.conn.execute(CARDS, {"approval": approval_id})
        return tuple(
            ApprovalPlace(row.whom, Card(row.channel_id, row.ts) if row.ts else None)
            for row in found
        )

    def draw_all_of(self, case_id: CaseId) -> None:
        """Anew, as its words are to be shown now; those that are over as well."""
        of = {"case": case_id, "first": f"{case_id} %", "second": f"% {case_id}"}
        for row in self.conn.execute(CARDS_OF_CASE, of).all():
            Deliveries(self.scope).want(DeliveryKind.APPROVAL, f"{row.approval_id} {row.whom}")

    def show_to(self, approval_id: ApprovalId, whom: str) -> bool:
        """One card more; False where there is one for them already."""
        row = {"approval_id": approval_id, "whom": whom, "channel_id": "", "ts": ""}
        return self.change(SHOW, row).rowcount == 1

    def placed(self, approval_id: ApprovalId, whom: str, card: Card) -> None:
        place = {"place": card.channel_id, "message": card.ts}
        self.change(PLACE, {"approval": approval_id, "who": whom, **place})
        subject = f"{approval_id} {whom}"
        Deliveries(self.scope).relane(DeliveryKind.APPROVAL, subject, EDIT)

    def gone(self, approval_id: ApprovalId, whom: str) -> None:
        """It can be edited no more: the next courier posts another one."""
        self.change(PLACE, {"approval": approval_id, "who": whom, "place": "", "message": ""})

    def _one(self, row: Row[Any] | None) -> Approval | None:
        return None if row is None else self._read(row)

    def _read(self, row: Row[Any]) -> Approval:
        asked_by = PersonKey(row.asked_by)
        return Approval(
            id=ApprovalId(row.id),
            kind=RequestKind(row.kind),
            subject=row.subject,
            text_hash=row.text_hash,
            role=row.role,
            needed=row.needed,
            case_id=None if row.case_id is None else CaseId(row.case_id),
            asked_by=asked_by,
            asked_by_name=People(self.scope).name(asked_by),
            asked_at=row.asked_at,
            remind_at=row.remind_at,
            reminded=row.reminded_at is not None,
            expires_at=row.expires_at,
            state=ApprovalState(row.state),
            ended_at=row.ended_at,
            answers=self._answers(ApprovalId(row.id)),
            stranded=row.stranded_at is not None,
        )

    def _answers(self, approval_id: ApprovalId) -> tuple[ApprovalAnswer, ...]:
        names = People(self.scope)
        found = self.conn.execute(ANSWERS, {"approval": approval_id}).all()
        return tuple(
            ApprovalAnswer(
                by=PersonKey(row.person),
                by_name=names.name(PersonKey(row.person)),
                yes=row.yes,
                reason=self.vault.open(
                    row.reason_sealed, place=_place(approval_id, PersonKey(row.person))
                ),
                at=row.at,
                about=row.about,
            )
            for row in found
        )


def _place(approval_id: ApprovalId, person: PersonKey) -> str:
    return f"approval_answers.reason/{approval_id}/{person}"
