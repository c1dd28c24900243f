"""The hand-off form sent off; whether it may be is decided by the verb, not by the open form."""

from bot.model.visit import Answer
from bot.slack.forms.handoff import KIND, NAME, SUMMARY
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def hand_off(sent: Submission) -> Answer:
    kind = words(sent, KIND, "Please choose who can help.")
    summary = words(sent, SUMMARY, "Please say in your own words what the customer needs.")
    return await sent.care.handoffs.ask(
        its_case(sent), kind=kind, summary=summary, visit=sent.visit
    )


MODAL = Modal(NAME, hand_off, mend_at=SUMMARY)
