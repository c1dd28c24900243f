"""The reply form sent off: the text appears, ready to copy. Nothing goes to the customer."""

from bot.model.visit import Answer
from bot.slack.forms.reply import NAME, WORDS
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def draft(sent: Submission) -> Answer:
    said = words(sent, WORDS, "Please write your answer.")
    return await sent.care.replies.draft(its_case(sent), said, visit=sent.visit)


MODAL = Modal(NAME, draft, mend_at=WORDS)
