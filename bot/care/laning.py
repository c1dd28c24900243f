"""Cards move between lanes: posted in their channel's, then edited; and lost, posted once more."""

from collections.abc import Callable

from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.lanes import NOW, lane_to
from bot.slack.channel import SlackChannel
from storage.database import Database
from storage.unit_of_work import Technical, UnitOfWork


def again(unit: Technical | UnitOfWork, kind: DeliveryKind, subject: object, lane: str) -> None:
    """Due at once, in the lane where it belongs now."""
    unit.deliveries.relane(kind, subject, lane, NOW)
    unit.deliveries.want(kind, subject, priority=NOW)


async def post_anew(
    db: Database,
    slack: SlackChannel,
    channel: str,
    *,
    kind: DeliveryKind,
    subject: object,
    forget: Callable[[UnitOfWork], None],
    entry: AuditEntry,
) -> None:
    """It can be edited no more: `forget` it. Where we may still post, another one is."""
    await slack.resolve(channel)

    def lose(unit: UnitOfWork) -> None:
        forget(unit)
        again(unit, kind, subject, lane_to(channel))
        unit.commit(entry)

    await db.write(lose)
