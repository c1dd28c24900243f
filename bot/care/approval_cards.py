"""The courier of approvals: each of their cards in Slack, as the approval stands now."""

from dataclasses import dataclass

from bot.care.requests import Handlers
from bot.care.telling import Telling
from bot.compliance import Guard, Sink
from bot.errors import Misconfigured, Unavailable
from bot.model.approval import ApprovalPlace, ApprovalState, ApprovalView
from bot.model.audit import AuditEntry
from bot.model.cleared import Cleared
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import ApprovalId
from bot.model.lanes import EDIT, lane_to
from bot.model.person import CLOCKWORK
from bot.slack.approval_card import approval_card
from bot.slack.channel import SlackChannel
from bot.slack.message import SlackMessage
from storage.database import Database
from storage.unit_of_work import Records, Technical, UnitOfWork


@dataclass(frozen=True, slots=True)
class ApprovalCards:
    db: Database
    guard: Guard
    slack: SlackChannel
    telling: Telling
    handlers: Handlers

    async def draw(self, subject: str) -> None:
        """Post it, or edit it; each in turns of its own lane, as a case's card."""
        number, _, whom = subject.partition(" ")
        approval_id = ApprovalId(int(number))
        view, place, lane = await self.db.read(
            lambda unit: (
                self._view(unit, approval_id),
                _place(unit, approval_id, whom),
                unit.deliveries.lane(DeliveryKind.APPROVAL, subject),
            )
        )
        if view is None or place is None:
            raise Misconfigured((f"approval {subject} is not in the database",))
        right = lane_to(whom) if place.card is None else EDIT
        if lane != right:
            await self.db.technical(lambda unit: _again(unit, subject, right))
            return
        if place.card is None:
            await self._post(view, whom)
        elif not await self.slack.edit(place.card, self._message(view, whom)):
            await self._lost(approval_id, whom)

    def _view(self, unit: Records, approval_id: ApprovalId) -> ApprovalView | None:
        approval = unit.approvals.get(approval_id)
        if approval is None:
            return None
        shown = self.handlers[approval.kind].show(unit, approval)
        same = shown is not None and shown.text_hash == approval.text_hash
        return ApprovalView(approval, shown if same else None)

    async def _post(self, view: ApprovalView, whom: str) -> None:
        """Nobody is asked for what is over; and nobody in their quiet hours."""
        approval = view.approval
        if approval.state is not ApprovalState.OPEN:
            return
        if _is_person(whom) and (wait := await self.telling.quiet_for(whom)):
            raise Unavailable("quiet hours", "the person wishes to be told later", retry_after=wait)
        posted = await self.slack.post(whom, self._message(view, whom))
        await self.db.write(lambda unit: _placed(unit, view, whom, posted))

    def _message(self, view: ApprovalView, whom: str) -> Cleared[SlackMessage]:
        sink = Sink.PERSON if _is_person(whom) else Sink.CHANNEL
        return self.guard.clear(approval_card(view), sink=sink)

    async def _lost(self, approval_id: ApprovalId, whom: str) -> None:
        """It can be edited no more. Where we may still post, another one is."""
        if not _is_person(whom):
            await self.slack.resolve(whom)

        def lose(unit: UnitOfWork) -> None:
            unit.approvals.gone(approval_id, whom)
            _again(unit, f"{approval_id} {whom}", lane_to(whom))
            facts = (("approval", str(approval_id)), ("whom", whom))
            unit.commit(AuditEntry("approval.card_lost", CLOCKWORK.key, facts=facts))

        await self.db.write(lose)


def _placed(unit: UnitOfWork, view: ApprovalView, whom: str, card: Card) -> None:
    approval = view.approval
    unit.approvals.placed(approval.id, whom, card)
    facts = (("approval", str(approval.id)), ("whom", whom), ("channel", card.channel_id))
    unit.commit(AuditEntry("approval.posted", CLOCKWORK.key, approval.case_id, facts=facts))


def _place(unit: Records, approval_id: ApprovalId, whom: str) -> ApprovalPlace | None:
    found = (each for each in unit.approvals.cards(approval_id) if each.whom == whom)
    return next(found, None)


def _is_person(whom: str) -> bool:
    return whom.startswith(("U", "W"))


def _again(unit: Technical | UnitOfWork, subject: str, lane: str) -> None:
    """Due at once, in the lane where it belongs now."""
    unit.deliveries.relane(DeliveryKind.APPROVAL, subject, lane)
    unit.deliveries.want(DeliveryKind.APPROVAL, subject)
