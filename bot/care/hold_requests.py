"""A hold that others must agree to, where the policy says so: mostly that it may end."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.care.acts import Acts, allowed
from bot.care.holds import BEGIN, LIFT, hash_of, set_going
from bot.care.obligations import Brought
from bot.care.requests import Given, Handler
from bot.care.until import said
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.hold import ALL, Hold
from bot.model.ids import HoldId
from storage.unit_of_work import Records, UnitOfWork

ACTIONS = {BEGIN: (Action.SET_HOLD, "hold.set"), LIFT: (Action.LIFT_HOLD, "hold.lifted")}


@dataclass(frozen=True, slots=True)
class HoldRequests(Handler):
    acts: Acts
    zone: ZoneInfo

    def show(self, unit: Records, approval: Approval) -> Request | None:
        what, hold = _read(unit, approval)
        over = approval.state is not ApprovalState.OPEN
        if hold is None or (hold.lifted_at is not None and not over):
            return None
        topic = "on every topic" if hold.topic == ALL else f"on {hold.topic}"
        title = (
            f"The hold {topic} is lifted" if what == LIFT else f"Answers {topic} are put on hold"
        )
        by = hold.set_by_name or "a colleague"
        lines = (f"Set by {by} on {said(hold.asked_at, zone=self.zone)}.",)
        return Request(title, hash_of(what, hold), hold.reason, lines)

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        what, hold = _read(unit, approval)
        action, done = ACTIONS[what]
        if hold is None:
            raise Refusal("There is no such hold any more.", "hold-none")
        brought = Brought(approvals=given.approvals, reason=hold.reason)
        decision = self.acts.decide(unit, given.asker, action, None, brought=brought)
        if what == LIFT:
            unit.holds.lift(hold.id, given.asker.key)
            set_going(unit)
        else:
            unit.holds.begin(hold.id)
        facts = (("topic", hold.topic), ("approval", str(approval.id)))
        unit.commit(allowed(done, decision, by=given.asker, facts=facts))
        return "It is lifted." if what == LIFT else "It is on hold now."

    def ended(
        self,
        unit: UnitOfWork,
        approval: Approval,
        state: ApprovalState,  # noqa: ARG002  every kind's
    ) -> None:
        """A hold that never began is gone; one that goes on stays as it is."""
        what, hold = _read(unit, approval)
        if what == BEGIN and hold is not None and hold.since is None:
            unit.holds.lift(hold.id, approval.asked_by)


def _read(unit: Records, approval: Approval) -> tuple[str, Hold | None]:
    what, _, number = approval.subject.partition(" ")
    return what, unit.holds.get(HoldId(int(number)))
