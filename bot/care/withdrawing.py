"""Taking an answer back that has not gone out: it is void, and its author gets the words again.

With a case that changes hands goes also what one saw for holding it.
"""

from bot.care.asking_for import end_approval
from bot.care.reveals import close_all_of
from bot.care.telling import tell
from bot.compliance import Guard, Sink
from bot.errors import Refusal
from bot.model.approval import ApprovalState
from bot.model.audit import AuditEntry, Effect
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Person
from bot.model.reply import WAITING, Reply, ReplyId, ReplyState
from bot.model.request import RequestKind
from storage.unit_of_work import UnitOfWork

WITHDRAWN = "reply-withdrawn"
"""Why a reply is void that was taken back."""
RELEASED = "the case was released while it waited."
PASSED = "the case was passed on while it waited."
HANDED_BACK = "who held the case is away or has left, and it waits for everybody again."
GOING_OUT = "An answer in case {0} is going out just now. Wait until its card says how it went."


def nothing_waits(unit: UnitOfWork, case_id: CaseId) -> None:
    """Raises `Refusal` where an answer would be forgotten with the case."""
    unit.cases.hold(case_id)
    if any(each.state is ReplyState.SENDING for each in unit.replies.of_case(case_id)):
        raise Refusal(GOING_OUT.format(case_id), "answer-going")
    waits = _waiting(unit, case_id)
    if not waits:
        return
    asked = any(each.state is ReplyState.ASKED for each in waits)
    said = "An answer waits for a yes" if asked else "An answer has not gone out yet"
    raise Refusal(
        f"{said} in case {case_id}, and the customer would never read it. Wait for that first. "
        f"No answer any more? /case release {case_id} takes it back; its author gets the words.",
        "answer-waits",
    )


def withdraw(
    unit: UnitOfWork,
    guard: Guard,
    case_id: CaseId,
    *,
    by: Person,
    why: str,
    untold: PersonKey | None = None,
) -> None:
    """All that waits in a case which changes hands; its authors hear why, but `untold`. Whoever
    reads it in the clear did so because they held it."""
    unit.cases.hold(case_id)
    close_all_of(unit, case_id)
    for reply in _waiting(unit, case_id):
        if _void(unit, reply, by) and reply.author != untold:
            told = f"Your answer in case {case_id} did not go out: {why} These were your words:"
            tell(unit, reply.author, guard.clear(f"{told}\n\n{reply.text}", sink=Sink.PERSON))


def take_back(unit: UnitOfWork, reply_id: ReplyId, case_id: CaseId, *, by: Person) -> Reply:
    """This one, for its author; `Refusal` where the network may have it by now."""
    unit.cases.hold(case_id)
    reply = unit.replies.get(reply_id)
    if reply is not None and _void(unit, reply, by):
        return reply
    state = reply.state if reply is not None else ReplyState.VOID
    raise Refusal(_LATE.get(state, _OVER).format(case_id), "reply-stands")


def _waiting(unit: UnitOfWork, case_id: CaseId) -> list[Reply]:
    return [each for each in unit.replies.of_case(case_id) if each.state in WAITING]


def _void(unit: UnitOfWork, reply: Reply, by: Person) -> bool:
    approval = unit.approvals.open_about(RequestKind.REPLY, str(reply.case_id))
    if not unit.replies.move(reply.id, ReplyState.VOID, of=WAITING, reason=WITHDRAWN):
        return False
    if approval is not None and approval.text_hash == reply.hash:
        end_approval(unit, approval, ApprovalState.VOID)
    facts = (("reply", str(reply.id)), ("hash", reply.hash))
    unit.commit(
        AuditEntry("reply.stopped", by.key, reply.case_id, Effect.DENIED, WITHDRAWN, facts=facts)
    )
    return True


_STANDS = (
    "Your answer in case {0} is out, or may be: what stands there I cannot take back. Look where "
    "the card of the case points, and delete it there if it must go. /case release {0} lets "
    "somebody else have the case."
)
_LATE = {
    ReplyState.SENDING: _STANDS,
    ReplyState.SENT: _STANDS,
    ReplyState.UNKNOWN: _STANDS,
    ReplyState.HANDED: (
        "You have the words of your answer in case {0} already, to send them by hand: nothing of "
        "it waits here. /case release {0} lets somebody else have the case."
    ),
}
_OVER = (
    "Your answer in case {0} does not go out anyway. Nothing else was undone: /case {0} shows how "
    "the case stands."
)
