"""The closed vocabulary of a profile, and its rules and cases read with it.

A typo in a table of permissions must never be a rule that quietly does nothing, so the set of
words is closed: actions, attributes, values, roles and obligations are known, or the profile is
refused.
"""

from dataclasses import dataclass
from difflib import get_close_matches

from bot.compliance.obligations import BY_ROLE, OF_REFUSALS, Obligation, ObligationKind
from bot.compliance.policy_yaml import Entry, Problems
from bot.compliance.questions import ATTRIBUTES, ROLE, Action
from bot.compliance.rules import ALLOW, DENY, OTHERWISE, Example, Rule
from bot.model.person import PLATFORM

ALL = "all"
_RULE_KEYS = ("id", "effect", "actions", "when", "why", "next", "obligations")
_OTHERWISE_KEYS = ("id", "actions", "why", "next")
_ALLOWED, _REFUSED = "allowed", "refused"
_EXAMPLE_KEYS = ("actions", *ATTRIBUTES, _ALLOWED, _REFUSED, "obligations")
LONGEST_TIME_BOX = 24 * 3600
LONGEST_NUMBER = 6
"""Digits: Python refuses to read a number of thousands of them."""


@dataclass(frozen=True, slots=True)
class Words:
    values: dict[str, tuple[str, ...]]
    problems: Problems

    def pick(self, entry: Entry, key: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
        """The words under `key`, each of them one of `known`."""
        found = entry.words(key)
        return tuple(word for word, line in found if self.knows(word, line, known, what))

    def knows(self, word: str, line: int, known: tuple[str, ...], what: str) -> bool:
        if word in known:
            return True
        near = get_close_matches(word, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
        if what == ROLE and word == PLATFORM:
            hint = f"it is an attribute of its own: `{PLATFORM}: yes`"
        self.problems.add(line, f"unknown {what} {word!r}; {hint}")
        return False


def rule(entry: Entry, words: Words) -> Rule:
    entry.only(_RULE_KEYS)
    when = entry.mapping("when")
    when.only(tuple(words.values))
    effect = next(iter(words.pick(entry, "effect", (ALLOW, DENY), "effect")), DENY)
    return Rule(
        id=entry.text("id"),
        effect=effect,
        actions=_actions(entry, words),
        when={
            attribute: frozenset(words.pick(when, attribute, words.values[attribute], attribute))
            for attribute in when.names()
            if attribute in words.values
        },
        why=entry.text("why"),
        next_step=entry.text("next"),
        obligations=obligations(entry, words, refused=effect == DENY),
        place=words.problems.at(entry.line),
    )


def otherwise(entry: Entry, words: Words) -> Rule:
    entry.only(_OTHERWISE_KEYS)
    return Rule(
        id=entry.text("id"),
        effect=OTHERWISE,
        actions=_actions(entry, words),
        when={},
        why=entry.text("why"),
        next_step=entry.text("next"),
        obligations=frozenset(),
        place=words.problems.at(entry.line),
    )


def example(entry: Entry, words: Words, rules: tuple[Rule, ...]) -> Example:
    entry.only(_EXAMPLE_KEYS)
    ids = (*(rule.id for rule in rules), "default")
    allowed = words.pick(entry, _ALLOWED, ids, "rule")
    refused = words.pick(entry, _REFUSED, ids, "rule")
    if entry.has(_ALLOWED) == entry.has(_REFUSED):
        words.problems.add(entry.line, "expected `allowed:` or `refused:` with the id of a rule")
    quiet = _quiet(entry)
    facts = {
        attribute: frozenset(
            words.pick(entry, attribute, known, attribute)
            if entry.has(attribute)
            else quiet[attribute]
        )
        for attribute, known in words.values.items()
    }
    return Example(
        actions=_actions(entry, words),
        facts=facts,
        allowed=bool(allowed),
        rule=next(iter((*allowed, *refused)), ""),
        obligations=obligations(entry, words, refused=entry.has(_REFUSED)),
        place=words.problems.at(entry.line),
    )


def _quiet(entry: Entry) -> dict[str, tuple[str, ...]]:
    """What an example leaves out. Examples only: a real question leaves nothing out."""
    quiet: dict[str, tuple[str, ...]] = {name: known[:1] for name, known in ATTRIBUTES.items()}
    quiet[ROLE] = ()
    for leads, follows in (
        ("case", {"source": "mention"}),
        ("way", {"summoned": "yes", "topic": "free"}),
        ("request", {"author": "other"}),
    ):
        if [word for word, _ in entry.words(leads)] not in ([], ["none"]):
            quiet |= {name: (value,) for name, value in follows.items()}
    return quiet


def _actions(entry: Entry, words: Words) -> tuple[Action, ...]:
    if [word for word, _ in entry.words("actions")] == [ALL]:
        return tuple(Action)
    picked = words.pick(entry, "actions", (*Action, ALL), "action")
    if not entry.words("actions"):
        words.problems.add(entry.line, "no actions; expected a list of them, or `all`")
    return tuple(Action(word) for word in picked if word != ALL)


def obligations(entry: Entry, words: Words, *, refused: bool) -> frozenset[Obligation]:
    """`refused`: of a denial, which carries other ones than an allowance."""
    return frozenset(
        _obligation(ObligationKind(word), value, line, words, refused=refused)
        for word, value, line in entry.valued("obligations")
        if words.knows(word, line, tuple(ObligationKind), "obligation")
    )


def _obligation(
    kind: ObligationKind, value: str, line: int, words: Words, *, refused: bool
) -> Obligation:
    if (kind in OF_REFUSALS) != refused:
        where = "a refusal" if kind in OF_REFUSALS else "what is allowed"
        words.problems.add(line, f"{kind} goes with {where} alone; expected it there")
    if kind in BY_ROLE:
        if words.knows(value, line, words.values[ROLE], ROLE):
            return Obligation(kind, role=value)
    elif kind is ObligationKind.TIME_BOX:
        if (
            len(value) <= LONGEST_NUMBER
            and value.isdecimal()
            and 0 < int(value) <= LONGEST_TIME_BOX
        ):
            return Obligation(kind, seconds=int(value))
        words.problems.add(line, f"time_box: {value or 'nothing'}; expected seconds, up to a day")
    elif value:
        words.problems.add(line, f"{kind} takes no value; expected the word alone")
    return Obligation(kind)
