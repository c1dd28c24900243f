"""The hand-off form sent off; whether it may be is decided by the verb, not by the open form."""

from bot.errors import Refusal
from bot.model.visit import Answer
from bot.slack.forms.handoff import KIND, NAME, SUMMARY
from handlers.spec import Modal, Submission


async def hand_off(sent: Submission) -> Answer:
    summary = sent.values.get(SUMMARY, "").strip()
    if sent.page.case_id is None or not summary:
        raise Refusal("Please say in your own words what the customer needs.")
    return await sent.care.handoffs.ask(
        sent.page.case_id, kind=sent.values.get(KIND, ""), summary=summary, visit=sent.visit
    )


MODAL = Modal(NAME, hand_off, mend_at=SUMMARY)
