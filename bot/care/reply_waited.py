"""An answer that had to wait: the yes to it grows old, and the customer may write again meanwhile.

What goes out at the first try is not looked at twice: only what waited, for a hold, the archive, a
setting, or a network that did not take it, may be answering other words than stand there now.
"""

from dataclasses import dataclass

from bot.care.answering import ON_HOLD
from bot.care.asking_for import Requests
from bot.care.reply_archive import NOT_THERE
from bot.care.reply_endings import MISSET, Endings
from bot.errors import Refusal
from bot.model.approval import Approval, NewApproval
from bot.model.person import Person
from bot.model.reply import Reply
from bot.model.request import RequestKind
from storage.unit_of_work import Records, UnitOfWork

WAITED = frozenset({ON_HOLD, NOT_THERE, MISSET})
"""What may have held it for hours, as its author was told."""
NEWER = (
    "The yes to it was too long ago, or does not count any more, and by now others are asked about "
    "newer words in this case."
)
UNREAD = (
    "The customer wrote again while it waited. Please look at the case: if your answer still fits, "
    "send it once more; /reply {0} opens the form, with your words in it."
)


@dataclass(frozen=True, slots=True)
class Waited:
    requests: Requests
    endings: Endings

    def must_be_read(self, unit: Records, reply: Reply) -> None:
        """Raises `Refusal` where it would go out to words that nobody read who agreed to it."""
        if reply.tried_at is not None or not _waited(reply):
            return
        yes = _yes(unit, reply)
        since = yes.ended_at if yes is not None and yes.ended_at is not None else reply.made_at
        if unit.replies.spoken_since(reply.case_id, since):
            raise Refusal(UNREAD.format(reply.case_id), "customer-wrote")

    def still_good(self, unit: Records, reply: Reply) -> bool:
        """Its yes has not aged since it was asked for."""
        yes = _yes(unit, reply)
        return yes is None or self.requests.is_good(yes, reply.hash, unit.now)

    def ask_again(
        self,
        unit: UnitOfWork,
        reply: Reply,
        *,
        author: Person,
        owed: tuple[str, int] | None,
        no: Refusal,
    ) -> None:
        """Its yes is too old, or who said it may not any more: nothing goes out on that one."""
        if owed is None or unit.replies.asked(reply.case_id) is not None:
            # A case has one question at a time.
            self.endings.stopped(unit, reply, Refusal(NEWER, no.rule))
            return
        role, needed = owed
        subject = str(reply.case_id)
        new = NewApproval(
            RequestKind.REPLY, subject, reply.hash, role, needed, author, reply.case_id
        )
        unit.replies.ask_again(reply.id)
        approval_id = self.requests.ask(unit, new)
        self.endings.asked_again(unit, reply, self.requests.words(unit, approval_id))


def _waited(reply: Reply) -> bool:
    """A try of before counts too: the network said then that it did not take it."""
    return reply.reason in WAITED or reply.tries > 0


def _yes(unit: Records, reply: Reply) -> Approval | None:
    return None if reply.approval_id is None else unit.approvals.get(reply.approval_id)
