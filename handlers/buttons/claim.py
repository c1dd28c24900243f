"""Claim: I greet this customer."""

from bot.model.visit import Answer
from handlers.spec import Button, Press


async def claim(press: Press) -> Answer:
    return await press.care.cases.claim(press.case_id, visit=press.visit)


BUTTON = Button("claim", claim, on_cards=True)
