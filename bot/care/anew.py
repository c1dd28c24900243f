"""Who somebody is at this very moment: asked before what cannot be taken back, such as a yes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.model.person import Membership
from bot.model.visit import Visit
from bot.slack.people import People

Anew = Callable[[Visit], Awaitable[Visit]]


async def as_told(visit: Visit) -> Visit:
    """Where there is nobody to ask."""
    return visit


def asking(people: People) -> Anew:
    async def anew(visit: Visit) -> Visit:
        # Whoever was no member when they knocked does not become one by another answer.
        if visit.by.membership is not Membership.MEMBER:
            return visit
        by = await people.who(visit.by.workspace, visit.by.user_id, anew=True)
        return replace(visit, by=by)

    return anew
