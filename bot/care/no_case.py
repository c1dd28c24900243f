"""What is said where a case is not there, or goes on in another one."""

from bot.errors import Refusal
from bot.model.case import Case
from bot.model.ids import CaseId


def unknown(case_id: CaseId) -> Refusal:
    return Refusal(
        f"There is no case {case_id}. /case open lists the ones that wait for someone.",
        "case-unknown",
    )


def goes_on(case: Case) -> Refusal:
    return Refusal(
        f"Case {case.id} goes on in case {case.merged_into}. Do it there: "
        f"/case {case.merged_into} shows it.",
        "case-merged",
    )
