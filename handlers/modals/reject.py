"""The form sent off that says no to what a colleague asked for."""

from bot.errors import Refusal
from bot.model.visit import Answer
from bot.slack.forms.reject import NAME, REASON
from handlers.modals.filled import words
from handlers.spec import Modal, Submission


async def reject(sent: Submission) -> Answer:
    reason = words(sent, REASON, "Please say why not: whoever asked will read it.")
    if sent.form.approval_id is None:
        raise Refusal("This form knows no request. Please open it again.", "form-gone")
    return await sent.care.approvals.reject(sent.form.approval_id, reason, visit=sent.visit)


MODAL = Modal(NAME, reject, mend_at=REASON)
