"""Taking back an act of mine on a case, while nobody has built on it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.care.acts import Acts, allowed, existing
from bot.care.parting import put_back, tell_holders
from bot.care.redrawing import redraw
from bot.care.reveals import close_all_of
from bot.care.telling import tell
from bot.care.withdrawing import take_back
from bot.compliance import Action, Decision, Guard
from bot.errors import Refusal
from bot.model.audit import AuditEvent, Effect
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, DecisionId, PersonKey
from bot.model.person import Person
from bot.model.reply import ReplyId
from bot.model.visit import Answer, Visit
from storage.unit_of_work import UnitOfWork

UNDO_WITHIN = timedelta(minutes=30)
MERGED = "case.merged"
HOLDING = ("case.claimed", "case.released", "case.passed", "case.resolved")
WORDS = ("case.noted", "case.added")
ANSWERS = ("reply.queued", "reply.approval_asked")
UNDOABLE = (*HOLDING, *WORDS, *ANSWERS, "case.brought_in", MERGED)
BUILDING = (*UNDOABLE, "case.undone", "case.handed_back", "handoff.asked", "complaint.marked")
"""What people do with a case as it stands then. A desk's answer and a customer's next words come
by themselves, and stay true whoever holds the case."""
DRAFTED = "reply.drafted"
"""What is answered in a case that another one went on in is an answer to both."""
NOTHING = (
    "There is nothing of yours to undo: only what you did with a case in the last half hour, "
    "but no hand-off, since the desk has it."
)
ALREADY = "That was undone already."


@dataclass(frozen=True, slots=True)
class Undoing:
    acts: Acts
    guard: Guard

    async def undo(self, *, visit: Visit, number: DecisionId | None = None) -> Answer:
        """The act with this line of the record, or the last one."""

        def verb(unit: UnitOfWork) -> Answer:
            event, case_id = self._meant(unit, visit, number)
            decision = self.acts.decide(unit, visit.by, Action.UNDO, existing(unit, case_id))
            if event.entry.action in ANSWERS:
                return _answer_back(unit, event, case_id, decision, visit)
            built_on = event.entry.action not in WORDS and _built_on(unit, event, case_id)
            if built_on or not _take_back(unit, event, case_id, visit):
                late = f"Case {case_id} went on since then, so it cannot be undone."
                raise Refusal(f"{late} {_instead(unit, event, case_id)}", "undo-too-late")
            unit.deliveries.want(DeliveryKind.CARD, str(case_id))
            self._tell_others(unit, event, case_id, visit.by)
            _undoes(unit, event, case_id, decision, visit)
            return Answer(f"Undone: {_said(unit, event, case_id).format(case_id)}")

        return await self.acts.run(visit, Action.UNDO, verb)

    def _tell_others(
        self, unit: UnitOfWork, event: AuditEvent, case_id: CaseId, by: Person
    ) -> None:
        """Whoever was told that a case is theirs, or goes on in another one, is told that too."""
        facts = dict(event.entry.facts)
        if event.entry.action == MERGED:
            gone, head = (unit.cases.get(CaseId(int(facts[one]))) for one in ("from", "into"))
            if gone is not None and head is not None:
                tell_holders(unit, self.guard, gone, head, by)
        elif event.entry.action == "case.passed":
            passed_to = PersonKey(facts["holder_after"])
            said = f"{by.name} took case {case_id} back, which they had passed to you."
            tell(unit, passed_to, self.guard.clear(f"{said} /case {case_id} shows how it stands."))
            redraw(unit, passed_to)

    def _meant(
        self, unit: UnitOfWork, visit: Visit, number: DecisionId | None
    ) -> tuple[AuditEvent, CaseId]:
        since = unit.now - UNDO_WITHIN
        event = (
            unit.audit.last_by(visit.by.key, (*UNDOABLE, "case.undone"), since)
            if number is None
            else unit.audit.get(number)
        )
        case_id = None if event is None else event.entry.case_id
        theirs = (
            event is not None
            and event.entry.actor == visit.by.key
            and event.entry.effect is Effect.ALLOWED
            and event.entry.action in (*UNDOABLE, "case.undone")
            and event.at >= since
        )
        if event is None or case_id is None or not theirs:
            raise Refusal(NOTHING, "nothing-to-undo")
        if event.entry.action == "case.undone" or _undone(unit, event, case_id):
            raise Refusal(f"{ALREADY} {_shows(case_id)}", "undone-already")
        return event, case_id


def _undone(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> bool:
    return any(
        dict(later.entry.facts).get("undoes") == f"D-{event.id}"
        for later in unit.audit.of_case(case_id)
    )


def _instead(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> str:
    gone = int(dict(event.entry.facts)["from"]) if event.entry.action == MERGED else None
    if gone is None or not unit.merging.way(CaseId(gone)):
        return _shows(case_id)
    return f"They can be parted all the same: /case part {gone}."


def _shows(case_id: CaseId) -> str:
    return f"/case {case_id} shows how it stands."


def _take_back(unit: UnitOfWork, event: AuditEvent, case_id: CaseId, visit: Visit) -> bool:
    action, facts = event.entry.action, dict(event.entry.facts)
    if action == MERGED:
        return put_back(unit, event, visit.by)
    if action in WORDS:
        return _words_back(unit, facts, case_id, visit)
    if _brought_in(unit, event, case_id):
        held = None if action == "case.brought_in" else visit.by.key
        return unit.cases.withdraw(case_id, held_by=held)
    if action == "case.resolved":
        unit.complaints.reopen(case_id)
        return unit.cases.reopen(case_id)
    before = PersonKey(facts["holder_before"]) if facts.get("holder_before") else None
    now_held_by = {
        "case.claimed": visit.by.key,
        "case.released": None,
        "case.passed": PersonKey(facts.get("holder_after", "")),
    }[action]
    name = visit.by.name if before == visit.by.key else unit.people.name(before) if before else ""
    # Who held it until now saw it in the clear for that alone.
    close_all_of(unit, case_id)
    return unit.cases.take_back(case_id, holder=before, now_held_by=now_held_by, name=name)


def _undoes(
    unit: UnitOfWork, event: AuditEvent, case_id: CaseId, decision: Decision, visit: Visit
) -> None:
    undone = (("undoes", f"D-{event.id}"),)
    unit.commit(allowed("case.undone", decision, by=visit.by, case_id=case_id, facts=undone))


def _answer_back(
    unit: UnitOfWork, event: AuditEvent, case_id: CaseId, decision: Decision, visit: Visit
) -> Answer:
    """The answer alone: the case stays theirs, and what was sent stays sent."""
    number = ReplyId(int(dict(event.entry.facts)["reply"]))
    reply = take_back(unit, number, case_id, by=visit.by)
    _undoes(unit, event, case_id, decision, visit)
    return Answer(
        f"Undone: your answer in case {case_id} does not go out. The case is still yours.",
        lines=(f"/reply {case_id} – the form, with your words in it",),
        copy=reply.text,
    )


def _words_back(unit: UnitOfWork, facts: dict[str, str], case_id: CaseId, visit: Visit) -> bool:
    number = int(facts.get("note", "0"))
    if not unit.notes.take_back(number, case_id=case_id, by=visit.by.key):
        return False
    unit.cases.touch([case_id])
    return True


def _brought_in(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> bool:
    """Who brings a customer in claims them in the same moment: both are one act."""
    if event.entry.action not in ("case.brought_in", "case.claimed"):
        return False
    return any(
        each.entry.action == "case.brought_in"
        and each.at == event.at
        and each.entry.actor == event.entry.actor
        for each in unit.audit.of_case(case_id)
    )


def _built_on(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> bool:
    """Whether anyone, the visitor too, did something with the case after `event`.

    A claim in the very moment of bringing in is no later step but the same one.
    """
    builds = (*BUILDING, DRAFTED) if event.entry.action == MERGED else BUILDING
    return any(
        later.id > event.id
        and later.entry.effect is Effect.ALLOWED
        and later.entry.action in builds
        and not (event.entry.action == "case.brought_in" and later.at == event.at)
        for later in unit.audit.of_case(case_id)
    )


def _said(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> str:
    if _brought_in(unit, event, case_id):
        return "case {} is closed, as if it had not been brought in."
    return _SAID[event.entry.action]


_SAID = {
    "case.claimed": "case {} waits for someone again.",
    "case.released": "case {} is yours again.",
    "case.passed": "case {} is yours again.",
    "case.resolved": "case {} is open again and yours.",
    "case.noted": "your note is gone from case {}.",
    MERGED: "case {} and the one that went on in it are two cases again.",
    "case.added": "what you added is gone from case {}.",
}
