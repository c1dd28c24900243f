"""Holds: answers on a topic wait until it is lifted. To stop is quick, to go on may take others."""

import hashlib
from dataclasses import dataclass

from bot.care.acts import Acts, allowed
from bot.care.asking_for import Requests, taken
from bot.care.obligations import Brought
from bot.care.wording import lasting, quoted, shortened
from bot.compliance import Action, Decision, Guard, worded
from bot.errors import Refusal
from bot.model.approval import NewApproval
from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.hold import ALL, Hold
from bot.model.ids import HoldId
from bot.model.request import RequestKind
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

BEGIN, LIFT = "begin", "lift"
MOST_WORDS = 500
RENAMED = (
    " · app.yaml has no topic of that name any more, so this holds every answer: put the new name "
    "on hold, then /usher lift {topic}"
)


@dataclass(frozen=True, slots=True)
class Holds:
    """`topics` are the names of the routes."""

    acts: Acts
    guard: Guard
    requests: Requests
    topics: tuple[str, ...]

    async def hold(self, typed: str, *, visit: Visit) -> Answer:
        """`typed` is the topic, and after it the reason, if there is one."""

        def verb(unit: UnitOfWork) -> Answer:
            owed = self._owed(unit, Action.SET_HOLD, visit)
            name, reason = self._topic(typed, how="hold {0} why")
            said = shortened(reason, MOST_WORDS)
            known = unit.holds.of(name)
            if known is not None:
                raise Refusal(_already(known), "hold-there")
            unit.people.seen(visit.by)
            kept = self.guard.guard(said).kept
            hold_id = unit.holds.ask(name, by=visit.by.key, reason=kept)
            if owed is not None:
                return self._asked(unit, hold_id, BEGIN, owed, visit)
            decision = self._decided(unit, Action.SET_HOLD, visit, said)
            unit.holds.begin(hold_id)
            unit.commit(_line("hold.set", decision, visit, name))
            return Answer(f"Answers {_about(name)} are on hold.", lines=(_LIFT.format(topic=name),))

        return await self.acts.run(visit, Action.SET_HOLD, verb)

    async def lift(self, typed: str, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            owed = self._owed(unit, Action.LIFT_HOLD, visit)
            names = (each.topic for each in unit.holds.open())
            name, _ = self._topic(typed, *names, how="lift {0}")
            known = unit.holds.of(name)
            if known is None or known.since is None:
                raise Refusal(f"Nothing is on hold {_about(name)}.", "hold-none")
            if owed is not None:
                return self._asked(unit, known.id, LIFT, owed, visit)
            decision = self._decided(unit, Action.LIFT_HOLD, visit, "")
            # The approval before the hold itself: whoever says yes takes them in this order too.
            self.requests.void(unit, RequestKind.HOLD, subject_of(LIFT, known.id))
            unit.holds.lift(known.id, visit.by.key)
            set_going(unit)
            unit.commit(_line("hold.lifted", decision, visit, name))
            return Answer(f"The hold is lifted: answers {_about(name)} may go out again.")

        return await self.acts.run(visit, Action.LIFT_HOLD, verb)

    async def show(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.READ_STATUS, None)
            unit.commit(allowed("holds.read", decision, by=visit.by))
            found = unit.holds.open()
            if not found:
                return Answer("Nothing is on hold.")
            lines = tuple(self.guard.mask(self._described(each, unit)) for each in found)
            return Answer("On hold are answers", lines=lines)

        return await self.acts.run(visit, Action.READ_STATUS, verb)

    def _topic(self, typed: str, *more: str, how: str) -> tuple[str, str]:
        """As app.yaml writes it, however it was typed; and what stands behind it. `more` are names
        that app.yaml had once."""
        said = " ".join(worded(typed).split())
        for name in sorted({*self.topics, ALL, *more}, key=len, reverse=True):
            start, rest = said[: len(name)], said[len(name) :]
            if start.casefold() == name.casefold() and not rest[:1].strip(" :,"):
                return name, rest.lstrip(" :,")
        topics = ", ".join((*self.topics, ALL))
        typed_so = f"Type it like this: /usher {how.format(self.topics[0])}"
        raise Refusal(f"Please name a topic. These are: {topics}. {typed_so}", "hold-topic")

    def _described(self, hold: Hold, unit: Records) -> str:
        by = hold.set_by_name or "a colleague"
        since = "waits for others to agree"
        if hold.since is not None:
            since = lasting(hold.since, unit.now)
        why = f": {quoted(hold.reason)}" if hold.reason else ""
        gone = RENAMED.format(topic=hold.topic) if is_renamed(hold.topic, self.topics) else ""
        return f"{_about(hold.topic)} · {since} · by {by}{why}{gone}"

    def _owed(self, unit: Records, action: Action, visit: Visit) -> tuple[str, int] | None:
        """Who else has to say yes; or `Refusal` where the person may not even ask."""
        return taken(self.acts.weigh(unit, visit.by, action, None))

    def _decided(self, unit: Records, action: Action, visit: Visit, reason: str) -> Decision:
        return self.acts.decide(unit, visit.by, action, None, brought=Brought(reason=reason))

    def _asked(
        self, unit: UnitOfWork, hold_id: HoldId, what: str, owed: tuple[str, int], visit: Visit
    ) -> Answer:
        hold = unit.holds.get(hold_id)
        role, needed = owed
        subject = subject_of(what, hold_id)
        digest = "" if hold is None else hash_of(what, hold)
        new = NewApproval(RequestKind.HOLD, subject, digest, role, needed, visit.by)
        approval_id = self.requests.ask(unit, new)
        done = "is lifted" if what == LIFT else "begins"
        waits = self.requests.words(unit, approval_id)
        return Answer(f"The hold {done} once others agree.", lines=(waits,))


def subject_of(what: str, hold_id: HoldId) -> str:
    return f"{what} {hold_id}"


def hash_of(what: str, hold: Hold) -> str:
    """Of all that an approver reads of it."""
    whole = "\x1f".join((what, str(hold.id), hold.topic, hold.set_by, hold.reason))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _line(action: str, decision: Decision, visit: Visit, topic: str) -> AuditEntry:
    return allowed(action, decision, by=visit.by, facts=(("topic", topic),))


def _about(topic: str) -> str:
    return "on every topic" if topic == ALL else f"on {topic}"


def _already(known: Hold) -> str:
    if known.since is None:
        return f"A hold {_about(known.topic)} waits for others to agree already."
    said = f"Answers {_about(known.topic)} are on hold already"
    if known.reason:
        return f"{said}. /usher holds shows why."
    return (
        f"{said}, and nobody said why. To say it: /usher lift {known.topic}, then /usher hold "
        f"{known.topic} why; answers may go out in between."
    )


def set_going(unit: UnitOfWork) -> None:
    """What waits for the end of a hold looks at once whether it may go."""
    for reply_id in unit.replies.on_the_way():
        unit.deliveries.want(DeliveryKind.REPLY, str(reply_id))


def is_renamed(topic: str, topics: tuple[str, ...]) -> bool:
    return topic != ALL and topic not in topics


async def renamed_holds(db: Database, topics: tuple[str, ...]) -> list[str]:
    """A sentence for each that stands under a name which app.yaml has no more."""
    held = await db.read(lambda unit: unit.holds.in_force())
    return [
        f"Answers on “{topic}” are on hold, and app.yaml has no route of that name any more: "
        f"until somebody types /usher lift {topic}, every answer waits."
        for topic in sorted(held)
        if is_renamed(topic, topics)
    ]


_LIFT = "/usher lift {topic} ends it; /usher holds shows what is on hold."
