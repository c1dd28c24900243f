"""The page with the very text sent off: it is put on its way."""

from bot.errors import Refusal
from bot.model.reply import ReplyId
from bot.model.visit import Answer
from bot.slack.forms.reply_preview import NAME, REPLY
from handlers.spec import Modal, Submission


async def send(sent: Submission) -> Answer:
    number = dict(sent.form.filled).get(REPLY, "")
    if not number:
        raise Refusal("This page knows no answer. Please write it again.", "form-gone")
    return await sent.care.replies.send(ReplyId(int(number)), visit=sent.visit)


MODAL = Modal(NAME, send)
