"""The courier of a storm: its one rolling card in Slack, as its cases are now."""

from dataclasses import dataclass

from bot.care.laning import again, post_anew
from bot.care.routing import Router
from bot.care.storms import Weather
from bot.compliance import Guard
from bot.errors import Misconfigured
from bot.model.audit import AuditEntry
from bot.model.case import Case, CaseState
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import StormId
from bot.model.lanes import EDIT, lane_to
from bot.model.person import CLOCKWORK
from bot.model.storm import StormView
from bot.slack.channel import SlackChannel
from bot.slack.storm_card import storm_card
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StormCards:
    db: Database
    guard: Guard
    slack: SlackChannel
    router: Router
    weather: Weather

    async def draw(self, subject: str) -> None:
        """Post the rolling card, or edit it; each in turns of its own lane, as a case's card."""
        storm_id = StormId(int(subject))
        view, lane = await self.db.read(
            lambda unit: (
                unit.storms.view(storm_id),
                unit.deliveries.lane(DeliveryKind.STORM, storm_id),
            )
        )
        if view is None:
            raise Misconfigured((f"storm {subject} is not in the database",))
        placed = view.storm.card
        right = lane_to(self._channel(view)) if placed is None else EDIT
        if lane != right:
            await self.db.technical(lambda unit: again(unit, DeliveryKind.STORM, storm_id, right))
            return
        message = self.guard.clear(storm_card(view))
        if placed is None:
            posted = await self.slack.post(self._channel(view), message)
            await self.db.write(lambda unit: _placed(unit, storm_id, posted))
        elif not await self.slack.edit(placed, message):
            await self._lost(view)

    async def _lost(self, view: StormView) -> None:
        storm_id, channel = view.storm.id, self._channel(view)
        await post_anew(
            self.db,
            self.slack,
            channel,
            kind=DeliveryKind.STORM,
            subject=storm_id,
            forget=lambda unit: unit.storms.gone(storm_id),
            entry=_noted("storm.card_lost", storm_id, channel),
        )

    async def count(self, case: Case) -> None:
        """What became of one of its cases stands there too."""
        storm_id = case.storm_id
        if storm_id is not None:
            await self.db.technical(lambda unit: self.weather.redraw(unit, storm_id))

    def _channel(self, view: StormView) -> str:
        """Where its cases' route points today, so that a mended app.yaml frees what was stuck."""
        route = view.by_route[0][0] if view.by_route else ""
        return self.router.channel(route) or view.storm.channel


def stands_for(case: Case) -> bool:
    """Whether its storm's card is enough: nobody holds it, and very many would be too many."""
    return case.storm_id is not None and case.holder is None and case.state is CaseState.OPEN


def _placed(unit: UnitOfWork, storm_id: StormId, card: Card) -> None:
    unit.storms.placed(storm_id, card)
    unit.commit(_noted("storm.card_posted", storm_id, card.channel_id))


def _noted(action: str, storm_id: StormId, channel: str) -> AuditEntry:
    return AuditEntry(action, CLOCKWORK.key, facts=(("storm", str(storm_id)), ("channel", channel)))
