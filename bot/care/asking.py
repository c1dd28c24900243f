"""What a question to the decision table is made of, beside who asks and for what."""

from dataclasses import dataclass
from datetime import timedelta

from bot.care.no_case import goes_on
from bot.compliance import (
    Action,
    CaseFacts,
    NoCase,
    NoReply,
    NoRequest,
    Policy,
    Question,
    ReplyFacts,
    RequestFacts,
)
from bot.model.case import Case, CaseState
from bot.model.person import Enrolment, Person
from storage.unit_of_work import Records

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
    if case.merged_into is not None:
        # No rule knows such a case: for them it would be over.
        raise goes_on(case)
    return CaseFacts(
        open=case.state is CaseState.OPEN,
        held=case.holder is not None,
        holder_is_actor=case.holder == by.key,
        source=case.source,
    )


def question(
    unit: Records,
    by: Person,
    action: Action,
    case: Case | None,
    asked: Asked,
    policy: Policy,
    version: str,
) -> Question:
    """The one place where a question is put together; nothing is read that no rule looks at."""
    enrolled, trusts = Enrolment.NO, False
    if policy.looks_at(action, "enrolled"):
        enrolled = enrolment(unit, by, policy, version)
    if policy.looks_at(action, "trust"):
        trusts = trusted(unit.trust.streak(by.key), policy.settings.trust_after)
    return Question(
        action=action,
        membership=by.membership,
        roles=by.roles,
        enrolment=enrolled,
        trusted=trusts,
        case=facts(case, by),
        reply=asked.reply,
        request=asked.request,
        unsure=by.unsure,
    )


def trusted(streak: int, after: int | None) -> bool:
    """`after` so many approvals in a row, as the policy in force says; None is never."""
    return after is not None and streak >= after


def enrolment(unit: Records, by: Person, policy: Policy, version: str) -> Enrolment:
    """`version` is the guidebook's that is in force; an acceptance is good for some days only."""
    accepted = unit.ambassadors.accepted(by.key)
    if accepted is None:
        return Enrolment.NO
    old = unit.now - accepted.at >= timedelta(days=policy.settings.attest_days)
    return Enrolment.LAPSED if old or accepted.version != version else Enrolment.YES
