"""Who carries which delivery: cards and messages to Slack, tickets to their desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.deliveries import Courier
from bot.care.handoffs import filed, refused_by_desk, ticket_request
from bot.care.laning import again, post_anew
from bot.care.orphans import Orphans, moved
from bot.care.redrawing import redraw_for
from bot.care.routing import Router
from bot.care.storm_cards import StormCards, stands_for
from bot.care.telling import Telling
from bot.compliance import Guard, Sink
from bot.desks.base import Desk
from bot.errors import Misconfigured, Unavailable
from bot.model.audit import AuditEntry
from bot.model.case import CaseView
from bot.model.cleared import Cleared
from bot.model.delivery import Card, DeliveryKind
from bot.model.handoff import HandoffState
from bot.model.ids import CaseId, HandoffId
from bot.model.lanes import EDIT, SOMETIME, lane_to
from bot.model.person import CLOCKWORK
from bot.slack.cards import card
from bot.slack.channel import SlackChannel
from bot.slack.message import SlackMessage
from bot.slack.render import plain
from bot.slack.slashes import Slashes
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class Couriers:
    db: Database
    guard: Guard
    slack: SlackChannel
    desks: Mapping[str, Desk]
    router: Router
    slashes: Slashes
    storms: StormCards
    orphans: Orphans
    telling: Telling

    def by_kind(self) -> Mapping[DeliveryKind, Courier]:
        return {
            DeliveryKind.CARD: self.card,
            DeliveryKind.TICKET: self.ticket,
            DeliveryKind.MESSAGE: self.message,
            DeliveryKind.STORM: self.storms.draw,
            DeliveryKind.ORPHAN: self.orphans.carry,
        }

    async def card(self, subject: str) -> None:
        """Post the card, or edit it to how the case is now; each in turns of its own lane."""
        case_id = CaseId(int(subject))
        view, placed, lane, now, other = await self.db.read(
            lambda unit: (
                view := unit.cases.view(case_id),
                unit.cards.where(case_id),
                unit.deliveries.lane(DeliveryKind.CARD, case_id),
                unit.now,
                _goes_on(unit, view),
            )
        )
        if view is None:
            raise Misconfigured((f"case {subject} is not in the database",))
        await self.storms.count(view.case)
        merged = view.case.merged_into is not None
        if placed is None and (view.blanked_by or merged or stands_for(view.case)):
            return
        right = lane_to(self._channel(view)) if placed is None else EDIT
        if lane != right:
            await self.db.technical(lambda unit: again(unit, DeliveryKind.CARD, case_id, right))
            return
        where = await self.slack.address(other) if other else ""
        shown = card(view, title=view.case.route, now=now, goes_on=where)
        message = self.guard.clear(shown)
        if placed is None:
            await self._post(view, message)
        elif not await self.slack.edit(placed, message, wordless=merged or bool(view.blanked_by)):
            await self._lost(view)
        await redraw_for(self.db, view.case.holder)

    async def _post(self, view: CaseView, message: Cleared[SlackMessage]) -> None:
        case_id = view.case.id
        posted = await self.slack.post(self._channel(view), message, about=view.case)
        facts = (("channel", posted.channel_id),)

        def keep(unit: UnitOfWork) -> None:
            before = unit.cards.where(case_id)
            unit.cards.placed(case_id, posted)
            if before is not None and before != posted:
                # Somebody touched one whose receipt was lost, just before this one was posted.
                moved(unit, case_id, before)
            unit.commit(AuditEntry("card.posted", CLOCKWORK.key, case_id, facts=facts))

        await self.db.write(keep)

    async def _lost(self, view: CaseView) -> None:
        case_id, channel = view.case.id, self._channel(view)
        facts = (("channel", channel),)
        await post_anew(
            self.db,
            self.slack,
            channel,
            kind=DeliveryKind.CARD,
            subject=case_id,
            forget=lambda unit: unit.cards.gone(case_id),
            entry=AuditEntry("card.lost", CLOCKWORK.key, case_id, facts=facts),
        )

    def _channel(self, view: CaseView) -> str:
        """Where the route points today, so that a mended app.yaml frees what was stuck."""
        return self.router.channel(view.case.route) or view.case.channel_id

    async def ticket(self, subject: str) -> None:
        """Search by our key, then create: after a lost answer the next try finds it."""
        handoff_id = HandoffId(int(subject))
        handoff = await self.db.read(lambda unit: unit.handoffs.get(handoff_id))
        if handoff is None or handoff.state is HandoffState.FILED:
            return
        desk = self.desks.get(handoff.desk)
        if desk is None:
            raise Misconfigured((f"app.yaml has no desk “{handoff.desk}” any more",))
        case = await self.db.read(lambda unit: unit.cases.get(handoff.case_id))
        if case is None:
            raise Misconfigured((f"case {handoff.case_id} is not in the database",))
        try:
            ticket = await desk.find(handoff.key)
            if ticket is None:
                request = ticket_request(handoff, case)
                ticket = await desk.create(self.guard.clear(request, sink=Sink.DESK))
        except Misconfigured as refused:
            reason = str(refused)
            await self.db.write(lambda unit: refused_by_desk(unit, handoff, reason, self.guard))
            raise
        made = ticket
        await self.db.write(lambda unit: filed(unit, handoff, made, self.guard))

    async def message(self, subject: str) -> None:
        waiting = await self.db.read(lambda unit: unit.outgoing.get(int(subject)))
        if waiting is None:
            raise Misconfigured((f"message {subject} is not in the database",))
        if waiting.to.startswith(("U", "W")) and (wait := await self.telling.quiet_for(waiting.to)):
            await self._no_hurry(subject, waiting.to)
            raise Unavailable("quiet hours", "the person wishes to be told later", retry_after=wait)
        message = plain(self.slashes.spell(waiting.text), waiting.offers)
        await self.slack.post(waiting.to, self.guard.clear(message))

    async def _no_hurry(self, subject: str, to: str) -> None:
        """Quiet hours end for many at once, and none of them looks for it at that very moment."""
        await self.db.technical(
            lambda unit: unit.deliveries.relane(
                DeliveryKind.MESSAGE, subject, lane_to(to), SOMETIME
            )
        )


def _goes_on(unit: Records, view: CaseView | None) -> Card | None:
    """The card of the case it was merged into."""
    into = view.case.merged_into if view else None
    return None if into is None else unit.cards.where(into)
