"""Taking back my last act on a case, while nobody has built on it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.care.acts import Acts, allowed, existing
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.audit import AuditEvent, Effect
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, PersonKey
from bot.model.visit import Answer, Visit
from storage.unit_of_work import UnitOfWork

UNDO_WITHIN = timedelta(minutes=30)
UNDOABLE = ("case.claimed", "case.released", "case.passed", "case.resolved")
BUILDING = (*UNDOABLE, "case.undone", "case.noted", "handoff.asked")
"""What people do with a case as it stands then. A desk's answer and a customer's next words come
by themselves, and stay true whoever holds the case."""
NOTHING = (
    "There is nothing of yours to undo: "
    "only claim, release, pass and resolve of the last half hour."
)


@dataclass(frozen=True, slots=True)
class Undoing:
    acts: Acts

    async def undo(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            event = unit.audit.last_by(
                visit.by.key, (*UNDOABLE, "case.undone"), unit.now - UNDO_WITHIN
            )
            if event is None or event.entry.case_id is None or event.entry.action not in UNDOABLE:
                raise Refusal(NOTHING, "nothing-to-undo")
            case_id = event.entry.case_id
            decision = self.acts.decide(unit, visit.by, Action.UNDO, existing(unit, case_id))
            if built_on(unit, event, case_id) or not self._take_back(unit, event, case_id, visit):
                raise Refusal(
                    f"Case {case_id} went on since then, so it cannot be undone. "
                    f"/case {case_id} shows how it stands.",
                    "undo-too-late",
                )
            unit.deliveries.want(DeliveryKind.CARD, str(case_id))
            undone = (("undoes", f"D-{event.id}"),)
            unit.commit(
                allowed("case.undone", decision, by=visit.by, case_id=case_id, facts=undone)
            )
            return Answer(f"Undone: {_SAID[event.entry.action].format(case_id)}")

        return await self.acts.run(visit, Action.UNDO, verb)

    def _take_back(
        self, unit: UnitOfWork, event: AuditEvent, case_id: CaseId, visit: Visit
    ) -> bool:
        facts = dict(event.entry.facts)
        before = PersonKey(facts["holder_before"]) if facts.get("holder_before") else None
        if event.entry.action == "case.resolved":
            return unit.cases.reopen(case_id)
        now_held_by = {
            "case.claimed": visit.by.key,
            "case.released": None,
            "case.passed": PersonKey(facts.get("holder_after", "")),
        }[event.entry.action]
        name = (
            visit.by.name if before == visit.by.key else unit.people.name(before) if before else ""
        )
        return unit.cases.take_back(case_id, holder=before, now_held_by=now_held_by, name=name)


def built_on(unit: UnitOfWork, event: AuditEvent, case_id: CaseId) -> bool:
    """Whether anyone, the visitor too, did something with the case after `event`."""
    return any(
        later.id > event.id
        and later.entry.effect is Effect.ALLOWED
        and later.entry.action in BUILDING
        for later in unit.audit.of_case(case_id)
    )


_SAID = {
    "case.claimed": "case {} waits for someone again.",
    "case.released": "case {} is yours again.",
    "case.passed": "case {} is yours again.",
    "case.resolved": "case {} is open again and yours.",
}
