"""Undo: takes back the very act under whose answer it stands."""

from bot.model.ids import DecisionId
from bot.model.visit import Answer
from handlers.spec import Button, Press


async def undo(press: Press) -> Answer:
    return await press.care.undoing.undo(visit=press.visit, number=DecisionId(press.number))


BUTTON = Button("undo", undo)
