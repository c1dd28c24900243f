"""Two cases that were taken for one matter and are not: the one that ended is a case again.

Undo puts all back as it was, while nobody has built on it. Later nothing can be as it was: what
came along goes back, and what was written since stays with the case it was written on.
"""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing
from bot.care.merging import a_yes, an_answer
from bot.care.no_case import unknown
from bot.care.redrawing import redraw
from bot.care.reveals import close_all_of
from bot.care.telling import tell
from bot.compliance import Action, Guard
from bot.errors import Refusal
from bot.model.audit import AuditEntry, AuditEvent
from bot.model.case import Case
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId
from bot.model.person import Person
from bot.model.visit import Answer, Visit
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class Parting:
    acts: Acts
    guard: Guard

    async def part(self, case_id: CaseId, *, out_of: CaseId | None, visit: Visit) -> Answer:
        """The case, and the one it goes on in where they name it, in either order."""

        def verb(unit: UnitOfWork) -> Answer:
            gone, head = _held(unit, *_meant(unit, case_id, out_of))
            decision = self.acts.decide(unit, visit.by, Action.PART, head)
            if sentence := an_answer(unit, head) or a_yes(unit, head):
                raise Refusal(sentence, "part-waits")
            ((number, _), *_) = way = unit.merging.way(gone.id)
            _parted(unit, number, out_of=head.id, holder_too=False)
            _stays_blank(unit, gone.id, way)
            facts = (("merge", str(number)), ("into", str(head.id)))
            lines = (
                allowed("case.parted", decision, by=visit.by, case_id=one, facts=facts)
                for one in (gone.id, head.id)
            )
            unit.commit(*lines)
            tell_holders(unit, self.guard, gone, head, visit.by)
            return Answer(
                f"Case {gone.id} and case {head.id} are two cases again.",
                lines=(
                    f"What was written since the merge stays in case {head.id}",
                    f"/case {gone.id} – how it stands",
                    f"/case merge {gone.id} into {head.id} – if it was one matter after all",
                ),
            )

        return await self.acts.run(visit, Action.PART, verb, case_id=case_id)


def tell_holders(unit: UnitOfWork, guard: Guard, gone: Case, head: Case, by: Person) -> None:
    """As they were told of the merge."""
    said = f"{by.name} parted case {gone.id} from case {head.id}: two matters after all."
    told = guard.clear(f"{said} /case {gone.id} and /case {head.id} show them.")
    for key in sorted({one.holder for one in (gone, head) if one.holder} - {by.key}):
        tell(unit, key, told)
        redraw(unit, key)


def put_back(unit: UnitOfWork, event: AuditEvent, by: Person) -> bool:
    """Undo: each as it was before, and what was posted since where its thread is."""
    facts = dict(event.entry.facts)
    gone, into = (CaseId(int(facts[name])) for name in ("from", "into"))
    for one in sorted((gone, into)):
        unit.cases.hold(one)
    way = unit.merging.way(gone)
    if unit.merging.part(int(facts["merge"]), out_of=into, holder_too=True) is None:
        return False
    _stays_blank(unit, gone, way)
    _two_again(unit, gone, into)
    told = (("merge", facts["merge"]), ("into", facts["into"]))
    unit.commit(AuditEntry("case.parted", by.key, gone, facts=told))
    return True


def _meant(unit: Records, case_id: CaseId, out_of: CaseId | None) -> tuple[CaseId, CaseId]:
    """The one that ended, and where it goes on."""
    case = _case(unit, case_id)
    if case.merged_into is not None and out_of in (None, case.merged_into):
        return case_id, case.merged_into
    if out_of is not None and _case(unit, out_of).merged_into == case_id:
        return out_of, case_id
    raise Refusal(_says_where(unit, case), "part-not-merged")


def _says_where(unit: Records, case: Case) -> str:
    if case.merged_into is not None:
        into = case.merged_into
        return f"Case {case.id} goes on in case {into}: /case part {case.id} from {into}."
    joined = unit.merging.joined(case.id)
    if not joined:
        return f"Case {case.id} goes on in no other case: there is nothing to part."
    ways = ", ".join(f"/case part {each.id}" for each in joined)
    return f"Say which of the cases that go on in case {case.id} is a matter of its own: {ways}."


def _held(unit: UnitOfWork, gone: CaseId, head: CaseId) -> tuple[Case, Case]:
    for one in sorted((gone, head)):
        unit.cases.hold(one)
    case = _case(unit, gone)
    if case.merged_into != head:
        raise _just_changed(gone)
    return case, existing(unit, head)


def _parted(unit: UnitOfWork, number: int, *, out_of: CaseId, holder_too: bool) -> None:
    gone = unit.merging.part(number, out_of=out_of, holder_too=holder_too)
    if gone is None:
        raise _just_changed(out_of)
    _two_again(unit, gone, out_of)


def _stays_blank(unit: UnitOfWork, gone: CaseId, way: tuple[tuple[int, CaseId], ...]) -> None:
    """Words that were taken off the card of all of them come back on none."""
    merge = ("merge", str(way[0][0]))
    since = max(
        each.id
        for each in unit.audit.of_case(gone)
        if each.entry.action == "case.merged" and merge in each.entry.facts
    )
    for _, into in way:
        for each in unit.audit.of_case(into):
            if each.id > since and each.entry.action == "card.blanked":
                unit.cards.blank(gone, by=each.entry.actor)


def _two_again(unit: UnitOfWork, gone: CaseId, into: CaseId) -> None:
    """Whoever reads both in the clear does so on only where both are theirs."""
    if _case(unit, gone).holder != _case(unit, into).holder:
        close_all_of(unit, into)
    unit.cases.touch([into])
    for one in (gone, into):
        unit.deliveries.want(DeliveryKind.CARD, str(one))


def _case(unit: Records, case_id: CaseId) -> Case:
    case = unit.cases.get(case_id)
    if case is None:
        raise unknown(case_id)
    return case


def _just_changed(case_id: CaseId) -> Refusal:
    return Refusal(f"Case {case_id} just changed. Please look again.", "case-changed")
