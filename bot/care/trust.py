"""Trust: earned by answers that went out as they were approved, anew after one that was not.

What it takes the policy in force says, so only the approvals in a row are kept. Each change is on
record and told to the one it concerns, and to nobody else: it is no rank.
"""

from dataclasses import dataclass

from bot.care.acts import Acts
from bot.care.asking import trusted
from bot.care.replies import CHANGED
from bot.care.telling import tell
from bot.care.withdrawing import WITHDRAWN
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK
from bot.model.reply import Reply, ReplyState
from storage.unit_of_work import Records, UnitOfWork

LOST = (
    "For a while, a colleague looks at your answers before they go out. It happens to everybody "
    "who writes a lot, and it says nothing about you: with the next ones it passes."
)


@dataclass(frozen=True, slots=True)
class Trust:
    acts: Acts
    guard: Guard

    def went(self, unit: UnitOfWork, reply: Reply) -> None:
        """It is out. Before that an approved answer may still be taken back, and shows nothing."""
        if reply.approval_id is not None and not _was_changed(unit, reply):
            self.earned(unit, reply.author)

    def earned(self, unit: UnitOfWork, person: PersonKey) -> None:
        """An answer of theirs was approved exactly as they wrote it."""
        after = self.acts.policy.settings.trust_after
        before = unit.trust.streak(person)
        now = unit.trust.count(person)
        begins = trusted(now, after) and not trusted(before, after)
        unit.commit(_line("trust.earned" if begins else "trust.counted", person, now))
        if begins:
            self._tell(unit, person, _earned(now))

    def lost(self, unit: UnitOfWork, person: PersonKey) -> None:
        """An answer of theirs was not approved; whoever said so told them why."""
        before = unit.trust.streak(person)
        if not unit.trust.forget(person):
            return
        unit.commit(_line("trust.lost", person, 0))
        if trusted(before, self.acts.policy.settings.trust_after):
            self._tell(unit, person, LOST)

    def _tell(self, unit: UnitOfWork, person: PersonKey, words: str) -> None:
        tell(unit, person, self.guard.clear(words))


def _was_changed(unit: Records, reply: Reply) -> bool:
    """Whether others were asked about other words first, since their last answer: also such as
    were taken back."""
    theirs = (each for each in unit.replies.of_case(reply.case_id) if each.author == reply.author)
    for each in sorted(theirs, key=lambda one: one.id, reverse=True):
        if each.id < reply.id and each.state in (ReplyState.SENT, ReplyState.HANDED):
            return False
        if each.reason in (CHANGED, WITHDRAWN) and each.text != reply.text:
            return True
    return False


def _line(action: str, person: PersonKey, streak: int) -> AuditEntry:
    facts = (("who", person), ("in_a_row", str(streak)))
    return AuditEntry(action, CLOCKWORK.key, facts=facts)


def _earned(streak: int) -> str:
    times = "Your last answer was" if streak == 1 else f"Your last {streak} answers were"
    return f"{times} approved just as you wrote them. From now on yours go out at once. Thank you."
