"""What a form was filled with, or the field that is still empty."""

from bot.compliance import worded
from bot.errors import Refusal
from bot.model.ids import CaseId
from handlers.spec import Submission


def words(sent: Submission, block_id: str, missing: str) -> str:
    """Slack takes blanks and what nobody sees for words; they are none.

    Raises `Refusal` under that very field.
    """
    typed = worded(sent.values.get(block_id, ""))
    if not typed:
        raise Refusal(missing, "words-missing", field_id=block_id)
    return typed


def its_case(sent: Submission) -> CaseId:
    if sent.form.case_id is None:
        raise Refusal("This form knows no case. Please open it again.", "form-gone")
    return sent.form.case_id
