"""Approve: yes to exactly what this card shows."""

from bot.model.ids import ApprovalId
from bot.model.visit import Answer
from handlers.spec import Button, Press


async def approve(press: Press) -> Answer:
    return await press.care.approvals.approve(ApprovalId(press.case_id), visit=press.visit)


BUTTON = Button("approve", approve)
