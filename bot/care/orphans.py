"""Cards whose receipt was lost: Slack has them, the record does not, until somebody touches one.

Slack takes no key to post by, so a post whose answer was lost is made again. Whoever presses a
button on such a card tells us where it stands: it becomes the case's card, or says that it moved.
"""

from dataclasses import dataclass

from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId
from bot.model.person import CLOCKWORK
from bot.slack.channel import SlackChannel
from bot.slack.render import plain
from bot.slack.slashes import Slashes
from storage.database import Database
from storage.unit_of_work import Records, Technical, UnitOfWork

MOVED = "This card moved. Case {case} has another one by now: /case {case} shows how it stands."


@dataclass(frozen=True, slots=True)
class Orphans:
    db: Database
    guard: Guard
    slack: SlackChannel
    slashes: Slashes

    async def touched(self, case_id: CaseId, place: Card | None) -> None:
        """Somebody pressed a button of this case on the message at `place`."""
        if place is None or place.channel_id.startswith("D"):
            return

        def odd(unit: Records) -> bool:
            return unit.cards.where(case_id) != place and unit.cards.at(place) is None

        def take_in(unit: UnitOfWork) -> None:
            # Asked again where nothing else can happen in between.
            if not odd(unit):
                return
            adopted = unit.cards.where(case_id) is None
            if adopted:
                unit.cards.placed(case_id, place)
                unit.deliveries.want(DeliveryKind.CARD, case_id)
            else:
                moved(unit, case_id, place)
            facts = (("channel", place.channel_id),)
            action = "card.adopted" if adopted else "card.moved"
            unit.commit(AuditEntry(action, CLOCKWORK.key, case_id, facts=facts))

        if await self.db.read(odd):
            await self.db.write(take_in)

    async def carry(self, subject: str) -> None:
        """Say on the card that it moved, and take its buttons away."""
        number, channel_id, ts = subject.split()
        place = Card(channel_id, ts)
        if await self.db.read(lambda unit: unit.cards.at(place)) is not None:
            return
        said = self.slashes.spell(MOVED.format(case=number))
        # Where it cannot be edited any more there is nothing left to say.
        await self.slack.edit(place, self.guard.clear(plain(said)), wordless=True)


def moved(unit: Technical | UnitOfWork, case_id: CaseId, place: Card) -> None:
    """The case has another card: this one will say so."""
    unit.deliveries.want(DeliveryKind.ORPHAN, f"{case_id} {place.channel_id} {place.ts}")
