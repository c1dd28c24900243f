"""The decision table as data: rules, examples, and the obligations an answer may carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.compliance.questions import Action, Facts

ALLOW = "allow"
DENY = "deny"
OTHERWISE = "otherwise"
"""A denial that speaks only where nothing else did."""


class Obligation(StrEnum):
    """What must be done along with the answer. A closed set: the kitchen has a handler for each."""

    GUIDEBOOK = "guidebook"
    """Show the guidebook; accepting it is part of what was asked."""
    MASK = "mask"
    """Show personal data masked."""
    RECORD_LOOK = "record_look"
    """Put on record that somebody looked, also when nothing was found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when every attribute in `when` has one of its values; an empty `when` always does."""

    id: str
    effect: str
    actions: tuple[Action, ...]
    when: Mapping[str, frozenset[str]]
    why: str
    next_step: str
    obligations: frozenset[Obligation]
    line: int

    def fires(self, facts: Facts) -> bool:
        for name, values in self.when.items():  # noqa: SIM110 – half the time of all()
            if values.isdisjoint(facts[name]):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the profile's own `cases:` with the rule that must answer it."""

    actions: tuple[Action, ...]
    facts: Facts
    allowed: bool
    rule: str
    obligations: frozenset[Obligation]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    where: str
    hash: str
    """SHA-256 of the file, as `sha256sum` prints it."""
    roles: tuple[str, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that decides, or None when nothing allows; obligations of all that hold."""

    rule: Rule | None
    obligations: frozenset[Obligation]

    @property
    def allowed(self) -> bool:
        return self.rule is not None and self.rule.effect == ALLOW


def judge(rules: tuple[Rule, ...], facts: Facts) -> Verdict:
    """Deny beats allow; the first in the file among its like. `rules`: one action's, in order."""
    allowing: list[Rule] = []
    for rule in rules:
        if not rule.fires(facts):
            continue
        if rule.effect == ALLOW:
            allowing.append(rule)
        elif rule.effect == DENY or not allowing:
            return Verdict(rule, rule.obligations)
    if not allowing:
        return Verdict(None, frozenset())
    return Verdict(allowing[0], frozenset().union(*(rule.obligations for rule in allowing)))


_ORDER = (DENY, ALLOW, OTHERWISE)


def by_action(rules: tuple[Rule, ...]) -> dict[Action, tuple[Rule, ...]]:
    """The rules of each action in the order in which `judge` needs them."""
    ordered = sorted(rules, key=lambda rule: _ORDER.index(rule.effect))
    return {action: tuple(rule for rule in ordered if action in rule.actions) for action in Action}
