"""The policy that decides now: whoever decides asks for it, since another replica may have put a
new one in force a moment ago. What is done by the thousand, and shows no more than a card or is
undone by a word, waits for no statement more: what this replica knew two seconds ago decides it."""

from dataclasses import dataclass, field
from threading import Lock

import structlog

from bot.care.wording import in_eights
from bot.compliance import Action, Policy, PolicyText
from bot.errors import Misconfigured
from bot.model.policy import KeptPolicy
from storage.unit_of_work import Records

log = structlog.get_logger(__name__)

RESTORE = "Restore the database from a backup, and start again."
LIGHT = frozenset(
    (
        Action.READ_CASE,
        Action.LIST_CASES,
        Action.FIND,
        Action.READ_HOME,
        Action.READ_STATUS,
        Action.CLAIM,
        Action.RELEASE,
    )
)
_SHORT = 12


@dataclass(slots=True)
class PolicyInForce:
    """`policy` is the newest one that anybody here asked for."""

    policy: Policy
    _number: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def take_up(self, action: Action, unit: Records) -> Policy:
        """The one that decides it, and no other; `policy` may be another already. Raises as `now`.

        In one transaction it is one and the same, but for what is light."""
        return self.policy if action in LIGHT else self.now(unit)

    def now(self, unit: Records) -> Policy:
        """The one in force in the moment of `unit`, which may be an older one than `policy`.

        Raises `Misconfigured` where it cannot be read: no other one decides in its place."""
        number, digest = unit.policies.which_in_force()
        policy = self.policy
        if not digest:
            return policy
        if digest != policy.hash:
            kept = unit.policies.numbered_as(number)
            if kept is None:
                return policy
            policy = _read(kept)
        self._learn(number, policy)
        return policy

    def _learn(self, number: int, policy: Policy) -> None:
        """Whoever reads in an older moment, beside the writer, brings no older one back."""
        with self._lock:
            if number < self._number:
                return
            new = policy.hash != self.policy.hash
            self._number, self.policy = number, policy
        if new:
            log.info("policy.taken_up")


def short(digest: str) -> str:
    """What people read to one another."""
    return in_eights(digest[:_SHORT])


def named(kept: KeptPolicy) -> str:
    return f"{kept.profile} ({short(kept.hash)})"


def _read(kept: KeptPolicy) -> Policy:
    if PolicyText("", kept.text, kept.base).hash != kept.hash:
        said = f"The policy in force, {named(kept)}, has not the text any more that its hash is of"
        raise Misconfigured((f"{said}: somebody changed the table policies. {RESTORE}",))
    where = f"policy {short(kept.hash)}, in force since {kept.accepted_at:%d %B %Y}"
    try:
        return Policy.of(PolicyText(where, kept.text, kept.base))
    except Misconfigured as wrong:
        more = "This version of Usher cannot read the policy in force; start the version before."
        raise Misconfigured((more, *wrong.problems)) from wrong
