"""Answering what a colleague asked for: yes or no, once each, and what becomes of it.

The yes that makes it enough and what follows from it are one transaction.
"""

from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed
from bot.care.asking import Asked
from bot.care.asking_for import Requests, held
from bot.care.obligations import Brought
from bot.care.reasons import is_reason
from bot.care.requests import Given, Handlers
from bot.care.settling import Settling
from bot.care.yeses import UNTOLD, Known, RollCall, Yeses, yeses
from bot.compliance import Action, Decision, RequestFacts, worded
from bot.errors import Refusal, Unavailable
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.audit import AuditEntry, Effect
from bot.model.ids import ApprovalId
from bot.model.person import CLOCKWORK, Person
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import Records, UnitOfWork

FORM, REASON = "reject", "reason"


@dataclass(frozen=True, slots=True)
class Approvals:
    acts: Acts
    requests: Requests
    handlers: Handlers
    settling: Settling
    roll_call: RollCall

    async def ask_why(self, approval_id: ApprovalId, *, visit: Visit) -> Answer:
        """The form for a no, which needs a reason."""

        def verb(unit: UnitOfWork) -> Answer:
            approval = self._held(unit, approval_id)
            decision = self._decided(unit, approval, visit.by)
            self._answerable(unit, approval, visit.by)
            unit.commit(allowed("approval.opened", decision, by=visit.by, case_id=approval.case_id))
            return Answer("Why not?", form=Form(FORM, approval.case_id, approval_id=approval_id))

        return await self.acts.run(visit, Action.ANSWER_REQUEST, verb)

    async def approve(
        self, approval_id: ApprovalId, *, visit: Visit, read: str | None = None
    ) -> Answer:
        """`read` is the stamp of the card it was pressed on, where there was a card."""
        visit, approval = await self.acts.anew(visit), await self.settling.settle(approval_id)
        known = Known() if approval is None else await self.roll_call.known(approval)

        def verb(unit: UnitOfWork) -> Answer:
            if read is not None and (again := self._look_again(unit, approval_id, read, visit.by)):
                return again
            approval, shown = self._answered(unit, approval_id, yes=True, reason="", visit=visit)
            given = self._given(approval, known, visit.by, about=shown.about)
            if len(given.approvals) < approval.needed:
                self.requests.redraw(unit, approval)
                done = f"{len(given.approvals)} of {approval.needed} have said yes"
                return Answer(f"Your yes counts. {done}; it waits for one more person.")
            return self._granted(unit, approval, shown, given, told=known.told)

        answer = await self.acts.run(visit, Action.ANSWER_REQUEST, verb)
        if approval is not None and not answer.refused:
            await self.handlers[approval.kind].afterwards()
        return answer

    async def reject(self, approval_id: ApprovalId, reason: str, *, visit: Visit) -> Answer:
        visit = await self.acts.anew(visit)
        await self.settling.settle(approval_id)

        def verb(unit: UnitOfWork) -> Answer:
            said = worded(reason)
            if not is_reason(said):
                raise Refusal(_REASON, "words-missing", field_id=REASON)
            answered = self._answered(unit, approval_id, yes=False, reason=said, visit=visit)
            approval, shown = answered
            self.settling.end(unit, approval, ApprovalState.REFUSED)
            self.requests.tell_asker(
                unit,
                approval,
                f"{visit.by.name} said no: {shown.told}. Their reason: “{said}”{shown.again}",
            )
            return Answer("Your no is on record, and whoever asked reads your reason.")

        return await self.acts.run(visit, Action.ANSWER_REQUEST, verb)

    async def good(self, approval_id: ApprovalId | None, text_hash: str) -> Yeses:
        """For `Brought`, at the moment it goes out: a granted yes to exactly this, not older than
        the time there was to say it, and each who said it may still. Raises `Unavailable` where
        Slack does not tell who they are."""
        if approval_id is None:
            return ()
        known_as, now = await self.acts.db.read(
            lambda unit: (unit.approvals.get(approval_id), unit.now)
        )
        if known_as is None or not self.requests.is_good(known_as, text_hash, now):
            return ()
        known = await self.roll_call.known(known_as)
        return yeses(known_as, known_as.agreed, known)

    def _held(self, unit: Records, approval_id: ApprovalId) -> Approval:
        approval = held(unit, approval_id)
        if approval is None:
            raise Refusal(_UNKNOWN, "approval-unknown")
        return approval

    def _decided(
        self, unit: Records, approval: Approval, by: Person, *, reason: str = ""
    ) -> Decision:
        own = approval.asked_by == by.key
        about = Asked(request=RequestFacts(approval.kind, author_is_actor=own))
        brought = Brought(reason=reason)
        return self.acts.decide(unit, by, Action.ANSWER_REQUEST, None, asked=about, brought=brought)

    def _answerable(self, unit: Records, approval: Approval, by: Person) -> Request:
        """What they read; `Refusal` where there is nothing to answer for them any more."""
        if approval.state is ApprovalState.OPEN and unit.now >= approval.expires_at:
            raise Refusal(_OVER[ApprovalState.EXPIRED], "approval-expired")
        if approval.state is not ApprovalState.OPEN:
            raise Refusal(_OVER[approval.state], f"approval-{approval.state}")
        if approval.role and approval.role not in by.roles:
            sentence = f"This one is for the role {approval.role}, and you do not have it."
            raise Refusal(f"{sentence} A colleague who does will look at it.", "approval-role")
        shown = self.handlers[approval.kind].show(unit, approval)
        if shown is None or shown.text_hash != approval.text_hash:
            raise Refusal(_OVER[ApprovalState.VOID], "approval-void")
        if by.key in {each.by for each in approval.yes_to(shown.about)}:
            raise Refusal(_TWICE, "approval-twice")
        return shown

    def _look_again(
        self, unit: UnitOfWork, approval_id: ApprovalId, read: str, by: Person
    ) -> Answer | None:
        """No yes yet where the card they pressed on shows what is not so any more."""
        approval = self._held(unit, approval_id)
        self._decided(unit, approval, by)
        if self._answerable(unit, approval, by).stamp == read:
            return None
        self.requests.redraw(unit, approval)
        action, rule, policy = Action.ANSWER_REQUEST, "approval-look-again", self.acts.policy.hash
        (line,) = unit.commit(
            AuditEntry(action.value, by.key, approval.case_id, Effect.DENIED, rule, policy)
        )
        return Answer(_LOOK, lines=(f"Why: /case why D-{line}",), refused=True)

    def _answered(
        self, unit: UnitOfWork, approval_id: ApprovalId, *, yes: bool, reason: str, visit: Visit
    ) -> tuple[Approval, Request]:
        """Once a person: on record, and what stands then."""
        by, approval = visit.by, self._held(unit, approval_id)
        decision = self._decided(unit, approval, by, reason=reason)
        shown = self._answerable(unit, approval, by)
        unit.people.seen(by)
        about = shown.about
        if not unit.approvals.answer(approval_id, by.key, yes=yes, reason=reason, about=about):
            raise Refusal(_TWICE, "approval-twice")
        facts = (("approval", str(approval_id)), ("hash", approval.text_hash))
        action = "approval.approved" if yes else "approval.rejected"
        case_id = approval.case_id
        unit.commit(allowed(action, decision, by=by, case_id=case_id, facts=facts))
        return self._held(unit, approval_id), shown

    def _granted(
        self, unit: UnitOfWork, approval: Approval, shown: Request, given: Given, *, told: bool
    ) -> Answer:
        names = " and ".join(each.by_name for each in approval.yes_to(shown.about))
        try:
            how = self.handlers[approval.kind].granted(unit, approval, given)
        except Refusal as no:
            if not told:
                raise Unavailable("slack", UNTOLD) from no
            self.settling.end(unit, approval, ApprovalState.VOID)
            over = f"{names} said yes, and it could not be done any more: {shown.told}."
            self.requests.tell_asker(unit, approval, f"{over} {no.sentence}{shown.again}")
            return Answer("Your yes is on record, but it cannot be done any more. They were told.")
        self.requests.end(unit, approval, ApprovalState.GRANTED)
        if approval.asked_by != CLOCKWORK.key:
            self.requests.tell_asker(unit, approval, f"{names} said yes: {shown.told}. {how}")
        return Answer(f"Your yes counts. {how}")

    def _given(self, approval: Approval, known: Known, by: Person, *, about: str) -> Given:
        known = replace(known, roles={**known.roles, by.key: by.roles})
        return Given(known.asker, by, yeses(approval, approval.yes_to(about), known))


_LOOK = (
    "Please look again: the customer wrote again, or their words are shown otherwise, since this "
    "card was drawn. It is drawn anew now; a yes on the new one counts."
)
_REASON = "Please say why not, in a few words: whoever asked will read them."
_UNKNOWN = "I do not know this request any more. Please look at the newest card."
_TWICE = "You have answered this already, and your answer counts once."
_OVER = {
    ApprovalState.GRANTED: "This was approved already; there is nothing left to answer.",
    ApprovalState.REFUSED: "A colleague has said no to this already.",
    ApprovalState.EXPIRED: (
        "The time to answer this is over, so nothing was done. Whoever asked can ask again."
    ),
    ApprovalState.VOID: (
        "What was asked for has changed since, or is not wanted any more. Where it still is, a "
        "newer card asks."
    ),
}
