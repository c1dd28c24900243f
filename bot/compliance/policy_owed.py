"""Which obligations somebody meets: what a verb never brings along would be a no for ever.

A verb that learns to bring one is added here; until then a policy that asks for it is refused by
file and line, at the start and not in front of a colleague.
"""

from collections.abc import Collection, Iterator, Mapping

from bot.compliance.obligations import BY_ROLE, ObligationKind
from bot.compliance.questions import Action
from bot.compliance.rules import ALLOW, Table

_WORDS = frozenset((Action.DRAFT_REPLY, Action.SEND_REPLY))
BROUGHT: Mapping[ObligationKind, frozenset[Action]] = {
    ObligationKind.DISCLOSURE: _WORDS,
    ObligationKind.ARCHIVE_FIRST: _WORDS,
    ObligationKind.REASON: frozenset((Action.REVEAL, Action.SET_HOLD, Action.EXPORT)),
    ObligationKind.TIME_BOX: frozenset((Action.REVEAL,)),
}
"""Masking and putting a look on record are met everywhere, by `Acts` itself."""


def unmet(table: Table, asked_about: Collection[Action]) -> Iterator[str]:
    """`asked_about` are the acts for which Usher can ask for the yes of others."""
    places = {**BROUGHT, **dict.fromkeys(BY_ROLE, frozenset(asked_about))}
    for rule in table.rules:
        for owed in sorted(rule.obligations) if rule.effect == ALLOW else ():
            met = places.get(owed.kind, frozenset(rule.actions))
            for action in rule.actions:
                if action not in met:
                    yield (
                        f"{rule.place}: rule {rule.id!r} asks {owed.kind} of {action}, where "
                        f"nobody can meet it; expected it only with {', '.join(sorted(met))}"
                    )
