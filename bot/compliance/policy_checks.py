"""What must hold of a whole table before it may decide anything: no dead rule, no wrong example."""

from collections.abc import Iterator

from bot.compliance.questions import Action, Facts
from bot.compliance.rules import Example, Rule, Table, by_action, judge
from bot.compliance.worlds import possible, worlds


def problems_of(table: Table) -> tuple[str, ...]:
    return (*dead_rules(table), *wrong_examples(table))


def dead_rules(table: Table) -> Iterator[str]:
    """A rule that never gets to decide one of its actions: contradictory, or always too late."""
    rules = by_action(table.rules)
    for action in Action:
        alive = {
            rule.id for facts in worlds(rules[action]) for rule in _deciding(rules[action], facts)
        }
        for rule in rules[action]:
            if rule.id not in alive:
                yield (
                    f"{rule.place}: rule {rule.id!r} can never fire for {action}; "
                    "expected conditions that can hold and that no earlier denial takes first"
                )


def wrong_examples(table: Table) -> Iterator[str]:
    rules = by_action(table.rules)
    for example in table.examples:
        if not possible(example.facts):
            yield (
                f"{example.place}: this cannot be; expected holder and source only with a case, "
                "a summons and a topic with a way, an author with a request"
            )
            continue
        for action in example.actions:
            yield from _wrong(example, action, rules[action])


def _wrong(example: Example, action: Action, rules: tuple[Rule, ...]) -> Iterator[str]:
    verdict = judge(rules, example.facts)
    answer = _said(verdict.allowed, verdict.rule.id if verdict.rule else "default")
    expected_answer = _said(example.allowed, example.rule)
    if answer != expected_answer:
        yield f"{example.place}: {action} is {answer}; expected {expected_answer}"
    elif verdict.obligations != example.obligations:
        told = ", ".join(map(str, sorted(verdict.obligations))) or "none"
        expected = ", ".join(map(str, sorted(example.obligations))) or "none"
        yield (f"{example.place}: {action} carries the obligations {told}; expected {expected}")


def _said(allowed: bool, rule: str) -> str:
    return f"{'allowed' if allowed else 'refused'} by {rule!r}"


def _deciding(rules: tuple[Rule, ...], facts: Facts) -> list[Rule]:
    """The denial that decides, or else every allowance that holds: all their obligations count."""
    verdict = judge(rules, facts)
    if not verdict.allowed:
        return [verdict.rule] if verdict.rule else []
    return [rule for rule in rules if rule.fires(facts)]
