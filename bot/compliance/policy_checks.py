"""What must hold of a whole table before it may decide anything: no dead rule, no wrong example."""

from collections.abc import Iterator
from itertools import chain, combinations, product

from bot.compliance.questions import ATTRIBUTES, ROLE, Action, Facts
from bot.compliance.rules import Example, Rule, Table, by_action, judge

_CASES: tuple[tuple[str, str, str], ...] = (
    ("none", "nobody", "none"),
    *product(
        ("open", "resolved"),
        ATTRIBUTES["holder"],
        tuple(source for source in ATTRIBUTES["source"] if source != "none"),
    ),
)
"""Every state a case can be in, with its holder and source."""


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
                    f"{table.where}:{rule.line}: rule {rule.id!r} can never fire for {action}; "
                    "expected conditions that can hold and that no earlier denial takes first"
                )


def wrong_examples(table: Table) -> Iterator[str]:
    rules = by_action(table.rules)
    for example in table.examples:
        if not _possible(example.facts):
            yield (
                f"{table.where}:{example.line}: no such case; expected a holder only with a case, "
                "and `source: mention` or `brought_in` with it"
            )
            continue
        for action in example.actions:
            yield from _wrong(table, example, action, rules[action])


def _wrong(
    table: Table, example: Example, action: Action, rules: tuple[Rule, ...]
) -> Iterator[str]:
    verdict = judge(rules, example.facts)
    answer = _said(verdict.allowed, verdict.rule.id if verdict.rule else "default")
    expected_answer = _said(example.allowed, example.rule)
    if answer != expected_answer:
        yield f"{table.where}:{example.line}: {action} is {answer}; expected {expected_answer}"
    elif verdict.obligations != example.obligations:
        told = ", ".join(sorted(verdict.obligations)) or "none"
        expected = ", ".join(sorted(example.obligations)) or "none"
        yield (
            f"{table.where}:{example.line}: {action} carries the obligations {told}; "
            f"expected {expected}"
        )


def _said(allowed: bool, rule: str) -> str:
    return f"{'allowed' if allowed else 'refused'} by {rule!r}"


def _deciding(rules: tuple[Rule, ...], facts: Facts) -> list[Rule]:
    """The denial that decides, or else every allowance that holds: all their obligations count."""
    verdict = judge(rules, facts)
    if not verdict.allowed:
        return [verdict.rule] if verdict.rule else []
    return [rule for rule in rules if rule.fires(facts)]


def worlds(rules: tuple[Rule, ...]) -> Iterator[Facts]:
    """All that can be the case, over the attributes these rules look at."""
    seen = {name for rule in rules for name in rule.when}
    named = sorted({role for rule in rules for role in rule.when.get(ROLE, ())})
    subsets = chain.from_iterable(combinations(named, size) for size in range(len(named) + 1))
    roles = [frozenset(subset) for subset in subsets]
    members, enrolments = _values("membership", seen), _values("enrolled", seen)
    cases = _CASES if seen & {"case", "holder", "source"} else _CASES[:1]
    for held, membership, enrolled, (case, holder, source) in product(
        roles, members, enrolments, cases
    ):
        yield {
            "membership": frozenset((membership,)),
            ROLE: held,
            "enrolled": frozenset((enrolled,)),
            "case": frozenset((case,)),
            "holder": frozenset((holder,)),
            "source": frozenset((source,)),
        }


def _values(name: str, seen: set[str]) -> tuple[str, ...]:
    return ATTRIBUTES[name] if name in seen else ATTRIBUTES[name][:1]


def _possible(facts: Facts) -> bool:
    single = all(len(facts[name]) == 1 for name in facts if name != ROLE)
    return single and any(
        facts["case"] == {case} and facts["holder"] == {holder} and facts["source"] == {source}
        for case, holder, source in _CASES
    )
