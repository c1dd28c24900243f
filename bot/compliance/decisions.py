"""Who may do what: a table of rules, default deny, deny beats allow, missing is no.

Rules only say yes to what they name. Denials are there for their sentences: take them all away,
and the same questions are still refused (a test holds this), only less kindly.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from bot.compliance.guard import next_step, reason
from bot.compliance.kinds import KINDS
from bot.compliance.obligations import Obligation, ObligationKind
from bot.compliance.policy_checks import problems_of
from bot.compliance.policy_file import PolicyText, parse_table, profile_text
from bot.compliance.questions import Action, Facts, Question, at_most, facts_of
from bot.compliance.rules import ALLOW, Rule, Table, Verdict, by_action, judge
from bot.errors import Misconfigured
from bot.model.audit import Effect


@dataclass(frozen=True, slots=True)
class Reason:
    """Of the actor, the case and the policy only, never of a customer."""

    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Decision:
    effect: Effect
    rule: str
    why: str
    next_step: str
    obligations: frozenset[Obligation]
    policy: str
    """Hash of the table that decided."""

    @property
    def allowed(self) -> bool:
        return self.effect is Effect.ALLOWED

    def asks(self, kind: ObligationKind) -> tuple[Obligation, ...]:
        """Its obligations of one kind: an approval may be asked of several roles."""
        return tuple(each for each in self.obligations if each.kind is kind)


INCOMPLETE = "incomplete"
DEFAULT = "default"
UNTOLD = "groups-untold"
"""Of a no that would be a yes, were it known that a role which a group gives is not theirs."""
_BUILT_IN = {
    INCOMPLETE: Reason(
        why="Usher could not learn all it needs to know to say yes to this, so it is a no for now.",
        next_step="Please try again in a minute. If it stays like this, tell your coordinator.",
    ),
    DEFAULT: Reason(
        why="The house rules do not open this to you at the moment.",
        next_step="Your coordinator can tell you who may, or change the house rules.",
    ),
    UNTOLD: Reason(
        why="Slack does not tell me just now who is in which group, and this depends on it.",
        next_step="Please try again in a minute. If it stays like this, tell your coordinator.",
    ),
}


@lru_cache(maxsize=16)
def _sound(text: PolicyText) -> Table:
    """Every world is tried for it, which is not worth doing twice."""
    table = parse_table(text)
    if problems := problems_of(table):
        raise Misconfigured(problems)
    return table


class Policy:
    """One decision table, ready to answer. Immutable, so that threads may share it."""

    def __init__(self, table: Table) -> None:
        self.hash = table.hash
        self.roles = table.roles
        self.pinned = table.pinned
        self.settings = table.settings
        self._rules = by_action(table.rules)
        self._looked_at = {
            action: frozenset(name for rule in rules for name in rule.when)
            for action, rules in self._rules.items()
        }
        self._carried = {rule.id: rule.obligations for rule in table.rules}
        self._owed = {
            owed.kind: f"{rule.place}: rule {rule.id!r}"
            for rule in reversed(table.rules)
            for owed in (rule.obligations if rule.effect == ALLOW else ())
        }
        self._reasons = {
            **_BUILT_IN,
            **{kind.rule: Reason(reason(kind), next_step(kind)) for kind in KINDS},
            **{rule.id: Reason(rule.why, rule.next_step) for rule in table.rules},
        }

    @classmethod
    def load(cls, profile: str) -> Self:
        """One of the profiles that come along."""
        return cls.of(profile_text(profile))

    @classmethod
    def of(cls, text: PolicyText) -> Self:
        """Raises `Misconfigured`: typos, dead rules and wrong examples, each by file and line."""
        return cls(_sound(text))

    def looks_at(self, action: Action, attribute: str) -> bool:
        """Whether any rule of `action` depends on it; where none does, nobody need ask for it."""
        return attribute in self._looked_at[action]

    def decide(self, question: Question) -> Decision:
        facts = facts_of(question)
        if facts is None:
            return self._denied(INCOMPLETE)
        rules = self._rules[question.action]
        verdict = judge(rules, facts)
        if verdict.rule is None:
            return self._denied(DEFAULT)
        if question.unsure and _would_change(rules, verdict, at_most(facts, question.unsure)):
            return self._denied(UNTOLD)
        return Decision(
            effect=Effect.ALLOWED if verdict.allowed else Effect.DENIED,
            rule=verdict.rule.id,
            why=verdict.rule.why,
            next_step=verdict.rule.next_step,
            obligations=verdict.obligations,
            policy=self.hash,
        )

    def owed(self, kind: ObligationKind) -> frozenset[Obligation]:
        """All of one kind that any rule carries."""
        carried = (owed for each in self._carried.values() for owed in each)
        return frozenset(owed for owed in carried if owed.kind is kind)

    def first_owing(self, kind: ObligationKind) -> str:
        """The first rule whose yes carries it, by file and line; "" where none does."""
        return self._owed.get(kind, "")

    def first_without(self, kind: ObligationKind, action: Action) -> str:
        """The first rule whose yes does not carry it, by file and line; "" where all do."""
        for rule in self._rules[action]:
            if rule.effect == ALLOW and all(owed.kind is not kind for owed in rule.obligations):
                return f"{rule.place}: rule {rule.id!r}"
        return ""

    def obligations_of(self, rule: str) -> frozenset[Obligation]:
        """What a rule on record carries; nothing where it is none of this table's."""
        return self._carried.get(rule, frozenset())

    def explain(self, rule: str) -> Reason | None:
        """The sentences behind a rule id on record, the guard's own refusals among them."""
        return self._reasons.get(rule)

    def _denied(self, rule: str) -> Decision:
        told = _BUILT_IN[rule]
        return Decision(
            effect=Effect.DENIED,
            rule=rule,
            why=told.why,
            next_step=told.next_step,
            obligations=frozenset(),
            policy=self.hash,
        )


def _would_change(rules: tuple[Rule, ...], verdict: Verdict, most: Facts) -> bool:
    """Whether a yes would be a no, or would carry more, with the roles that are not known.

    A missing role opens nothing: it is no. But it must not grant either, where a rule takes away
    by role: a yes is one only where it is the same without all of them and with all of them, and
    then it is the same with any of them.
    """
    if not verdict.allowed:
        return False
    with_all = judge(rules, most)
    return not with_all.allowed or with_all.obligations != verdict.obligations
