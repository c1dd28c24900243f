"""The standard profile as people meet it, and what must hold of every question."""

from collections.abc import Iterator
from dataclasses import replace
from time import thread_time
from typing import Any

import pytest

from bot.compliance import Action, CaseFacts, NoCase, Obligation, Policy, Question
from bot.compliance.policy_file import load_table
from bot.compliance.rules import ALLOW
from bot.model.audit import Effect
from bot.model.case import Source
from bot.model.person import Membership
from tests.compliance.worlds import every_question

FREE = CaseFacts(open=True, held=False, holder_is_actor=False, source=Source.MENTION)
MINE = CaseFacts(open=True, held=True, holder_is_actor=True, source=Source.MENTION)
THEIRS = CaseFacts(open=True, held=True, holder_is_actor=False, source=Source.MENTION)
DONE = CaseFacts(open=False, held=True, holder_is_actor=True, source=Source.MENTION)
CLAIM = Question(Action.CLAIM, Membership.MEMBER, frozenset(), enrolled=True, case=FREE)


def test_any_enrolled_member_may_claim_a_free_case(policy: Policy) -> None:
    decision = policy.decide(CLAIM)
    assert decision.effect is Effect.ALLOWED
    assert decision.allowed
    assert decision.policy == policy.hash


def test_the_first_claim_opens_the_guidebook(policy: Policy) -> None:
    decision = policy.decide(replace(CLAIM, enrolled=False))
    assert (decision.effect, decision.rule) == (Effect.DENIED, "enroll-first")
    assert decision.obligations == {Obligation.GUIDEBOOK}


def test_no_guidebook_for_a_case_that_is_gone(policy: Policy) -> None:
    decision = policy.decide(replace(CLAIM, enrolled=False, case=THEIRS))
    assert decision.rule == "already-held"
    assert not decision.obligations


@pytest.mark.parametrize("member", [who for who in Membership if who is not Membership.MEMBER])
@pytest.mark.parametrize("action", Action)
def test_nobody_else_may_anything(policy: Policy, member: Membership, action: Action) -> None:
    roles = frozenset({"coordinator", "manager"})
    decision = policy.decide(Question(action, member, roles, enrolled=True, case=MINE))
    assert not decision.allowed
    assert decision.rule == ("incomplete" if member is Membership.UNKNOWN else member)


@pytest.mark.parametrize(
    "action",
    [Action.RELEASE, Action.PASS_ON, Action.RESOLVE, Action.DRAFT_REPLY, Action.HAND_OFF],
)
def test_what_the_holder_does(policy: Policy, action: Action) -> None:
    asked = replace(CLAIM, action=action)
    assert policy.decide(replace(asked, case=MINE)).rule == "holders-act"
    assert policy.decide(replace(asked, case=FREE)).rule == "hold-first"
    assert policy.decide(replace(asked, case=THEIRS)).rule == "held-by-another"
    assert policy.decide(replace(asked, case=DONE)).rule == "already-resolved"
    assert policy.decide(replace(asked, case=NoCase())).rule == "name-a-case"


def test_a_look_up_is_for_the_open_case_one_holds(policy: Policy) -> None:
    asked = replace(CLAIM, action=Action.LOOK_UP)
    allowed = policy.decide(replace(asked, case=MINE))
    assert allowed.obligations == {Obligation.MASK, Obligation.RECORD_LOOK}
    for case in (NoCase(), FREE, THEIRS):
        assert policy.decide(replace(asked, case=case)).rule == "look-up-with-a-case"
    assert policy.decide(replace(asked, case=MINE, enrolled=False)).rule == "enroll-to-look-up"


def test_the_digest_goes_by_role(policy: Policy) -> None:
    asked = replace(CLAIM, action=Action.READ_DIGEST, case=NoCase())
    assert policy.decide(asked).rule == "digest-by-role"
    assert policy.decide(replace(asked, roles=frozenset({"manager"}))).allowed
    assert policy.decide(replace(asked, roles=frozenset({"coordinator", "other"}))).allowed
    assert not policy.decide(replace(asked, roles=frozenset({"service"}))).allowed


def _without(question: Question) -> Iterator[Any]:
    """The question with each attribute missing, in turn: None where there was a value."""
    for field in ("action", "membership", "roles", "enrolled", "case"):
        yield replace(question, **{field: None})
    if isinstance(question.case, CaseFacts):
        for field in ("open", "held", "holder_is_actor", "source"):
            yield replace(question, case=replace(question.case, **{field: None}))


def test_a_missing_attribute_never_turns_no_into_yes(policy: Policy) -> None:
    """Stronger: missing is always no, for every question there is."""
    for question in every_question():
        for less in _without(question):
            decision = policy.decide(less)
            assert (decision.effect, decision.rule) == (Effect.DENIED, "incomplete")


def _weaker(question: Question) -> Iterator[Question]:
    for role in question.roles:
        yield replace(question, roles=question.roles - {role})
    if question.enrolled:
        yield replace(question, enrolled=False)
    for member in Membership:
        if member is not Membership.MEMBER:
            yield replace(question, membership=member)


def test_having_less_never_turns_no_into_yes(policy: Policy) -> None:
    for question in every_question():
        if not policy.decide(question).allowed:
            assert not any(policy.decide(less).allowed for less in _weaker(question))


@pytest.mark.parametrize(
    "change",
    [
        {"action": "case.claim"},
        {"action": "case.steal"},
        {"membership": "member"},
        {"roles": {"manager"}},
        {"roles": frozenset({1})},
        {"enrolled": 1},
        {"case": {}},
        {"case": CaseFacts(open=True, held=False, holder_is_actor=True, source=Source.MENTION)},
    ],
)
def test_of_the_wrong_kind_is_missing_too(policy: Policy, change: dict[str, Any]) -> None:
    broken: Any = replace(CLAIM, **change)
    assert policy.decide(broken).rule == "incomplete"


def test_denials_are_only_kinder_than_the_default(policy: Policy) -> None:
    """Without one denial in the table, the same questions are refused."""
    table = load_table("standard")
    bare = Policy(replace(table, rules=tuple(r for r in table.rules if r.effect == ALLOW)))
    for question in every_question():
        assert bare.decide(question).allowed == policy.decide(question).allowed


def test_every_rule_is_explained(policy: Policy) -> None:
    for rule in load_table("standard").rules:
        told = policy.explain(rule.id)
        assert told is not None
        for sentence in (told.why, told.next_step):
            assert sentence.endswith(".")
            assert len(sentence) <= 120
    assert policy.explain("incomplete")
    assert policy.explain("default")
    assert policy.explain("guard.card")
    assert policy.explain("no-such-rule") is None


def test_no_reason_for_a_refusal_speaks_of_whether_somebody_is_a_customer() -> None:
    for rule in load_table("standard").rules:
        said = f"{rule.why} {rule.next_step}".lower()
        for word in ("consent", "no link", "is a customer", "not a customer", "policy number"):
            assert word not in said
        for rank in ("boss", "senior", "junior", "superior", "rank", "supervisor"):
            assert rank not in said


def test_quick(policy: Policy) -> None:
    """Under 10 µs on a quiet core; the limit leaves room for a busy one."""
    start = thread_time()
    for _ in range(1000):
        policy.decide(CLAIM)
    assert (thread_time() - start) / 1000 < 0.0001
