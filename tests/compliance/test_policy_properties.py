"""What must hold of each profile in every world there can be, whatever its rules say one by one."""

from collections.abc import Iterator

from bot.compliance.policy_checks import dead_rules
from bot.compliance.questions import ATTRIBUTES, ROLE, Action, Facts
from bot.compliance.rules import Rule, Table, by_action, judge
from bot.compliance.worlds import possible, worlds
from bot.model.person import PLATFORM, Membership

DOWN = {
    "enrolled": ("yes", "lapsed", "no"),
    "trust": ("trusted", "new"),
    "summoned": ("yes", "no"),
    "topic": ("free", "held"),
    "author": ("other", "actor"),
}
"""From more to less. Not `platform`: whoever has less of that is trusted with more."""
NO_READERS = {
    "customer.look_up",
    "customer.reveal",
    "complaint.read",
    "case.export",
    "approval.answer",
}


def _less(facts: Facts) -> Iterator[Facts]:
    for role in facts[ROLE]:
        yield {**facts, ROLE: facts[ROLE] - {role}}
    for member in ATTRIBUTES["membership"]:
        if facts["membership"] == {Membership.MEMBER} and member != Membership.MEMBER:
            yield {**facts, "membership": frozenset((member,))}
    for name, order in DOWN.items():
        (value,) = facts[name]
        if value in order[:-1]:
            yield {**facts, name: frozenset((order[order.index(value) + 1],))}


def _rules(table: Table) -> Iterator[tuple[Action, tuple[Rule, ...]]]:
    yield from by_action(table.rules).items()


def test_having_less_never_turns_no_into_yes(table: Table) -> None:
    for action, rules in _rules(table):
        for facts in worlds(rules):
            if not judge(rules, facts).allowed:
                wider = [less for less in _less(facts) if judge(rules, less).allowed]
                assert wider == [], action


def test_having_less_never_asks_for_less(table: Table) -> None:
    """Who has less may at most do it under the same obligations, or more of them."""
    for action, rules in _rules(table):
        for facts in worlds(rules):
            more = judge(rules, facts)
            for less in _less(facts) if more.allowed else ():
                verdict = judge(rules, less)
                assert not verdict.allowed or verdict.obligations >= more.obligations, action


def test_every_rule_decides_somewhere(table: Table) -> None:
    assert list(dead_rules(table)) == []


def test_every_world_can_be_and_every_action_has_one(table: Table) -> None:
    for _, rules in _rules(table):
        tried = list(worlds(rules))
        assert tried
        assert all(possible(facts) for facts in tried)


def test_members_alone_may_anything(table: Table) -> None:
    for _, rules in _rules(table):
        for facts in worlds(rules):
            assert facts["membership"] == {Membership.MEMBER} or not judge(rules, facts).allowed


def test_the_platform_reads_and_approves_nothing(table: Table) -> None:
    for action, rules in _rules(table):
        if action in NO_READERS:
            platform = [facts for facts in worlds(rules) if facts[PLATFORM] == {"yes"}]
            assert platform
            assert not any(judge(rules, facts).allowed for facts in platform)


def test_nobody_answers_their_own_request(table: Table) -> None:
    rules = by_action(table.rules)[Action.ANSWER_REQUEST]
    own = [facts for facts in worlds(rules) if facts["author"] == {"actor"}]
    assert own
    assert not any(judge(rules, facts).allowed for facts in own)
