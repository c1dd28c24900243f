"""A colleague changed: went away, left, or is somebody else now. Slack tells it of everybody."""

from typing import Any

from bot.care.absence import GONE_FOR_GOOD
from bot.errors import Unavailable
from handlers.spec import Notice, Told

GONE = ("deleted", "is_restricted", "is_ultra_restricted")
"""How Slack marks an account that was switched off, and a guest's."""


async def matters(told: Told) -> bool:
    """Whoever it is, what this replica remembers of them is old; few of them hold anything."""
    user = _user(told)
    user_id = str(user.get("id") or "")
    gone = any(user.get(sign) for sign in GONE)
    if gone:
        # The others remember a colleague, who is none any more.
        await told.care.changed.told(user_id)
    told.people.forget(user_id)
    return bool(user_id) and await told.care.absence.concerns(user_id, gone=gone)


async def changed(told: Told) -> None:
    # How they are now: events come late, twice, and one before the other.
    user_id = str(_user(told).get("id") or "")
    if wait := told.people.look_in(f"{user_id} {told.event.get('event_ts')}"):
        raise Unavailable("slack", "other colleagues are looked at first", retry_after=wait)
    now = await told.people.standing(told.workspace, user_id)
    await told.care.absence.seen(now)
    if now.membership in GONE_FOR_GOOD:
        # What they might have said yes to waits for others, who are to hear of it.
        await told.care.roles.look()


def _user(told: Told) -> dict[str, Any]:
    user = told.event.get("user")
    return user if isinstance(user, dict) else {}


NOTICE = Notice("user_change", changed, matters)
