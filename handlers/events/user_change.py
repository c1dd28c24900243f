"""A colleague changed: went away, left, or is somebody else now. Slack tells it of everybody."""

from typing import Any

from bot.errors import Unavailable
from handlers.spec import Notice, Told


async def matters(told: Told) -> bool:
    """Whoever it is, what this replica remembers of them is old; few of them hold anything."""
    user_id = str(_user(told).get("id") or "")
    told.people.forget(user_id)
    return bool(user_id) and await told.care.absence.concerns(user_id)


async def changed(told: Told) -> None:
    # How they are now: events come late, twice, and one before the other.
    user_id = str(_user(told).get("id") or "")
    if wait := told.people.look_in(f"{user_id} {told.event.get('event_ts')}"):
        raise Unavailable("slack", "other colleagues are looked at first", retry_after=wait)
    await told.care.absence.seen(await told.people.standing(told.workspace, user_id))


def _user(told: Told) -> dict[str, Any]:
    user = told.event.get("user")
    return user if isinstance(user, dict) else {}


NOTICE = Notice("user_change", changed, matters)
