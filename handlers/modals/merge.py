"""The form that lets one case go on in another, sent off."""

from bot.errors import Refusal
from bot.model.visit import Answer
from bot.slack.forms.merge import INTO, NAME, ONE, YES
from handlers.arguments import Misread, only_number
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def merge(sent: Submission) -> Answer:
    typed = words(sent, INTO, "Please say in which case it goes on, such as 41.")
    try:
        into = only_number(typed)
    except Misread as misread:
        raise Refusal(str(misread), "case-unknown", field_id=INTO) from misread
    one_matter = sent.values.get(ONE, "") == YES
    return await sent.care.merging.merge(
        its_case(sent), into=into, one_matter=one_matter, visit=sent.visit
    )


MODAL = Modal(NAME, merge, mend_at=INTO)
