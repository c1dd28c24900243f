"""Every change to a profile is noticed: each rule removed, each condition flipped or dropped."""

from collections.abc import Iterator
from dataclasses import replace

from bot.compliance.obligations import Obligation
from bot.compliance.policy_checks import wrong_examples
from bot.compliance.questions import ATTRIBUTES, ROLE
from bot.compliance.rules import ALLOW, DENY, OTHERWISE, Rule, Table, by_action, judge
from bot.compliance.worlds import worlds


def _with(table: Table, rule: Rule, *instead: Rule) -> Table:
    rules = [one for old in table.rules for one in (instead if old is rule else (old,))]
    return replace(table, rules=tuple(rules))


def _values(table: Table, attribute: str) -> frozenset[str]:
    return frozenset(table.roles if attribute == ROLE else ATTRIBUTES[attribute])


def _changes(table: Table, rule: Rule) -> Iterator[tuple[str, Rule]]:
    for action in rule.actions:
        fewer = tuple(one for one in rule.actions if one is not action)
        yield f"no more for {action}", replace(rule, actions=fewer)
    for attribute, values in rule.when.items():
        flipped = {**rule.when, attribute: _values(table, attribute) - values}
        yield f"{attribute} flipped", replace(rule, when=flipped)
        for value in values if len(values) > 1 else ():
            less = {**rule.when, attribute: values - {value}}
            yield f"{attribute} without {value}", replace(rule, when=less)
        dropped = {name: kept for name, kept in rule.when.items() if name != attribute}
        yield f"{attribute} dropped", replace(rule, when=dropped)
    if rule.effect == ALLOW and ROLE in rule.when:
        for role in sorted(_values(table, ROLE) - rule.when[ROLE]):
            wider = {**rule.when, ROLE: rule.when[ROLE] | {role}}
            yield f"also for {role}", replace(rule, when=wider)
    if rule.effect != OTHERWISE:
        other = DENY if rule.effect == ALLOW else ALLOW
        yield "turned around", replace(rule, effect=other)


def _lighter(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for one in sorted(rule.obligations):
        rest = rule.obligations - {one}
        yield f"without {one}", replace(rule, obligations=rest)
        if one.seconds:
            longer = Obligation(one.kind, seconds=one.seconds + 1)
            yield f"longer {one}", replace(rule, obligations=rest | {longer})
        if one.role:
            other = Obligation(one.kind, role="another")
            yield f"of another role than {one}", replace(rule, obligations=rest | {other})


def _leans(table: Table, rule: Rule) -> bool:
    """Whether a yes of this table is wider than it should be, with only a denial in front of it."""
    full = by_action(table.rules)
    bare = by_action(tuple(rule for rule in table.rules if rule.effect == ALLOW))
    return any(
        judge(bare[action], facts).allowed != judge(full[action], facts).allowed
        for action in rule.actions
        for facts in worlds(full[action])
    )


def test_each_rule_removed_breaks_an_example(table: Table) -> None:
    unnoticed = [rule.place for rule in table.rules if not list(wrong_examples(_with(table, rule)))]
    assert unnoticed == []


def test_each_condition_changed_is_noticed(table: Table) -> None:
    """By an example; a condition dropped from a yes also by its leaning on a denial now."""
    unnoticed = [
        f"{rule.place}: {rule.id}: {name}"
        for rule in table.rules
        for name, changed in _changes(table, rule)
        if not any(wrong_examples(mutant := _with(table, rule, changed)))
        and not (name.endswith("dropped") and _leans(mutant, changed))
    ]
    assert unnoticed == []


def test_each_obligation_dropped_or_lightened_is_noticed(table: Table) -> None:
    unnoticed = [
        f"{rule.place}: {rule.id}: {name}"
        for rule in table.rules
        for name, lighter in _lighter(rule)
        if not any(wrong_examples(_with(table, rule, lighter)))
    ]
    assert unnoticed == []


def test_the_tables_themselves_are_as_they_should_be(table: Table) -> None:
    assert list(wrong_examples(table)) == []
    assert not any(_leans(table, rule) for rule in table.rules)


def test_who_says_yes_and_who_examines_are_named_one_by_one(table: Table) -> None:
    """A role of theirs that a group could bring would be had by a change elsewhere."""
    say_yes = {owed.role for rule in table.rules for owed in rule.obligations if owed.role}
    assert {"approver", "privacy", "auditor"} | say_yes <= table.pinned
