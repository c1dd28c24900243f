"""The form for a new case sent off."""

from bot.errors import Refusal
from bot.model.visit import Answer
from bot.slack.forms.new_case import HANDLE, NAME, SUMMARY
from handlers.arguments import Misread, handle
from handlers.modals.filled import words
from handlers.spec import Modal, Submission


async def open_case(sent: Submission) -> Answer:
    customer = _customer(words(sent, HANDLE, "Please say who it is, such as @jane."))
    summary = words(sent, SUMMARY, "Please say in your own words what it is about.")
    return await sent.care.opening.bring_in(
        customer, summary, source_url=sent.form.source_url, visit=sent.visit
    )


def _customer(typed: str) -> str:
    try:
        customer, rest = handle(typed)
    except Misread as misread:
        raise Refusal(str(misread), "handle", field_id=HANDLE) from misread
    if rest:
        raise Refusal(
            "One handle only, such as @jane; the rest belongs into the field below.",
            "handle",
            field_id=HANDLE,
        )
    return customer


MODAL = Modal(NAME, open_case, mend_at=HANDLE)
