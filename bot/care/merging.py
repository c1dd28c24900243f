"""Two cases that are one matter: one goes on in the other, by who holds them, and may be undone."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing
from bot.care.asking_for import Requests, taken
from bot.care.merge_reading import read_of, subject_of
from bot.care.reveals import close_all_of
from bot.care.telling import tell
from bot.care.topics import held_with
from bot.care.wording import undo_offer
from bot.compliance import Action, Decision, Guard
from bot.errors import Refusal
from bot.model.approval import NewApproval
from bot.model.case import Case, CaseState
from bot.model.complaint import Grievance
from bot.model.delivery import DeliveryKind
from bot.model.handoff import HandoffState
from bot.model.ids import CaseId, DecisionId
from bot.model.person import Person
from bot.model.reply import UNDER_WAY
from bot.model.request import RequestKind
from bot.model.visit import Answer, Form, Visit
from bot.slack.forms.merge import INTO, NAME, ONE
from storage.unit_of_work import Records, UnitOfWork

Pair = tuple[Case, Case]
"""The case that ends, and the one it goes on in."""


@dataclass(frozen=True, slots=True)
class Merging:
    acts: Acts
    guard: Guard
    requests: Requests

    async def merge(
        self,
        case_id: CaseId,
        *,
        into: CaseId | None,
        visit: Visit,
        one_matter: bool | None = None,
    ) -> Answer:
        """`one_matter`: whether they said so of two customers; None where nobody asked them yet."""

        def verb(unit: UnitOfWork) -> Answer:
            if into is None:
                case = existing(unit, case_id)
                # Nobody's: they may merge it if the other one is theirs.
                first = Action.MERGE if case.holder else Action.LIST_CASES
                decision = self.acts.weigh(unit, visit.by, first, case)
                return self._form(unit, case, Form(NAME, case_id), decision, visit)
            pair = both(unit, case_id, into)
            decision = self.weighed(unit, pair, visit.by)
            if not one_matter and not one_customer(pair):
                if one_matter is None:
                    form = Form(NAME, case_id, filled=((INTO, str(into)),), says=_unlike(pair))
                    return self._form(unit, pair[0], form, decision, visit)
                raise Refusal(f"{_unlike(pair)} {_TICK}", "merge-two-customers", field_id=ONE)
            owed = taken(decision)
            if owed is not None:
                return self._asked(unit, pair, owed, decision, visit)
            decision = self.acts.decide(unit, visit.by, Action.MERGE, telling(pair, visit.by))
            line = self.carry_out(unit, pair, decision, visit.by)
            return _merged(unit, case_id, into, line)

        return await self.acts.run(visit, Action.MERGE, verb, case_id=case_id)

    def weighed(self, unit: Records, pair: Pair, by: Person) -> Decision:
        """`Refusal` where they may not, or where something is under way that would be torn."""
        decision = self.acts.weigh(unit, by, Action.MERGE, telling(pair, by))
        _nothing_under_way(unit, *pair)
        return decision

    def carry_out(
        self,
        unit: UnitOfWork,
        pair: Pair,
        decision: Decision,
        by: Person,
        more: tuple[tuple[str, str], ...] = (),
    ) -> DecisionId:
        case, into = pair
        if case.holder and into.holder not in (None, case.holder):
            # From here on it is a colleague's. Before it goes: with all that went on in it.
            close_all_of(unit, case.id)
        number = unit.merging.into(case.id, into.id, by=by.key)
        if number is None:
            raise Refusal(f"Case {case.id} just changed. Please look again.", "case-changed")
        unit.people.seen(by)
        _redraw(unit, case.id, into.id)
        self._tell_holders(unit, pair, by)
        customers = "one" if one_customer(pair) else "two"
        numbers = (("merge", str(number)), ("from", str(case.id)), ("into", str(into.id)))
        facts = (*numbers, ("customers", customers), *more)
        # The line by which it is undone is the last one, of the case that goes on.
        lines = (
            allowed("case.merged", decision, by=by, case_id=one, facts=facts)
            for one in (case.id, into.id)
        )
        return unit.commit(*lines)[-1]

    def _form(
        self, unit: UnitOfWork, case: Case, form: Form, decision: Decision, visit: Visit
    ) -> Answer:
        unit.commit(allowed("case.merge_asked", decision, by=visit.by, case_id=case.id))
        return Answer("In which case does it go on?", form=form)

    def _asked(
        self,
        unit: UnitOfWork,
        pair: Pair,
        owed: tuple[str, int],
        decision: Decision,
        visit: Visit,
    ) -> Answer:
        case, into = pair
        role, needed = owed
        subject, read = subject_of(case.id, into.id), read_of(unit, case.id, into.id)
        # The lower number: cases are held in this order, whoever begins.
        first = min(case.id, into.id)
        new = NewApproval(RequestKind.MERGE, subject, read.text_hash, role, needed, visit.by, first)
        approval_id = self.requests.ask(unit, new)
        facts = (("into", str(into.id)), ("hash", read.text_hash))
        unit.commit(
            allowed(
                "case.merge_approval_asked", decision, by=visit.by, case_id=case.id, facts=facts
            )
        )
        return Answer(
            f"Case {case.id} goes on in case {into.id} once others agree.",
            lines=(self.requests.words(unit, approval_id),),
        )

    def _tell_holders(self, unit: UnitOfWork, pair: Pair, by: Person) -> None:
        case, into = pair
        said = f"{by.name} merged case {case.id} into case {into.id}, as one matter."
        told = self.guard.clear(f"{said} /case {into.id} shows all of it.")
        for key in sorted({one.holder for one in pair if one.holder} - {by.key}):
            tell(unit, key, told)


def _merged(unit: UnitOfWork, case_id: CaseId, into: CaseId, line: DecisionId) -> Answer:
    held = held_with(unit, into)
    return Answer(
        f"Case {case_id} goes on in case {into}.",
        lines=(
            *((held,) if held else ()),
            f"/case {into} shows all of it",
            f"/case undo parts them again; later on /case part {case_id} from {into}",
        ),
        offers=(undo_offer(line),),
    )


def both(unit: UnitOfWork, case_id: CaseId, into: CaseId) -> Pair:
    """Held, in one order for all: two who merge crosswise are one after the other."""
    if case_id == into:
        sentence = f"That is case {into} twice. Name the two cases: /case merge 42 into 41."
        raise Refusal(sentence, "merge-itself", field_id=INTO)
    for one in sorted((case_id, into)):
        unit.cases.hold(one)
    return existing(unit, case_id), existing(unit, into)


def one_customer(pair: Pair) -> bool:
    """By the network's own number: handles change hands, and a case brought in knows no other."""
    case, into = (each.author for each in pair)
    return case.user_id != "" and (case.network, case.user_id) == (into.network, into.user_id)


def _unlike(pair: Pair) -> str:
    return _TWO if all(each.author.user_id for each in pair) else _UNKNOWN


def telling(pair: Pair, by: Person) -> Case:
    """The one of the two that decides: over, a colleague's, mine, nobody's."""

    def rank(case: Case) -> int:
        if case.state is not CaseState.OPEN:
            return 0
        if case.holder is None:
            return 3
        return 2 if case.holder == by.key else 1

    return min(pair, key=rank)


def _redraw(unit: UnitOfWork, case_id: CaseId, into: CaseId) -> None:
    unit.cases.touch([into])
    for one in (case_id, into):
        unit.deliveries.want(DeliveryKind.CARD, str(one))


def _nothing_under_way(unit: Records, case: Case, into: Case) -> None:
    """What is under way finds its case by its number, and what was blanked must not come back."""
    reason = _in_the_way(unit, case, into)
    if reason is None:
        return
    sentence, rule = reason
    if _in_the_way(unit, into, case) is None:
        more = f"The other way round it goes: /case merge {into.id} into {case.id}."
    else:
        more = f"Nor does the other way. A note may say so: /case note {into.id} see case {case.id}"
    raise Refusal(f"{sentence} {more}", rule)


def _in_the_way(unit: Records, case: Case, into: Case) -> tuple[str, str] | None:
    """The sentence and the rule; None where the one may go on in the other."""
    if case.is_blanked and not into.is_blanked:
        blanked = f"The words of case {case.id} were taken off the channel, and would come back"
        return f"{blanked} on the card of case {into.id}.", "merge-blanked"
    for waits in (an_answer, _a_ticket, a_yes, _a_complaint):
        if sentence := waits(unit, case):
            return sentence, f"merge-{waits.__name__.strip('_')}"
    return None


def an_answer(unit: Records, case: Case) -> str:
    if all(each.state not in UNDER_WAY for each in unit.replies.of_case(case.id)):
        return ""
    return f"An answer in case {case.id} is under way: wait until its card says how it went."


def _a_ticket(unit: Records, case: Case) -> str:
    for each in unit.handoffs.of_case(case.id):
        if each.state is not HandoffState.FILED:
            return f"Case {case.id} is on its way to {each.kind}: wait for its ticket number."
    return ""


def a_yes(unit: Records, case: Case) -> str:
    for each in unit.approvals.open():
        if each.case_id == case.id and each.kind is not RequestKind.MERGE:
            return f"Something about case {case.id} waits for a colleague's yes: wait for it."
    return ""


def _a_complaint(unit: Records, case: Case) -> str:
    known = unit.complaints.get(case.id)
    if known is None or known.answer is Grievance.NO:
        return ""
    return f"Case {case.id} stands in the register of complaints, under its own number."


_UNKNOWN = "It is not known whether these are one customer."
_TWO = "As far as the network says, these are two customers."
_TICK = "Say that they are one matter, or leave them apart."
