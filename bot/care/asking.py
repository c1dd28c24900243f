"""What a question to the decision table is made of, beside who asks and for what."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compliance import CaseFacts, NoCase, NoReply, NoRequest, ReplyFacts, RequestFacts
from bot.model.case import Case, CaseState
from bot.model.person import Acceptance, Enrolment, Person

_NO_REPLY, _NO_REQUEST = NoReply(), NoRequest()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question has beside the case: how words would go out, or what was asked for."""

    reply: ReplyFacts | NoReply = _NO_REPLY
    request: RequestFacts | NoRequest = _NO_REQUEST


ALONE = Asked()


def facts(case: Case | None, by: Person) -> CaseFacts | NoCase:
    if case is None:
        return NoCase()
    return CaseFacts(
        open=case.state is CaseState.OPEN,
        held=case.holder is not None,
        holder_is_actor=case.holder == by.key,
        source=case.source,
    )


def trusted(streak: int, after: int | None) -> bool:
    """`after` so many approvals in a row, as the policy in force says; None is never."""
    return after is not None and streak >= after


def enrolment(accepted: Acceptance | None, version: str, *, now: datetime, days: int) -> Enrolment:
    """`version` is the guidebook's that is in force, `days` how long its acceptance is good."""
    if accepted is None:
        return Enrolment.NO
    if accepted.version != version or now - accepted.at >= timedelta(days=days):
        return Enrolment.LAPSED
    return Enrolment.YES
