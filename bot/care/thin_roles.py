"""Roles that few hold while the house rules ask for their yes: one asks, and nobody can answer."""

from collections.abc import Collection, Iterator, Mapping

from bot.care.asking_for import PERSONS
from bot.compliance import Policy
from bot.model.person import PLATFORM


def thin_roles(policy: Policy, held: Mapping[str, Collection[str]]) -> Iterator[str]:
    """`held` is who has each role; of what it leaves out nothing is known.

    Whoever looks after the platform as well says yes to nothing, whatever other roles they have.
    """
    apart = frozenset(held.get(PLATFORM, ()))
    for role, needed in sorted(_needed(policy).items()):
        if role in held and (have := len(frozenset(held[role]) - apart)) <= needed:
            yield _sentence(role, have, needed, apart=not apart.isdisjoint(held[role]))


def _needed(policy: Policy) -> Mapping[str, int]:
    needed = dict[str, int]()
    for kind, persons in PERSONS.items():
        for owed in policy.owed(kind):
            needed[owed.role] = max(needed.get(owed.role, 0), persons)
    return needed


def _sentence(role: str, have: int, needed: int, *, apart: bool) -> str:
    there = {0: "Nobody has", 1: "Only 1 person has"}.get(have, f"Only {have} persons have")
    beside = f", not counting who has {PLATFORM} too and so approves nothing" if apart else ""
    if have < needed:
        persons = "one" if needed == 1 else "two"
        left = f"the house rules ask for the yes of {persons}, so what takes it waits in vain"
    else:
        left = "what they ask for themselves, or while they are away, nobody else can say yes to"
    return f"{there} the role {role}{beside}: {left}. Name more under roles in app.yaml."
