"""Take the next one: of a storm the customer who is most urgent and waits longest."""

from bot.model.ids import StormId
from bot.model.visit import Answer
from handlers.spec import Button, Press


async def take_next(press: Press) -> Answer:
    return await press.care.storms.take_next(StormId(press.number), visit=press.visit)


BUTTON = Button("take_next", take_next)
