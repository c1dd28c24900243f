"""What somebody needs a customer's data for, said: the words appear in the form's place."""

from bot.model.visit import Answer
from bot.slack.forms.reveal import NAME, REASON
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def reveal(sent: Submission) -> Answer:
    reason = words(sent, REASON, "Please say what you need it for: it goes on record.")
    return await sent.care.reveals.reveal(its_case(sent), reason, visit=sent.visit)


MODAL = Modal(NAME, reveal, mend_at=REASON)
