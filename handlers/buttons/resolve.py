"""Resolve: it is done."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def resolve(press: Press) -> Answer:
    return await press.care.cases.resolve(press.case_id, visit=press.visit)


BUTTON = Button("resolve", resolve, on_cards=True)
