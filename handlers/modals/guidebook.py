"""The guidebook accepted: the very version that was shown, and the claim that led to it."""

from bot.model.visit import Answer
from bot.slack.forms.guidebook import NAME
from handlers.spec import Modal, Submission


async def accept(sent: Submission) -> Answer:
    form = sent.form
    return await sent.care.ambassadors.accept(
        form.version_id,
        claim=form.case_id,
        visit=sent.visit,
        answers=sent.values,
        words=form.words,
    )


MODAL = Modal(NAME, accept)
