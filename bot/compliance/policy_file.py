"""Reads a decision profile, and says by file and line what is wrong with it.

A profile builds on `common`, which says what holds everywhere: its rules stand before the
profile's own, and one hash covers both. One that does not has to say so: nobody loses the first
denials by a line they forgot.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.compliance.obligations import Settings
from bot.compliance.policy_words import LONGEST_NUMBER, Words, example, otherwise, rule
from bot.compliance.policy_yaml import Entry, Problems, read
from bot.compliance.questions import ATTRIBUTES, ROLE
from bot.compliance.rules import Example, Rule, Table
from bot.errors import Misconfigured

PROFILES = Path(__file__).parent / "profiles"
BASE = "common"
NO_BASE = "none"
_BASE_KEYS = ("roles", "pinned", "rules", "otherwise", "cases")
_KEYS = ("base", "settings", *_BASE_KEYS)
_SETTINGS = ("quiz", "trust", "attest_days", "change", "ask_complaint")


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A profile as written, and the base as it was then: enough to read it again years later."""

    where: str
    text: str
    base: str = ""

    @property
    def hash(self) -> str:
        return hashlib.sha256(f"{self.base}{self.text}".encode()).hexdigest()


@dataclass(slots=True)
class _Part:
    """What one file says, or base and file together."""

    roles: tuple[str, ...] = ()
    pinned: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()


def profile_names() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.yaml") if path.stem != BASE)


def profile_text(profile: str) -> PolicyText:
    """One of those that come along."""
    known = profile_names()
    if profile not in known:
        raise Misconfigured(
            (f"policy.profile: no profile {profile!r}; expected one of {', '.join(known)}",)
        )
    return policy_text(PROFILES / f"{profile}.yaml", where=f"profiles/{profile}.yaml")


def policy_text(path: Path, *, where: str) -> PolicyText:
    """Any file, such as the organisation's own."""
    text = _read(path, where)
    base = _read(PROFILES / f"{BASE}.yaml", f"profiles/{BASE}.yaml") if _builds_on(text) else ""
    return PolicyText(where, text, base)


def _read(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Misconfigured((f"{where}:1: cannot be read: {reason}",)) from error


@lru_cache(maxsize=16)
def _builds_on(text: str) -> bool:
    """Whether a base is named; whether it is the right one, the parsing tells."""
    try:
        page = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return False
    named = page.value if isinstance(page, yaml.MappingNode) else []
    return any(key.value == "base" and base.value != NO_BASE for key, base in named)


def parse_table(source: PolicyText) -> Table:
    """Raises `Misconfigured` with all problems, each as `file:line: what; what was expected`."""
    base, problems = _Part(), Problems(source.where)
    if source.base:
        beneath = Problems(f"profiles/{BASE}.yaml")
        page = read(source.base, beneath)
        page.only(_BASE_KEYS)
        base = _part(page, base, beneath)
        beneath.raise_any()
    page = read(source.text, problems)
    page.only(_KEYS)
    _based(page, source, problems)
    settings = _settings(page, problems)
    whole = _part(page, base, problems)
    if not whole.rules:
        problems.add(1, "no rules; expected a list of them under `rules:`")
    problems.raise_any()
    return Table(
        hash=source.hash,
        roles=whole.roles,
        pinned=whole.pinned,
        settings=settings,
        rules=whole.rules,
        examples=whole.examples,
        settings_place=f"{source.where}:{page.line_of('settings')}",
    )


def _based(page: Entry, source: PolicyText, problems: Problems) -> None:
    """Alone, where nothing is said of it: what the base says would be missed line by line."""
    if not page.has("base"):
        problems.add(
            1,
            f"no `base:`; expected `base: {BASE}`, which says who may act at all, or "
            f"`base: {NO_BASE}` where this file says all of it by itself",
        )
        problems.raise_any()
    named = Words({}, problems).pick(page, "base", (BASE, NO_BASE), "base")
    if named == (BASE,) and not source.base:
        problems.add(page.line_of("base"), f"base: {BASE}, and its text is not there; expected it")
        problems.raise_any()


def _part(page: Entry, base: _Part, problems: Problems) -> _Part:
    """What `page` says, after what its base said."""
    roles = (*base.roles, *(word for word, _ in page.words("roles")))
    words = Words({**ATTRIBUTES, ROLE: roles}, problems)
    rules = (
        *base.rules,
        *(rule(entry, words) for entry in page.entries("rules")),
        *(otherwise(entry, words) for entry in page.entries("otherwise")),
    )
    _unique(rules[len(base.rules) :], base.rules, problems)
    examples = tuple(example(entry, words, rules) for entry in page.entries("cases"))
    pinned = words.pick(page, "pinned", roles, ROLE)
    return _Part(roles, base.pinned | frozenset(pinned), rules, (*base.examples, *examples))


def _settings(page: Entry, problems: Problems) -> Settings:
    if not page.has("settings"):
        return Settings()
    entry, words = page.mapping("settings"), Words({}, problems)
    entry.only(_SETTINGS)

    after: int | None = None
    if entry.has("trust"):
        trust = entry.mapping("trust")
        trust.only(("after",))
        after = _number(trust, "after", problems, most=1000)
    return Settings(
        quiz="yes" in words.pick(entry, "quiz", ("no", "yes"), "quiz"),
        trust_after=after,
        attest_days=_number(entry, "attest_days", problems, most=365),
        change_takes=2 if "two" in words.pick(entry, "change", ("one", "two"), "change") else 1,
        ask_complaint="yes" in words.pick(entry, "ask_complaint", ("no", "yes"), "ask_complaint"),
    )


def _number(entry: Entry, key: str, problems: Problems, *, most: int) -> int:
    """From 1 to `most`, which is also what holds where nothing is said."""
    if not entry.has(key):
        return most
    text = entry.text(key)
    if len(text) <= LONGEST_NUMBER and text.isdecimal() and 1 <= int(text) <= most:
        return int(text)
    problems.add(entry.line_of(key), f"{key}: {text}; expected a number from 1 to {most}")
    return most


def _unique(rules: tuple[Rule, ...], others: tuple[Rule, ...], problems: Problems) -> None:
    first = dict.fromkeys(("default", "incomplete", "groups-untold"), "Usher itself")
    first |= {each.id: each.place for each in others}
    for each in rules:
        line = int(each.place.rpartition(":")[2])
        if each.id in first:
            taken = f"rule id {each.id!r} is taken by {first[each.id]}; expected another"
            problems.add(line, taken)
        first.setdefault(each.id, f"line {line}")
        for attribute, values in each.when.items():
            if not values:
                problems.add(line, f"rule {each.id!r} can never fire: no value for {attribute}")
