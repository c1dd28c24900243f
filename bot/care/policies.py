"""Which policy is in force: compared at the start, announced, and accepted where that takes two.

Where the policy in force says that a change takes two persons, a new text waits: the one before,
which is kept with its base, goes on deciding until somebody of a role that may has said yes.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog

from bot.care.acts import Acts, allowed
from bot.care.asking_for import Requests
from bot.care.coordinators import coordinators, tell_coordinators
from bot.care.policy_in_force import RESTORE, named
from bot.care.until import said
from bot.care.wording import ago, in_eights
from bot.compliance import Action, Guard, Policy, PolicyText
from bot.errors import Misconfigured
from bot.model.approval import NewApproval
from bot.model.audit import AuditEntry
from bot.model.clock import zone_named
from bot.model.person import CLOCKWORK
from bot.model.policy import KeptPolicy, PolicyState
from bot.model.request import RequestKind
from bot.model.visit import Answer, Visit
from storage.unit_of_work import Records, UnitOfWork

log = structlog.get_logger(__name__)

LOOK_SECONDS = 60.0
_NONE_EVER = (
    "The table policies has rows, and none of them was ever in force: somebody changed it, or it "
    f"was not restored whole. {RESTORE}"
)


@dataclass(frozen=True, slots=True)
class Policies:
    """`profile` is what app.yaml calls the policy, `written` its text as it stands now.

    `zone` is the organisation's, where Slack tells no zone of who reads.
    """

    acts: Acts
    guard: Guard
    requests: Requests
    profile: str
    written: PolicyText
    zone: ZoneInfo

    async def begin(self) -> None:
        """At the start, before any door opens. Raises `Misconfigured` as `look` does."""
        await self.acts.db.write(self._compared)
        await self.take_up()

    async def look(self) -> None:
        """Take up what another replica accepted, ask for what waits, and tell what is new."""
        await self.take_up()
        if await self.acts.db.read(_unasked):
            await self.acts.db.write(self._ask)
        if await self.acts.db.read(_news):
            await self.acts.db.write(self._announce)

    async def read(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.READ_POLICY, None)
            unit.commit(allowed("policy.read", decision, by=visit.by))
            return self._page(unit, unit.policies.in_force(), self._zone(visit))

        return await self.acts.run(visit, Action.READ_POLICY, verb)

    def _zone(self, visit: Visit) -> ZoneInfo:
        return zone_named(visit.by.zone, otherwise=self.zone)

    def _page(self, unit: Records, now: KeptPolicy | None, zone: ZoneInfo) -> Answer:
        if now is None or now.accepted_at is None:
            return Answer("No policy is on record yet.")
        by = "by a start of Usher"
        if now.accepted_by != CLOCKWORK.key:
            by = f"with the yes of {unit.people.name(now.accepted_by) or 'a colleague'}"
        settings = self.acts.policy.settings
        two = "two persons" if settings.change_takes > 1 else "one person"
        lines = [
            f"In force since {said(now.accepted_at, zone=zone)}, {by}.",
            f"Hash: {in_eights(now.hash)}",
            f"A new policy takes {two}. The guidebook is good for {settings.attest_days} days.",
        ]
        if (waiting := unit.policies.waiting()) is not None:
            name, so_far = named(waiting), ago(waiting.seen_at, unit.now)
            lines.append(f"{name} waits for a second person: {so_far} so far.")
        return Answer(f"The policy is {named(now)}.", lines=tuple(lines))

    def _ask(self, unit: UnitOfWork) -> None:
        """For the yes of a second person. Whoever wrote the file did it outside of Slack: nobody
        here is its author."""
        waiting = unit.policies.waiting()
        if waiting is not None:
            digest = waiting.hash
            self.requests.ask(
                unit, NewApproval(RequestKind.POLICY, digest, digest, "", 1, CLOCKWORK)
            )

    def _compared(self, unit: UnitOfWork) -> None:
        if unit.policies.in_force() is None and unit.policies.any():
            _put_back(unit)
        now, waiting = unit.policies.in_force(), unit.policies.waiting()
        if now is not None and now.hash == self.written.hash:
            if unit.policies.withdraw():
                unit.commit(_line("policy.withdrawn", waiting))
        # As the one in force says: a new one cannot excuse itself.
        elif now is not None and now.takes > 1:
            if waiting is None or waiting.hash != self.written.hash:
                unit.policies.wait(self._kept(unit, PolicyState.WAITING))
                unit.commit(_line("policy.waiting", unit.policies.waiting()))
        else:
            first = not unit.policies.any()
            unit.policies.put_in_force(self._kept(unit, PolicyState.IN_FORCE, first=first))
            unit.commit(_line("policy.in_force", unit.policies.in_force()))

    def _kept(self, unit: Records, state: PolicyState, *, first: bool = False) -> KeptPolicy:
        in_force = state is PolicyState.IN_FORCE
        return KeptPolicy(
            hash=self.written.hash,
            profile=self.profile,
            text=self.written.text,
            base=self.written.base,
            takes=Policy.of(self.written).settings.change_takes,
            state=state,
            seen_at=unit.now,
            accepted_at=unit.now if in_force else None,
            accepted_by=CLOCKWORK.key,
            # Nothing changed for anybody at the very first start.
            announced=first,
        )

    async def take_up(self) -> None:
        """For what asks for none, and before anybody does."""
        await self.acts.db.read(self.acts.in_force.now)

    def _announce(self, unit: UnitOfWork) -> None:
        """By the first of the replicas that come to it."""
        for kept in _news(unit):
            if unit.policies.announced(kept.state, kept.hash):
                tell_coordinators(unit, self.guard.clear(_told(kept)))
                unit.commit(_line("policy.announced", kept))


def _unasked(unit: Records) -> bool:
    waiting = unit.policies.waiting()
    if waiting is None:
        return False
    return unit.approvals.open_about(RequestKind.POLICY, waiting.hash) is None


def _news(unit: Records) -> list[KeptPolicy]:
    """What nobody was told of yet, once there is somebody to tell."""
    kept = (unit.policies.in_force(), unit.policies.waiting())
    untold = [each for each in kept if each is not None and not each.announced]
    return untold if untold and coordinators(unit) else []


def _put_back(unit: UnitOfWork) -> None:
    """Without one in force the file's would come in without the second person it may take."""
    if not unit.policies.put_back():
        raise Misconfigured((_NONE_EVER,))
    kept = unit.policies.in_force()
    unit.commit(_line("policy.put_back", kept))
    log.warning("policy.put_back", what="None was in force: the last one that was decides again.")


def _line(action: str, kept: KeptPolicy | None) -> AuditEntry:
    facts = () if kept is None else (("hash", kept.hash), ("profile", kept.profile))
    return AuditEntry(action, CLOCKWORK.key, facts=facts)


def _told(kept: KeptPolicy) -> str:
    name = named(kept)
    if kept.state is PolicyState.WAITING:
        return (
            f"A new policy waits for a second person: {name}. Until somebody who may has said "
            "yes, the one before stays in force. /usher policy shows both."
        )
    return f"A new policy is in force: {name}. /usher policy shows it."
