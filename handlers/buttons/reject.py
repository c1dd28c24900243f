"""Reject: the form that asks why."""

from bot.model.ids import ApprovalId
from bot.model.visit import Answer
from handlers.spec import Button, Press


async def reject(press: Press) -> Answer:
    return await press.care.approvals.ask_why(ApprovalId(press.number), visit=press.visit)


BUTTON = Button("reject", reject)
