"""Open the form: where words cannot open one themselves, such as a mention in a thread."""

from bot.model.ids import VisitKey
from bot.model.visit import Answer, Offer
from handlers.spec import Button, Press

ACTION_ID = "open_form"


async def open_form(press: Press) -> Answer:
    return await press.care.slips.reopen(VisitKey(press.value), visit=press.visit)


def offer(slip: VisitKey) -> Offer:
    """`slip` is the visit whose answer asked for the form."""
    return Offer("Open the form", ACTION_ID, slip, primary=True)


BUTTON = Button(ACTION_ID, open_form)
