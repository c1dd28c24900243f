"""Reads a decision profile, and says by file and line what is wrong with it.

A typo in a table of permissions must never be a rule that quietly does nothing, so the set of
words is closed: actions, attributes, values, roles and obligations are known, or the profile is
refused.
"""

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.compliance.policy_yaml import Entry, Problems, read
from bot.compliance.questions import ATTRIBUTES, ROLE, Action
from bot.compliance.rules import ALLOW, DENY, OTHERWISE, Example, Obligation, Rule, Table
from bot.errors import Misconfigured

PROFILES = Path(__file__).parent / "profiles"
ALL = "all"
_RULE_KEYS = ("id", "effect", "actions", "when", "why", "next", "obligations")
_OTHERWISE_KEYS = ("id", "actions", "why", "next")
_ALLOWED, _REFUSED = "allowed", "refused"
_EXAMPLE_KEYS = ("actions", *ATTRIBUTES, _ALLOWED, _REFUSED, "obligations")
_DEFAULTS = {
    "membership": ("member",),
    ROLE: (),
    "enrolled": ("yes",),
    "case": ("none",),
    "holder": ("nobody",),
}
"""What an example leaves out. Examples only: a real question leaves nothing out."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The closed vocabulary of one profile."""

    values: dict[str, tuple[str, ...]]
    problems: Problems

    def pick(self, entry: Entry, key: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
        """The words under `key`, each of them one of `known`."""
        picked = []
        for word, line in entry.words(key):
            if word in known:
                picked.append(word)
                continue
            near = get_close_matches(word, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
            self.problems.add(line, f"unknown {what} {word!r}; {hint}")
        return tuple(picked)


def profile_names() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


def load_table(profile: str) -> Table:
    """The table of `profiles/<profile>.yaml`."""
    known = profile_names()
    if profile not in known:
        raise Misconfigured(
            (f"policy.profile: no profile {profile!r}; expected one of {', '.join(known)}",)
        )
    path = PROFILES / f"{profile}.yaml"
    where = f"profiles/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Misconfigured((f"{where}:1: cannot be read: {reason}",)) from error
    return parse_table(text, where=where)


def parse_table(text: str, *, where: str) -> Table:
    """Raises `Misconfigured` with all problems, each as `file:line: what; what was expected`."""
    problems = Problems(where)
    page = read(text, problems)
    page.only(("roles", "rules", "otherwise", "cases"))
    roles = tuple(word for word, _ in page.words("roles"))
    words = _Words({**ATTRIBUTES, ROLE: roles}, problems)
    rules = (
        *(_rule(entry, words) for entry in page.entries("rules")),
        *(_otherwise(entry, words) for entry in page.entries("otherwise")),
    )
    _unique(rules, problems)
    examples = tuple(_example(entry, words, rules) for entry in page.entries("cases"))
    if not rules:
        problems.add(1, "no rules; expected a list of them under `rules:`")
    problems.raise_any()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Table(where=where, hash=digest, roles=roles, rules=rules, examples=examples)


def _rule(entry: Entry, words: _Words) -> Rule:
    entry.only(_RULE_KEYS)
    when = entry.mapping("when")
    when.only(tuple(words.values))
    return Rule(
        id=entry.text("id"),
        effect=next(iter(words.pick(entry, "effect", (ALLOW, DENY), "effect")), DENY),
        actions=_actions(entry, words),
        when={
            attribute: frozenset(words.pick(when, attribute, words.values[attribute], attribute))
            for attribute in when.names()
            if attribute in words.values
        },
        why=entry.text("why"),
        next_step=entry.text("next"),
        obligations=_obligations(entry, words),
        line=entry.line,
    )


def _otherwise(entry: Entry, words: _Words) -> Rule:
    entry.only(_OTHERWISE_KEYS)
    return Rule(
        id=entry.text("id"),
        effect=OTHERWISE,
        actions=_actions(entry, words),
        when={},
        why=entry.text("why"),
        next_step=entry.text("next"),
        obligations=frozenset(),
        line=entry.line,
    )


def _example(entry: Entry, words: _Words, rules: tuple[Rule, ...]) -> Example:
    entry.only(_EXAMPLE_KEYS)
    ids = (*(rule.id for rule in rules), "default")
    allowed = words.pick(entry, _ALLOWED, ids, "rule")
    refused = words.pick(entry, _REFUSED, ids, "rule")
    if entry.has(_ALLOWED) == entry.has(_REFUSED):
        words.problems.add(entry.line, "expected `allowed:` or `refused:` with the id of a rule")
    with_case = [word for word, _ in entry.words("case")] not in ([], ["none"])
    quiet = {**_DEFAULTS, "source": ("mention",) if with_case else ("none",)}
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
        obligations=_obligations(entry, words),
        line=entry.line,
    )


def _actions(entry: Entry, words: _Words) -> tuple[Action, ...]:
    if [word for word, _ in entry.words("actions")] == [ALL]:
        return tuple(Action)
    picked = words.pick(entry, "actions", (*Action, ALL), "action")
    if not entry.words("actions"):
        words.problems.add(entry.line, "no actions; expected a list of them, or `all`")
    return tuple(Action(word) for word in picked if word != ALL)


def _obligations(entry: Entry, words: _Words) -> frozenset[Obligation]:
    if not entry.has("obligations"):
        return frozenset()
    picked = words.pick(entry, "obligations", tuple(Obligation), "obligation")
    return frozenset(map(Obligation, picked))


def _unique(rules: tuple[Rule, ...], problems: Problems) -> None:
    first: dict[str, int] = {"default": 0, "incomplete": 0}
    for rule in rules:
        if rule.id in first:
            where = f"line {first[rule.id]}" if first[rule.id] else "Usher itself"
            problems.add(rule.line, f"rule id {rule.id!r} is taken by {where}; expected another")
        first.setdefault(rule.id, rule.line)
        for attribute, values in rule.when.items():
            if not values:
                problems.add(
                    rule.line, f"rule {rule.id!r} can never fire: no value for {attribute}"
                )
