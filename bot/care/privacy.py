"""Whoever looks after privacy learns of every look in the clear: who, at which case, what for.

By a clock of its own, since a digest need not be wished for; and by a mark on each look, since one
that is just being kept is not seen yet by whoever counts by time.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.care.duty import Duty
from bot.care.telling import tell
from bot.care.until import said
from bot.care.wording import quoted
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.ids import CaseId
from bot.model.person import CLOCKWORK, Person
from bot.model.reveal import Reveal
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

LOOK_SECONDS = 300.0
GATHERED = timedelta(hours=4)
"""So long looks are gathered: one message tells of them all."""
MOST_TOLD = 20
PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class Privacy:
    db: Database
    guard: Guard
    duty: Duty
    zone: ZoneInfo

    async def look(self) -> None:
        if await self.duty.mine("privacy", seconds=LOOK_SECONDS / 2) and await self.db.read(_due):
            await self.db.write(self._tell)

    def _tell(self, unit: UnitOfWork) -> None:
        looks = unit.reveals.untold() if _due(unit) else []
        if not looks:
            return
        times = "once" if len(looks) == 1 else f"{len(looks)} times"
        since = said(looks[0].at, zone=self.zone)
        lines = [f"Personal data was seen in the clear {times} since {since}:"]
        lines += [_told(each) for each in looks[:MOST_TOLD]]
        if len(looks) > MOST_TOLD:
            lines.append(f"And {len(looks) - MOST_TOLD} more; the record has them all.")
        text = self.guard.clear("\n".join(lines))
        for role, person in sorted(unit.roles.held()):
            if role == PRIVACY:
                tell(unit, person, text)
        unit.reveals.told([each.id for each in looks])
        for each in looks:
            facts = (("reveal", str(each.id)),)
            unit.commit(AuditEntry("reveal.told", CLOCKWORK.key, each.case_id, facts=facts))


def tell_of_own(unit: UnitOfWork, guard: Guard, case_id: CaseId, *, by: Person) -> None:
    """Who brings a customer in and looks them up may have made the case for the look: whoever looks
    after privacy hears of the first one. To be asked before that look is on record."""
    theirs = {e.entry.action for e in unit.audit.of_case(case_id) if e.entry.actor == by.key}
    if "case.brought_in" not in theirs or "customer.looked_up" in theirs:
        return
    who = f"{by.name} (account {by.user_id})"
    text = f"{who} brought case {case_id} in, and has looked its customer up: /case {case_id}."
    for role, person in sorted(unit.roles.held()):
        if role == PRIVACY and person != by.key:
            tell(unit, person, guard.clear(text))


def _due(unit: Records) -> bool:
    """Not while there is nobody to tell: nothing is told to nobody and then forgotten."""
    since = unit.reveals.untold_since()
    if since is None or since > unit.now - GATHERED:
        return False
    return has_privacy(unit)


def has_privacy(unit: Records) -> bool:
    """Whether there is anybody to tell, as roles were when somebody last looked."""
    return any(role == PRIVACY for role, _ in unit.roles.held())


def _told(look: Reveal) -> str:
    why = quoted(look.reason) if look.reason else "no reason was asked"
    return f"Case {look.case_id}, by {look.by_name or 'a colleague'}: {why}"
