"""The form sent off in which an answer is kept; whether it may be is decided by the verb."""

from bot.errors import Refusal
from bot.model.reply import ReplyId
from bot.model.visit import Answer
from bot.slack.forms.keep_answer import NAME, REPLY, TITLE, TOPIC, WORDS
from handlers.modals.filled import words
from handlers.spec import Modal, Submission


async def keep(sent: Submission) -> Answer:
    said = words(sent, WORDS, "Please leave the words that others should find.")
    title = words(sent, TITLE, "Please give it a short title, such as: Refund takes longer.")
    number = dict(sent.form.filled).get(REPLY, "")
    if not number:
        raise Refusal("This form knows no answer. Please open it again.", "form-gone")
    return await sent.care.kept_answers.keep(
        ReplyId(int(number)),
        said,
        title=title,
        topic=sent.values.get(TOPIC, ""),
        visit=sent.visit,
    )


MODAL = Modal(NAME, keep, mend_at=WORDS)
