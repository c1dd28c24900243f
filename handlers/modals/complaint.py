"""The form sent off that says whether a case is mainly a grievance."""

from bot.model.complaint import Said
from bot.model.visit import Answer
from bot.slack.forms.complaint import ANSWER, DISPOSITION, LINE, NAME, NATURE, PRODUCT, RESOLVING
from handlers.modals.filled import its_case
from handlers.spec import Modal, Submission


async def mark(sent: Submission) -> Answer:
    told = {name: sent.values.get(name, "") for name in (ANSWER, LINE, NATURE, DISPOSITION)}
    said = Said(product=sent.values.get(PRODUCT, ""), **told)
    resolving = bool(dict(sent.form.filled).get(RESOLVING))
    return await sent.care.complaints.mark(
        its_case(sent), said, resolving=resolving, visit=sent.visit
    )


MODAL = Modal(NAME, mark, mend_at=ANSWER)
