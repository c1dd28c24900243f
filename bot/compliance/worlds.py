"""All that can be the case, as far as some rules look: small enough to try every one of them."""

from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations, product

from bot.compliance.questions import ATTRIBUTES, ROLE, Facts
from bot.compliance.rules import Rule
from bot.model.person import PLATFORM

State = tuple[str, ...]
_NONE = "none"


def _some(name: str) -> tuple[str, ...]:
    return tuple(value for value in ATTRIBUTES[name] if value != _NONE)


def _alone(name: str) -> tuple[State, ...]:
    return tuple((value,) for value in ATTRIBUTES[name])


GROUPS: dict[tuple[str, ...], tuple[State, ...]] = {
    **{(name,): _alone(name) for name in ("membership", PLATFORM, "enrolled", "trust")},
    ("case", "holder", "source"): (
        (_NONE, "nobody", _NONE),
        *product(_some("case"), ATTRIBUTES["holder"], _some("source")),
    ),
    ("way", "summoned", "topic"): (
        (_NONE, _NONE, _NONE),
        *product(_some("way"), _some("summoned"), _some("topic")),
    ),
    ("request", "author"): ((_NONE, _NONE), *product(_some("request"), _some("author"))),
}
"""Attributes that depend on one another, and every state they can be in together."""


def worlds(rules: tuple[Rule, ...], *, also: frozenset[str] = frozenset()) -> Iterator[Facts]:
    """Over the attributes these rules look at, and `also` these; the others stay as they are in
    most questions."""
    seen = also.union(name for rule in rules for name in rule.when)
    named = sorted({role for rule in rules for role in rule.when.get(ROLE, ())})
    subsets = chain.from_iterable(combinations(named, size) for size in range(len(named) + 1))
    roles = [{ROLE: frozenset(subset)} for subset in subsets]
    for parts in product(roles, *(_states(names, seen) for names in GROUPS)):
        yield {name: values for part in parts for name, values in part.items()}


def possible(facts: Facts) -> bool:
    """Whether a question can ever have these facts."""
    return all(
        any(
            all(facts[name] == {value} for name, value in zip(names, state, strict=True))
            for state in states
        )
        for names, states in GROUPS.items()
    )


@cache
def _states(names: tuple[str, ...], seen: frozenset[str]) -> tuple[Facts, ...]:
    """One state for each difference that is seen."""
    different: dict[State, State] = {}
    for state in GROUPS[names]:
        shown = tuple(value for name, value in zip(names, state, strict=True) if name in seen)
        different.setdefault(shown, state)
    return tuple(
        {name: frozenset((value,)) for name, value in zip(names, state, strict=True)}
        for state in different.values()
    )
