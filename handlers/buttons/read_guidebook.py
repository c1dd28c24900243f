"""Read it again: the guidebook, for whoever accepted it."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def read_again(press: Press) -> Answer:
    return await press.care.ambassadors.enroll(visit=press.visit, again=True)


BUTTON = Button("read_guidebook", read_again)
