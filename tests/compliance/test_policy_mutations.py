"""Every change to the profile is noticed: each rule removed, each condition flipped or dropped."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.compliance.policy_checks import worlds, wrong_examples
from bot.compliance.policy_file import load_table
from bot.compliance.questions import ATTRIBUTES, ROLE, Action
from bot.compliance.rules import ALLOW, DENY, OTHERWISE, Rule, Table, by_action, judge

STANDARD = load_table("standard")


def _with(rule: Rule, *instead: Rule) -> Table:
    rules = [one for old in STANDARD.rules for one in (instead if old is rule else (old,))]
    return replace(STANDARD, rules=tuple(rules))


def _values(attribute: str) -> frozenset[str]:
    return frozenset(STANDARD.roles if attribute == ROLE else ATTRIBUTES[attribute])


def _mutants() -> Iterator[tuple[str, Table]]:
    for rule in STANDARD.rules:
        yield f"{rule.id} removed", _with(rule)
        for action in rule.actions:
            fewer = tuple(one for one in rule.actions if one is not action)
            yield f"{rule.id} no more for {action}", _with(rule, replace(rule, actions=fewer))
        for attribute, values in rule.when.items():
            flipped = {**rule.when, attribute: _values(attribute) - values}
            yield f"{rule.id} {attribute} flipped", _with(rule, replace(rule, when=flipped))
            dropped = {name: kept for name, kept in rule.when.items() if name != attribute}
            yield f"{rule.id} {attribute} dropped", _with(rule, replace(rule, when=dropped))
        for obligation in sorted(rule.obligations):
            less = replace(rule, obligations=rule.obligations - {obligation})
            yield f"{rule.id} without {obligation}", _with(rule, less)
        if rule.effect != OTHERWISE:
            other = DENY if rule.effect == ALLOW else ALLOW
            yield f"{rule.id} turned around", _with(rule, replace(rule, effect=other))


def _leans(table: Table) -> bool:
    """Whether a yes of this table is wider than it should be, with only a denial in front of it."""
    full = by_action(table.rules)
    bare = by_action(tuple(rule for rule in table.rules if rule.effect == ALLOW))
    return any(
        judge(bare[action], facts).allowed != judge(full[action], facts).allowed
        for action in Action
        for facts in worlds(full[action])
    )


MUTANTS = tuple(_mutants())


def test_the_table_itself_is_as_it_should_be() -> None:
    assert list(wrong_examples(STANDARD)) == []
    assert not _leans(STANDARD)


@pytest.mark.parametrize(("name", "table"), MUTANTS, ids=[name for name, _ in MUTANTS])
def test_a_change_is_noticed(name: str, table: Table) -> None:
    """By an example; a condition dropped from a yes also by its leaning on a denial now."""
    noticed = list(wrong_examples(table)) or (name.endswith("dropped") and _leans(table))
    assert noticed, f"nothing notices: {name}"
