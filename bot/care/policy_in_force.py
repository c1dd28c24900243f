"""The policy that decides now: whoever decides asks for it, since another replica may have put a
new one in force a moment ago. What is done by the thousand, and shows no more than a card or is
undone by a word, waits for no statement more: what this replica knew two seconds ago decides it."""

from dataclasses import dataclass

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
    """`policy` is the last one that anybody here asked for."""

    policy: Policy

    def take_up(self, action: Action, unit: Records) -> None:
        """Before it is decided. Raises as `now` does."""
        if action not in LIGHT:
            self.now(unit)

    def now(self, unit: Records) -> Policy:
        """Raises `Misconfigured` where it cannot be read: no other one decides in its place."""
        digest = unit.policies.hash_in_force()
        if digest not in ("", self.policy.hash):
            kept = unit.policies.in_force()
            if kept is not None:
                self.policy = _read(kept)
                log.info("policy.taken_up")
        return self.policy


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
