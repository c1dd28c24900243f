"""Bring in a customer: from anywhere in Slack, without knowing a command."""

from bot.model.visit import Answer
from handlers.spec import Pick, Shortcut


async def bring_in(pick: Pick) -> Answer:
    return await pick.care.opening.ask_for_new(visit=pick.visit)


SHORTCUT = Shortcut(
    callback_id="bring_in",
    name="Bring in a customer",
    description="Open a case for a customer who wrote to you.",
    where="global",
    run=bring_in,
)
