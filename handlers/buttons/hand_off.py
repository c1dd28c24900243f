"""Hand off: the form that brings the case to the people who can help."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def hand_off(press: Press) -> Answer:
    return await press.care.handoffs.ask(press.case_id, kind="", summary="", visit=press.visit)


BUTTON = Button("hand_off", hand_off, on_cards=True)
