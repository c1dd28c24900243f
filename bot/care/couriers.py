"""Who carries which delivery: cards and messages to Slack, tickets to their desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.deliveries import Courier
from bot.care.handoffs import filed, refused_by_desk, ticket_request
from bot.care.routing import Router
from bot.compliance import Guard
from bot.desks.base import Desk
from bot.errors import Misconfigured
from bot.model.audit import AuditEntry
from bot.model.case import CaseView
from bot.model.delivery import DeliveryKind
from bot.model.handoff import HandoffState
from bot.model.ids import CaseId, HandoffId
from bot.model.person import CLOCKWORK
from bot.slack.cards import card
from bot.slack.channel import SlackChannel
from bot.slack.render import plain
from bot.slack.slashes import Slashes
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Couriers:
    db: Database
    guard: Guard
    slack: SlackChannel
    desks: Mapping[str, Desk]
    router: Router
    slashes: Slashes

    def by_kind(self) -> Mapping[DeliveryKind, Courier]:
        return {
            DeliveryKind.CARD: self.card,
            DeliveryKind.TICKET: self.ticket,
            DeliveryKind.MESSAGE: self.message,
        }

    async def card(self, subject: str) -> None:
        """Post the card, or edit it to how the case is now."""
        case_id = CaseId(int(subject))
        view, placed = await self.db.read(
            lambda unit: (unit.cases.view(case_id), unit.cards.where(case_id))
        )
        if view is None:
            raise Misconfigured((f"case {subject} is not in the database",))
        message = self.guard.clear(card(view, title=view.case.route))
        if placed is not None and await self.slack.edit(placed, message):
            return
        posted = await self.slack.post(self._channel(view), message)
        entry = AuditEntry(
            "card.posted", CLOCKWORK.key, case_id, facts=(("channel", posted.channel_id),)
        )

        def keep(unit: UnitOfWork) -> None:
            unit.cards.placed(case_id, posted)
            unit.commit(entry)

        await self.db.write(keep)

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
                ticket = await desk.create(self.guard.clear(ticket_request(handoff, case)))
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
        await self.slack.post(waiting.to, self.guard.clear(plain(self.slashes.spell(waiting.text))))
