"""The note form sent off."""

from bot.model.visit import Answer
from bot.slack.forms.note import NAME, WORDS
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def note(sent: Submission) -> Answer:
    kept = words(sent, WORDS, "Please write what colleagues should know.")
    return await sent.care.cases.note(its_case(sent), kept, visit=sent.visit)


MODAL = Modal(NAME, note, mend_at=WORDS)
