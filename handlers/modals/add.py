"""The form that adds a message to a case, sent off."""

from bot.errors import Refusal
from bot.model.ids import CaseId
from bot.model.visit import Answer
from bot.slack.forms.add import CASE, NAME, NUMBER, WORDS
from handlers.arguments import Misread, case_number
from handlers.modals.filled import words
from handlers.spec import Modal, Submission


async def add(sent: Submission) -> Answer:
    case_id = _case(sent)
    said = words(sent, WORDS, "Please write what is to be added.")
    return await sent.care.adding.add(
        case_id, said, source_url=sent.form.source_url, visit=sent.visit
    )


def _case(sent: Submission) -> CaseId:
    """A number that was typed says more than a choice that stood there already."""
    typed = sent.values.get(NUMBER, "").strip()
    chosen = sent.values.get(CASE, "")
    if not typed and not chosen:
        raise Refusal("Please say to which case.", "case-missing", field_id=NUMBER)
    field_id = NUMBER if typed else CASE
    try:
        case_id, rest = case_number(typed or chosen)
    except Misread as misread:
        raise Refusal(str(misread), "case-unknown", field_id=field_id) from misread
    if rest:
        raise Refusal("One number only, such as 42.", "case-unknown", field_id=field_id)
    return case_id


MODAL = Modal(NAME, add, mend_at=NUMBER)
