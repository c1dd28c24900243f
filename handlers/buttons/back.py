"""I am back: the end of being away, however it began."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def back(press: Press) -> Answer:
    return await press.care.absence.back(visit=press.visit)


BUTTON = Button("back", back)
