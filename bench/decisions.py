"""What one decision costs, over every action and each profile that comes along."""

from collections.abc import Sequence
from statistics import median_low
from time import process_time

from bench.report import AT_MOST, Figure
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
    profile_names,
)
from bot.model.case import Source
from bot.model.person import Enrolment, Membership
from bot.model.reply import Way
from bot.model.request import RequestKind

TURNS = 25
MOST_US = 20.0

_ROLES = frozenset({"coordinator", "approver", "service"})
_MINE = CaseFacts(open=True, held=True, holder_is_actor=True, source=Source.MENTION)
_OUT = ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False)
_ASKED = RequestFacts(RequestKind.REPLY, author_is_actor=False)


async def decision_us() -> Sequence[Figure]:
    """The slowest profile. The floor is one microsecond: a time is asked for, not a ratio."""
    policies = [Policy.load(name) for name in profile_names()]
    questions = [
        Question(
            action,
            Membership.MEMBER,
            _ROLES,
            Enrolment.YES,
            trusted,
            case,
            reply,
            request,
            unsure=frozenset(),
        )
        for action in Action
        for trusted, case, reply, request in (
            (True, _MINE, _OUT, _ASKED),
            (False, NoCase(), NoReply(), NoRequest()),
        )
    ]
    slowest = max(_microseconds(policy, questions) for policy in policies)
    return [Figure("decision_us", slowest, "µs", 1.0, AT_MOST, MOST_US)]


def _microseconds(policy: Policy, questions: Sequence[Question]) -> float:
    """Of one decision, by the processor's own time: nothing here waits for anybody."""
    turns = []
    for _ in range(TURNS):
        start = process_time()
        for question in questions:
            policy.decide(question)
        turns.append((process_time() - start) / len(questions) * 1e6)
    return median_low(turns)
