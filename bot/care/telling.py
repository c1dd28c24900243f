"""Telling colleagues what concerns them, as they wish it: the one way to who did not ask just now.

What is told joins what they hear in the morning, or goes at once; and whatever is due in their
quiet hours waits for their end, by the clock of wherever Slack says they are.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.cleared import Cleared
from bot.model.clock import strikes, zone_named
from bot.model.ids import PersonKey
from bot.model.person import Workspace, person_key, user_id_of
from bot.model.visit import Offer
from bot.model.wishes import How, Wishes
from bot.slack.people import People
from storage.database import Database
from storage.unit_of_work import UnitOfWork

MORNING = time(9)
"""When those who want one message a day get it, by their own clock."""
HEADING = "What happened since yesterday"


def tell(
    unit: UnitOfWork, key: PersonKey, text: Cleared[str], offers: tuple[Offer, ...] = ()
) -> None:
    """`offers` stand under what is told at once; what is gathered for the morning is words."""
    wishes = unit.preferences.of(key)
    if wishes.how is How.DIGEST:
        morning = _next(MORNING, unit.now, zone_named(wishes.zone))
        delay = (morning - unit.now).total_seconds()
        unit.outgoing.gather(user_id_of(key), text, heading=HEADING, delay=delay)
    else:
        unit.outgoing.queue(user_id_of(key), text, offers=offers)


@dataclass(frozen=True, slots=True)
class Telling:
    db: Database
    people: People
    workspace: Workspace

    async def quiet_for(self, user_id: str) -> float:
        """Seconds until the person's quiet hours end; 0 where they may be told now."""
        key = person_key(self.workspace, user_id)
        wishes, now = await self.db.read(lambda unit: (unit.preferences.of(key), unit.now))
        if wishes.quiet_from is None or wishes.quiet_to is None:
            return 0.0
        person = await self.people.who(self.workspace, user_id)
        return (quiet_until(wishes, now, zone=person.zone) - now).total_seconds()


def quiet_until(wishes: Wishes, now: datetime, *, zone: str = "") -> datetime:
    """`now` itself where no hour is quiet. `zone` is where they are, if Slack tells."""
    begin, end = wishes.quiet_from, wishes.quiet_to
    if begin is None or end is None or begin == end:
        return now
    where = zone_named(zone or wishes.zone)
    clock = now.astimezone(where).time()
    quiet = begin <= clock < end if begin < end else clock >= begin or clock < end
    return _next(end, now, where) if quiet else now


def _next(hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The next time their clock shows `hour`, which it may do twice on one day."""
    today = now.astimezone(zone).date()
    shown = strikes((today, today + timedelta(days=1)), hour, zone)
    return next(each for each in shown if each > now)
