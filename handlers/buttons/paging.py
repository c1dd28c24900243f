"""Newer and Older: the page before or behind the one that is shown, in its place."""

from bot.model.ids import VisitKey
from bot.model.visit import Answer
from handlers.spec import Button, Press


async def newer(press: Press) -> Answer:
    return await press.care.listing.turn(VisitKey(press.value), back=True, visit=press.visit)


async def older(press: Press) -> Answer:
    return await press.care.listing.turn(VisitKey(press.value), back=False, visit=press.visit)


NEWER = Button("newer", newer)
OLDER = Button("older", older)
