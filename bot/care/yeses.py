"""Who said yes and may still say it, each by the role in which they do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model.approval import Approval, ApprovalAnswer
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK, Person

Yeses = tuple[tuple[str, PersonKey], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack says now, asked before the transaction."""

    asker: Person = CLOCKWORK
    lost: frozenset[PersonKey] = frozenset()
    """They said yes, and may not say it any more."""
    told: bool = True
    """Who is in which group: else nobody lost a role, they are only not known to have it."""
    roles: Mapping[PersonKey, frozenset[str]] = field(default_factory=dict)
    """Of the others. Who said yes since was looked at as they said it."""


def yeses(approval: Approval, said: Iterable[ApprovalAnswer], known: Known) -> Yeses:
    """For `Brought`; "" is a yes by no role that was asked for."""
    own = frozenset((approval.role,))
    return tuple(
        (approval.role if own <= known.roles.get(each.by, own) else "", each.by)
        for each in said
        if each.by not in known.lost and each.by != approval.asked_by
    )
