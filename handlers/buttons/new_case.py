"""Bring in a customer: the form for a new case."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def bring_in(press: Press) -> Answer:
    return await press.care.opening.ask_for_new(visit=press.visit)


BUTTON = Button("new_case", bring_in)
