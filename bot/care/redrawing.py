"""A Home tab is drawn anew for whoever looked at it a moment ago, when what is theirs changes."""

from datetime import timedelta

from bot.model.delivery import DeliveryKind
from bot.model.ids import PersonKey
from storage.database import Database
from storage.transaction import Transaction

LOOKS_FOR = timedelta(minutes=10)
"""After this nobody is thought to look any more; opening it again draws it anew."""


def redraw(unit: Transaction, key: PersonKey) -> None:
    if unit.homes.looked(key, since=unit.now - LOOKS_FOR):
        unit.deliveries.want(DeliveryKind.HOME, key)


async def redraw_for(db: Database, key: PersonKey | None) -> None:
    """The same where no transaction is under way; nobody (None) holds nothing."""
    if key is None:
        return
    looks = await db.glance(lambda unit: unit.homes.looked(key, since=unit.now - LOOKS_FOR))
    if looks:
        await db.technical(lambda unit: unit.deliveries.want(DeliveryKind.HOME, key))
