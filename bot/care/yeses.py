"""Who said yes and may still say it, each by the role in which they do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.errors import Unavailable
from bot.model.approval import Approval, ApprovalAnswer
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK, Membership, Person, Workspace, user_id_of
from bot.slack.people import People

Yeses = tuple[tuple[str, PersonKey], ...]
UNTOLD = "it does not tell who is in which group"


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


@dataclass(frozen=True, slots=True)
class RollCall:
    """Asks Slack at this moment. Raises `Unavailable` where it does not tell."""

    people: People
    workspace: Workspace

    async def known(self, approval: Approval) -> Known:
        lost, roles = set(), {}
        # First, so that what is said of each person then is of the same moment.
        told = await self.people.tells_groups(self.workspace)
        for each in approval.yes:
            person = await self._who(each.by)
            if person.unsure and not told:
                # One of those roles may take away what another one gives.
                raise Unavailable("slack", UNTOLD)
            lacks = bool(approval.role) and approval.role not in person.roles
            if lacks or person.membership is not Membership.MEMBER:
                lost.add(each.by)
            roles[each.by] = person.roles
        return Known(await self._who(approval.asked_by), frozenset(lost), told, roles)

    async def _who(self, key: PersonKey) -> Person:
        if key == CLOCKWORK.key:
            return CLOCKWORK
        person = await self.people.who(self.workspace, user_id_of(key), anew=True)
        if person.membership is Membership.UNKNOWN:
            raise Unavailable("slack", "it does not tell who somebody is")
        return person


def yeses(approval: Approval, said: Iterable[ApprovalAnswer], known: Known) -> Yeses:
    """For `Brought`; "" is a yes by no role that was asked for."""
    own = frozenset((approval.role,))
    return tuple(
        (approval.role if own <= known.roles.get(each.by, own) else "", each.by)
        for each in said
        if each.by not in known.lost and each.by != approval.asked_by
    )
