"""Approve: yes to exactly what this card shows."""

from bot.model.ids import ApprovalId
from bot.model.visit import Answer
from handlers.spec import Button, Press, number_in


async def approve(press: Press) -> Answer:
    # Beside the number, the stamp of what the card showed.
    number, _, read = press.value.partition(" ")
    approval_id = ApprovalId(number_in(number))
    return await press.care.approvals.approve(approval_id, visit=press.visit, read=read)


BUTTON = Button("approve", approve)
