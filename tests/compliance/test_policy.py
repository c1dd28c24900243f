"""The standard profile as people meet it; what is missing in a question is a no."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product
from time import thread_time
from typing import Any

import pytest

from bot.compliance import (
    Action,
    CaseFacts,
    NoCase,
    NoReply,
    NoRequest,
    Obligation,
    ObligationKind,
    Policy,
    Question,
    ReplyFacts,
    RequestFacts,
)
from bot.compliance.rules import Table
from bot.model.audit import Effect
from bot.model.case import Source
from bot.model.person import Enrolment, Membership
from bot.model.reply import Way
from bot.model.request import RequestKind

FREE = CaseFacts(open=True, held=False, holder_is_actor=False, source=Source.MENTION)
MINE = CaseFacts(open=True, held=True, holder_is_actor=True, source=Source.MENTION)
THEIRS = CaseFacts(open=True, held=True, holder_is_actor=False, source=Source.MENTION)
DONE = CaseFacts(open=False, held=True, holder_is_actor=True, source=Source.MENTION)
CLAIM = Question(
    action=Action.CLAIM,
    membership=Membership.MEMBER,
    roles=frozenset(),
    enrolment=Enrolment.YES,
    trusted=False,
    case=FREE,
    reply=NoReply(),
    request=NoRequest(),
    unsure=frozenset(),
)
PUBLIC = ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False)
SEND = replace(CLAIM, action=Action.SEND_REPLY, case=MINE, reply=PUBLIC)
ANSWER = replace(
    CLAIM,
    action=Action.ANSWER_REQUEST,
    roles=frozenset({"approver"}),
    case=NoCase(),
    request=RequestFacts(RequestKind.REPLY, author_is_actor=False),
)


def test_any_enrolled_member_may_claim_a_free_case(policy: Policy) -> None:
    decision = policy.decide(CLAIM)
    assert decision.effect is Effect.ALLOWED
    assert decision.allowed
    assert decision.policy == policy.hash


def test_the_first_claim_opens_the_guidebook(policy: Policy) -> None:
    decision = policy.decide(replace(CLAIM, enrolment=Enrolment.NO))
    assert (decision.effect, decision.rule) == (Effect.DENIED, "enroll-first")
    assert decision.obligations == {Obligation(ObligationKind.GUIDEBOOK)}


def test_no_guidebook_for_a_case_that_is_gone(policy: Policy) -> None:
    decision = policy.decide(replace(CLAIM, enrolment=Enrolment.NO, case=THEIRS))
    assert decision.rule == "already-held"
    assert not decision.obligations


@pytest.mark.parametrize("member", [who for who in Membership if who is not Membership.MEMBER])
@pytest.mark.parametrize("action", Action)
def test_nobody_else_may_anything(policy: Policy, member: Membership, action: Action) -> None:
    roles = frozenset({"coordinator", "manager"})
    asked = replace(SEND, action=action, membership=member, roles=roles, trusted=True)
    decision = policy.decide(replace(asked, request=ANSWER.request))
    assert not decision.allowed
    assert decision.rule == ("incomplete" if member is Membership.UNKNOWN else member)


@pytest.mark.parametrize(
    "action",
    [Action.RELEASE, Action.PASS_ON, Action.RESOLVE, Action.HAND_OFF],
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
    assert allowed.obligations == {
        Obligation(ObligationKind.MASK),
        Obligation(ObligationKind.RECORD_LOOK),
    }
    for case in (NoCase(), FREE, THEIRS):
        assert policy.decide(replace(asked, case=case)).rule == "look-up-with-a-case"
    assert (
        policy.decide(replace(asked, case=MINE, enrolment=Enrolment.NO)).rule == "enroll-to-look-up"
    )


def test_the_digest_goes_by_role(policy: Policy) -> None:
    asked = replace(CLAIM, action=Action.READ_DIGEST, case=NoCase())
    assert policy.decide(asked).rule == "digest-by-role"
    assert policy.decide(replace(asked, roles=frozenset({"manager"}))).allowed
    assert policy.decide(replace(asked, roles=frozenset({"coordinator", "other"}))).allowed
    assert not policy.decide(replace(asked, roles=frozenset({"service"}))).allowed


def test_sending_takes_a_second_person_until_trusted(policy: Policy) -> None:
    approval = Obligation(ObligationKind.APPROVAL, role="approver")
    new, trusted = policy.decide(SEND), policy.decide(replace(SEND, trusted=True))
    assert (new.rule, new.asks(ObligationKind.APPROVAL)) == ("new-send", (approval,))
    assert (trusted.rule, trusted.asks(ObligationKind.APPROVAL)) == ("trusted-send", ())


def test_nothing_goes_to_who_did_not_write_to_us_nor_on_hold(policy: Policy) -> None:
    uncalled = replace(SEND, reply=replace(PUBLIC, summoned=False), trusted=True)
    held = replace(SEND, reply=replace(PUBLIC, topic_held=True), trusted=True)
    assert policy.decide(uncalled).rule == "not-summoned"
    assert policy.decide(held).rule == "topic-on-hold"
    assert policy.decide(replace(held, action=Action.DRAFT_REPLY)).rule == "topic-on-hold"
    assert policy.decide(replace(SEND, reply=NoReply())).rule == "words-first"


def test_who_looks_after_the_platform_does_neither_reveal_nor_approve(policy: Policy) -> None:
    both = ANSWER.roles | {"platform"}
    reveal = replace(SEND, action=Action.REVEAL, reply=NoReply())
    assert policy.decide(ANSWER).allowed
    assert policy.decide(reveal).allowed
    assert policy.decide(replace(ANSWER, roles=both)).rule == "platform-apart"
    assert policy.decide(replace(reveal, roles=both)).rule == "platform-apart"
    assert policy.decide(replace(CLAIM, action=Action.SET_UP, roles=both)).allowed


def test_nobody_approves_their_own(policy: Policy) -> None:
    own = replace(ANSWER, request=RequestFacts(RequestKind.REPLY, author_is_actor=True))
    assert policy.decide(own).rule == "never-your-own"


def test_whoever_lapsed_helps_on_but_neither_answers_nor_reveals(policy: Policy) -> None:
    lapsed = replace(CLAIM, enrolment=Enrolment.LAPSED)
    assert policy.decide(lapsed).allowed
    for action in (Action.DRAFT_REPLY, Action.SEND_REPLY, Action.REVEAL):
        decision = policy.decide(replace(lapsed, action=action, case=MINE, reply=PUBLIC))
        assert decision.rule == "read-again"
        assert decision.obligations == {Obligation(ObligationKind.GUIDEBOOK)}


def test_a_role_that_is_not_known_is_none_and_grants_nothing_either(policy: Policy) -> None:
    auditor = replace(CLAIM, action=Action.EXPORT, case=MINE, roles=frozenset({"auditor"}))
    unsure = {"unsure": frozenset({"platform", "manager"})}
    assert policy.decide(auditor).allowed
    assert not policy.decide(replace(auditor, **unsure)).allowed
    assert not policy.decide(replace(CLAIM, action=Action.SET_HOLD, **unsure)).allowed
    # What no rule takes away or burdens by role goes on as if nothing were amiss.
    every = frozenset({*policy.roles})
    for action in Action:
        for less in (replace(SEND, action=action), replace(ANSWER, action=action)):
            assert policy.decide(replace(less, unsure=every)) == policy.decide(less)


def _without(question: Question) -> Iterator[Any]:
    """The question with each attribute missing, in turn: None where there was a value."""
    for field in fields(question):
        yield replace(question, **{field.name: None})
    for name in ("case", "reply", "request"):
        part: Any = getattr(question, name)
        for field in fields(part):
            yield replace(question, **{name: replace(part, **{field.name: None})})


def test_a_missing_attribute_never_turns_no_into_yes(policy: Policy) -> None:
    """Stronger: missing is always no, whatever is asked."""
    asked = product(Action, Enrolment, (True, False), (FREE, MINE, NoCase()), (PUBLIC, NoReply()))
    for action, enrolment, trusted, case, reply in asked:
        about = replace(ANSWER, action=action, case=case, reply=reply, trusted=trusted)
        for less in _without(replace(about, enrolment=enrolment)):
            decision = policy.decide(less)
            assert (decision.effect, decision.rule) == (Effect.DENIED, "incomplete")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "case.claim"},
        {"action": "case.steal"},
        {"membership": "member"},
        {"roles": {"manager"}},
        {"roles": frozenset({1})},
        {"unsure": {"manager"}},
        {"enrolment": "yes"},
        {"enrolment": True},
        {"trusted": 1},
        {"case": {}},
        {"case": NoReply()},
        {"reply": NoCase()},
        {"request": NoReply()},
        {"reply": ReplyFacts("public", summoned=True, topic_held=False)},  # type: ignore[arg-type]  # the wrong kind on purpose
        {"reply": ReplyFacts(Way.PUBLIC, summoned=1, topic_held=False)},  # type: ignore[arg-type]  # the wrong kind on purpose
        {"request": RequestFacts("reply", author_is_actor=False)},  # type: ignore[arg-type]  # the wrong kind on purpose
        {"case": CaseFacts(open=True, held=False, holder_is_actor=True, source=Source.MENTION)},
    ],
)
def test_of_the_wrong_kind_is_missing_too(policy: Policy, change: dict[str, Any]) -> None:
    broken: Any = replace(CLAIM, **change)
    assert policy.decide(broken).rule == "incomplete"


def test_every_rule_is_explained(table: Table) -> None:
    policy = Policy(table)
    for rule in table.rules:
        told = policy.explain(rule.id)
        assert told is not None
        for sentence in (told.why, told.next_step):
            assert sentence.endswith(".")
            assert len(sentence) <= 120
    assert policy.explain("incomplete")
    assert policy.explain("groups-untold")
    assert policy.explain("default")
    assert policy.explain("guard.card")
    assert policy.explain("no-such-rule") is None


def test_no_reason_speaks_of_whether_somebody_is_a_customer(table: Table) -> None:
    for rule in table.rules:
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
