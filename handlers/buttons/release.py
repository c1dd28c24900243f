"""Release: somebody else may take it."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def release(press: Press) -> Answer:
    return await press.care.cases.release(press.case_id, visit=press.visit)


BUTTON = Button("release", release, on_cards=True)
