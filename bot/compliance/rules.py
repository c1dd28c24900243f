"""The decision table as data: rules and examples, and how the rules are judged."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compliance.obligations import Obligation, Settings
from bot.compliance.questions import Action, Facts

ALLOW = "allow"
DENY = "deny"
OTHERWISE = "otherwise"
"""A denial that speaks only where nothing else did."""


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
    place: str
    """File and line, for complaints."""

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
    place: str
    """File and line, for complaints."""


@dataclass(frozen=True, slots=True)
class Table:
    hash: str
    """SHA-256 of the base and the file after it, as `cat base.yaml mine.yaml | sha256sum`."""
    roles: tuple[str, ...]
    pinned: frozenset[str]
    """Roles that are given to persons one by one, never to a group."""
    settings: Settings
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    settings_place: str
    """File and line, for complaints."""


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
