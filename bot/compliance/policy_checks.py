"""What must hold of a whole table before it may decide anything: no dead rule, no wrong example,
and no yes to those whom every policy says no to, whatever it builds on.
"""

from collections.abc import Iterator

from bot.compliance.obligations import BY_ROLE
from bot.compliance.policy_owed import unmet
from bot.compliance.questions import ATTRIBUTES, ROLE, Action, Facts
from bot.compliance.rules import ALLOW, Example, Rule, Table, by_action, judge
from bot.compliance.worlds import possible, worlds
from bot.model.person import PLATFORM, Membership
from bot.model.request import RequestKind

_ASKED_ABOUT = {
    Action.DRAFT_REPLY: RequestKind.REPLY,
    Action.SEND_REPLY: RequestKind.REPLY,
    Action.SET_HOLD: RequestKind.HOLD,
    Action.LIFT_HOLD: RequestKind.HOLD,
    Action.MERGE: RequestKind.MERGE,
    Action.EXPORT: RequestKind.EXPORT,
}
_NOT_ASKED = ("case", "holder", "source", "way", "summoned", "topic")
"""Whoever answers a request is asked about that alone: the first value of each says so."""
APART = frozenset(
    (
        Action.LOOK_UP,
        Action.REVEAL,
        Action.READ_COMPLAINTS,
        Action.EXPORT,
        Action.ANSWER_REQUEST,
    )
)
"""Not for whoever looks after the platform: neither customers' data nor approvals."""
BY_PERSON = frozenset((Action.ANSWER_REQUEST, Action.EXPORT))
"""Whose roles are given to persons one by one: else whoever edits a group would choose them. A
reveal is for who holds the case; a role narrows that, and may come from a group."""
_WHO = frozenset(("membership", PLATFORM, "author"))


def problems_of(table: Table) -> tuple[str, ...]:
    return (
        *dead_rules(table),
        *wrong_examples(table),
        *nobody_answers(table),
        *unpinned(table),
        *open_doors(table),
        *unmet(table, _ASKED_ABOUT),
    )


def open_doors(table: Table) -> Iterator[str]:
    """A yes to somebody who may not have it under any policy, by the rule that says it."""
    rules = by_action(table.rules)
    told: set[tuple[str, str]] = set()
    for action in Action:
        for facts in worlds(rules[action], also=_WHO):
            verdict = judge(rules[action], facts)
            who = _never(action, facts) if verdict.allowed else ""
            if verdict.rule is None or not who or (verdict.rule.id, who) in told:
                continue
            told.add((verdict.rule.id, who))
            yield (
                f"{verdict.rule.place}: rule {verdict.rule.id!r} allows {action} to {who}; "
                "expected a condition or a denial that keeps them out"
            )


def _never(action: Action, facts: Facts) -> str:
    """Who may not do this under any policy; "" for everybody else."""
    if facts["membership"] != {Membership.MEMBER}:
        return f"those whose membership is {next(iter(facts['membership']))}"
    if action in APART and facts[PLATFORM] == {"yes"}:
        return f"those with `{PLATFORM}: yes`"
    if action is Action.ANSWER_REQUEST and facts["author"] == {"actor"}:
        return "whoever asked for it (`author: actor`)"
    return ""


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


def nobody_answers(table: Table) -> Iterator[str]:
    """What takes the yes of somebody else, where no rule lets anybody say it."""
    rules = by_action(table.rules)[Action.ANSWER_REQUEST]
    if table.settings.change_takes > 1 and not _answered(rules, RequestKind.POLICY):
        yield (
            f"{table.settings_place}: `change: two`, and nobody may say yes to a new policy; "
            f"expected a rule that allows members {Action.ANSWER_REQUEST} with `request: policy`"
        )
    for rule in table.rules:
        kinds = {_ASKED_ABOUT[action] for action in rule.actions if action in _ASKED_ABOUT}
        for role in sorted({owed.role for owed in rule.obligations if owed.kind in BY_ROLE}):
            for kind in sorted(kinds):
                if not _answered(rules, kind, role):
                    yield (
                        f"{rule.place}: rule {rule.id!r} takes the yes of {role}, who may not say "
                        f"it; expected a rule that allows them {Action.ANSWER_REQUEST} with "
                        f"`request: {kind}`"
                    )


def unpinned(table: Table) -> Iterator[str]:
    """Roles that let somebody approve, or take a case out as a file."""
    for rule in (each for each in table.rules if each.effect == ALLOW):
        does = BY_PERSON.intersection(rule.actions)
        named = rule.when.get(ROLE, frozenset()) if does else frozenset[str]()
        asked = {owed.role for owed in rule.obligations if owed.kind in BY_ROLE}
        for role in sorted((named | asked) - table.pinned):
            what = ", ".join(sorted(does)) if role in named else Action.ANSWER_REQUEST
            yield (
                f"{rule.place}: rule {rule.id!r} opens {what} to {role}, which a Slack group may "
                f"have; expected {role} under `pinned:`, so that it goes to persons one by one"
            )


def _answered(rules: tuple[Rule, ...], kind: RequestKind, *roles: str) -> bool:
    """Whether some member may answer a colleague who asks for it: of these roles and no other,
    since whoever has one need not have a second; of any where none is given."""
    asked = {
        **{name: frozenset((ATTRIBUTES[name][0],)) for name in _NOT_ASKED},
        "membership": frozenset((Membership.MEMBER.value,)),
        "request": frozenset((kind.value,)),
        "author": frozenset(("other",)),
    }
    return any(
        judge(rules, {**facts, **asked, ROLE: frozenset(roles) or facts[ROLE]}).allowed
        for facts in worlds(rules)
    )


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
