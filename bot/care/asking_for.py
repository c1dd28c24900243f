"""Asking for an approval, inside the transaction of whatever needs it.

Whoever changes several rows takes them in one order, so that no two wait for one another: first
the case, then the approval, then what it is about (the reply, the hold, the policy), then the rest.
Two who do something about the same case are one after the other from their first row on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care import too_few
from bot.care.acts import Acts
from bot.care.coordinators import coordinators
from bot.care.telling import tell
from bot.care.wording import ago
from bot.compliance import (
    Action,
    Decision,
    Guard,
    NoCase,
    NoReply,
    ObligationKind,
    Question,
    RequestFacts,
    Sink,
)
from bot.model.approval import Approval, ApprovalState, NewApproval
from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.ids import ApprovalId, PersonKey
from bot.model.lanes import lane_to
from bot.model.person import CLOCKWORK, Enrolment, Membership, user_id_of
from bot.model.request import RequestKind
from storage.unit_of_work import Records, UnitOfWork

PERSONS = {ObligationKind.APPROVAL: 1, ObligationKind.TWO_APPROVALS: 2}


@dataclass(frozen=True, slots=True)
class Requests:
    """`channel` is where cards stand; "" sends one to each person who may answer."""

    acts: Acts
    guard: Guard
    channel: str
    remind_after: timedelta
    expire_after: timedelta

    def ask(self, unit: UnitOfWork, new: NewApproval) -> ApprovalId:
        """Once for the same words; for others anew, and the former approval becomes void."""
        known = unit.approvals.open_about(new.kind, new.subject)
        same = known is not None and known.text_hash == new.text_hash
        if known is not None and same and unit.now < known.expires_at:
            facts = _facts(new, known.id)
            unit.commit(AuditEntry("approval.asked_again", new.by.key, new.case_id, facts=facts))
            return known.id
        if known is not None:
            self.end(unit, known, ApprovalState.VOID)
        if new.by != CLOCKWORK:
            unit.people.seen(new.by)
        approval_id = unit.approvals.ask(
            new, remind_at=unit.now + self.remind_after, expires_at=unit.now + self.expire_after
        )
        facts = (*_facts(new, approval_id), ("role", new.role), ("needed", str(new.needed)))
        unit.commit(AuditEntry("approval.asked", new.by.key, new.case_id, facts=facts))
        made = unit.approvals.get(approval_id)
        if made is not None:
            self.show(unit, made)
        return approval_id

    def count(self, unit: UnitOfWork, approval: Approval, title: str) -> None:
        """Who waits is told once when there are too few, with those who can name more."""
        may = len(self.asked(unit, approval))
        if too_few.note(unit, approval, may=may):
            whom = {approval.asked_by, *coordinators(unit)}
            too_few.tell_of(unit, self.guard, approval, title, may=may, whom=whom)

    def miscounted(self, unit: Records, approval: Approval) -> bool:
        return too_few.changed(approval, may=len(self.asked(unit, approval)))

    def void(self, unit: UnitOfWork, kind: RequestKind, subject: str) -> None:
        """It is wanted no more, or in other words."""
        known = unit.approvals.open_about(kind, subject)
        if known is not None:
            self.end(unit, known, ApprovalState.VOID)

    def end(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        end_approval(unit, approval, state)

    def is_good(self, approval: Approval, text_hash: str, now: datetime) -> bool:
        """Said to exactly this, and not longer ago than there was time to say it."""
        said_at = approval.ended_at
        if approval.state is not ApprovalState.GRANTED or said_at is None:
            return False
        return approval.text_hash == text_hash and now < said_at + self.expire_after

    def show(self, unit: UnitOfWork, approval: Approval) -> None:
        """A card for each who may answer and has none yet; who became one later gets one too."""
        for whom in self.missing(unit, approval):
            if unit.approvals.show_to(approval.id, whom):
                subject = f"{approval.id} {whom}"
                unit.deliveries.want(DeliveryKind.APPROVAL, subject, lane=lane_to(whom))
                facts = (*_facts(approval, approval.id), ("whom", whom))
                line = AuditEntry("approval.shown", CLOCKWORK.key, approval.case_id, facts=facts)
                unit.commit(line)

    def missing(self, unit: Records, approval: Approval) -> tuple[str, ...]:
        wanted = [self.channel] if self.channel else map(user_id_of, self.asked(unit, approval))
        shown = {place.whom for place in unit.approvals.cards(approval.id)}
        return tuple(whom for whom in wanted if whom not in shown)

    def redraw(self, unit: UnitOfWork, approval: Approval) -> None:
        redraw_cards(unit, approval)

    def asked(self, unit: Records, approval: Approval) -> tuple[PersonKey, ...]:
        """Who may answer, as their roles were when anybody last looked; never who asked.

        Judged with all their roles: one of them may take away what another gives.
        """
        roles: dict[PersonKey, set[str]] = {}
        for role, person in unit.roles.held():
            roles.setdefault(person, set()).add(role)
        return tuple(
            person
            for person, theirs in sorted(roles.items())
            if person != approval.asked_by
            and approval.role in {"", *theirs}
            and self._may(frozenset(theirs), approval.kind)
        )

    def words(self, unit: Records, approval_id: ApprovalId) -> str:
        """For the answer to who asked: what they wait for now."""
        approval = unit.approvals.get(approval_id)
        if approval is None:
            return ""
        persons = "one other person" if approval.needed == 1 else "two other persons"
        role = f" ({approval.role})" if approval.role else ""
        left = ago(unit.now, approval.expires_at)
        said = f"It waits for the yes of {persons}{role}, for {left} at most."
        if len(self.asked(unit, approval)) < approval.needed:
            said += (
                " There are too few who may say it: your coordinators are told, and can name more."
            )
        return said

    def tell_asker(self, unit: UnitOfWork, approval: Approval, text: str) -> None:
        """Where nobody in Slack asked, those who coordinate."""
        told = [approval.asked_by]
        if approval.asked_by == CLOCKWORK.key:
            told = coordinators(unit)
        words = self.guard.clear(text, sink=Sink.PERSON)
        for key in told:
            tell(unit, key, words)

    def _may(self, roles: frozenset[str], kind: RequestKind) -> bool:
        question = Question(
            action=Action.ANSWER_REQUEST,
            membership=Membership.MEMBER,
            roles=roles,
            enrolment=Enrolment.YES,
            trusted=False,
            case=NoCase(),
            reply=NoReply(),
            request=RequestFacts(kind, author_is_actor=False),
            unsure=frozenset(),
        )
        return self.acts.policy.decide(question).allowed


def end_approval(unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
    if unit.approvals.end(approval.id, state):
        redraw_cards(unit, approval)
        facts = _facts(approval, approval.id)
        action = f"approval.{_ENDED[state]}"
        unit.commit(AuditEntry(action, CLOCKWORK.key, approval.case_id, facts=facts))


def redraw_cards(unit: UnitOfWork, approval: Approval) -> None:
    for place in unit.approvals.cards(approval.id):
        unit.deliveries.want(DeliveryKind.APPROVAL, f"{approval.id} {place.whom}")


def held(unit: Records, approval_id: ApprovalId) -> Approval | None:
    """Nobody else's until this transaction ends, and what it is about neither."""
    known = unit.approvals.get(approval_id)
    if known is not None and known.case_id is not None:
        unit.cases.hold(known.case_id)
    return unit.approvals.hold(approval_id)


def taken(decision: Decision) -> tuple[str, int] | None:
    """The role, and how many persons of it must say yes; None where nobody has to."""
    for kind, persons in PERSONS.items():
        for owed in decision.asks(kind):
            return owed.role, persons
    return None


_ENDED = {
    ApprovalState.GRANTED: "granted",
    ApprovalState.REFUSED: "refused",
    ApprovalState.EXPIRED: "expired",
    ApprovalState.VOID: "voided",
}


def _facts(of: NewApproval | Approval, approval_id: ApprovalId) -> tuple[tuple[str, str], ...]:
    return (("approval", str(approval_id)), ("kind", of.kind.value), ("hash", of.text_hash))
