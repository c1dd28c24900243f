"""Change: how I want to be told."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def change(press: Press) -> Answer:
    return await press.care.wishes.ask(visit=press.visit)


BUTTON = Button("wishes", change)
