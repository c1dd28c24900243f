"""Read the guidebook: the way to become an ambassador without a case."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def enroll(press: Press) -> Answer:
    return await press.care.ambassadors.enroll(visit=press.visit)


BUTTON = Button("enroll", enroll)
