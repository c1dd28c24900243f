"""What `bot check` tells beside what is wrong: it may be meant so, and mostly is not."""

from bot.care.holds import renamed_holds
from bot.errors import Misconfigured, Unavailable
from bot.model.clock import utc_now
from bot.organisation import book_of, router_of
from bot.rooms import address_of, idle_roles, policy_of, vault_of
from bot.settings import Settings
from storage.database import Database


async def hints(settings: Settings) -> list[str]:
    return _of_the_page(settings) + await _of_the_database(settings)


def _of_the_page(settings: Settings) -> list[str]:
    try:
        idle = idle_roles(settings, policy_of(settings))
        chills = list(book_of(settings, lambda: policy_of(settings)).hints())
    except Misconfigured:
        return []
    return chills + [
        f"Nobody is {role}: roles in app.yaml names nobody for it, and what its rules allow, "
        "nobody may do."
        for role in idle
    ]


async def _of_the_database(settings: Settings) -> list[str]:
    """Where one is there already, and fit for this version."""
    try:
        address, vault = address_of(settings), vault_of(settings)
        db = await Database.open(address, vault=vault, clock=utc_now, reading=True)
    except (Misconfigured, Unavailable):
        return []
    try:
        return await renamed_holds(db, router_of(settings).names)
    finally:
        await db.close()
