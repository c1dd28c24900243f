"""A case's history for whoever must prove it: as a file, to them alone, and never an operator's.

It is made in the transaction that decides, so that what was agreed to is what is handed over; its
hash is on record.
"""

import hashlib
from dataclasses import dataclass

from bot.care.acts import Acts, at_hand
from bot.care.asking_for import Requests, taken
from bot.care.case_file import case_file
from bot.care.obligations import PREFIX, Brought
from bot.care.reasons import is_reason
from bot.care.wording import in_eights, shortened
from bot.compliance import Action, Decision, Guard, ObligationKind, Sink, worded
from bot.errors import NotShown, Refusal
from bot.model.approval import NewApproval
from bot.model.audit import AuditEntry
from bot.model.case import Case
from bot.model.delivery import DeliveryKind
from bot.model.export import Export, ExportId, ExportState, SlackFile
from bot.model.ids import CaseId, DecisionId
from bot.model.lanes import lane_to
from bot.model.person import CLOCKWORK, user_id_of
from bot.model.request import RequestKind
from bot.model.visit import Answer, Visit
from bot.slack.channel import SlackChannel
from storage.unit_of_work import UnitOfWork

MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Exports:
    acts: Acts
    guard: Guard
    requests: Requests
    slack: SlackChannel

    async def export(self, case_id: CaseId, reason: str, *, visit: Visit) -> Answer:
        said, visit = worded(reason), await self.acts.anew(visit)

        def verb(unit: UnitOfWork) -> Answer:
            case = _one(unit, case_id)
            weighed = self.acts.weigh(unit, visit.by, Action.EXPORT, case)
            if weighed.asks(ObligationKind.REASON) and not is_reason(said):
                raise Refusal(_REASON.format(case=case_id), f"{PREFIX}{ObligationKind.REASON}")
            unit.people.seen(visit.by)
            kept = self.guard.guard(shortened(said, MOST_WORDS)).masked
            owed = taken(weighed)
            if owed is not None:
                return self._asked(unit, case, kept, owed, visit)
            brought = Brought(reason=said)
            decision = self.acts.decide(unit, visit.by, Action.EXPORT, case, brought=brought)
            export_id = unit.exports.ask(case_id, by=visit.by.key, reason=kept)
            number = self.make(unit, _there(unit, export_id), decision)
            return Answer(
                f"The file of case {case_id} comes to you as a direct message.",
                lines=(f"Its SHA-256 is on record: /case why D-{number}",),
            )

        return await self.acts.run(visit, Action.EXPORT, verb, case_id=case_id)

    def make(self, unit: UnitOfWork, export: Export, decision: Decision) -> DecisionId:
        """From what is there at this moment; the line about it is behind the last one in it.

        Gives the number of that line.
        """
        view = unit.cases.view(export.case_id)
        if view is None:
            raise Refusal("There is no such case any more.", "case-unknown")
        content = case_file(unit, self.guard, view)
        unit.exports.ready(export.id, content)
        lane = lane_to(user_id_of(export.asked_by))
        unit.deliveries.want(DeliveryKind.EXPORT, export.id, lane=lane)
        facts = (
            ("export", str(export.id)),
            ("revision", str(view.case.revision)),
            ("sha256", hashlib.sha256(content).hexdigest()),
            ("obligations", ", ".join(map(str, sorted(decision.obligations)))),
        )
        line = AuditEntry(
            "case.exported",
            export.asked_by,
            export.case_id,
            effect=decision.effect,
            rule=decision.rule,
            policy=decision.policy,
            facts=facts,
        )
        (number,) = unit.commit(line)
        return number

    async def carry(self, subject: str) -> None:
        """The courier's: into the direct messages of who asked, and then it is kept no longer."""
        export_id = ExportId(int(subject))
        export = await self.acts.db.read(lambda unit: unit.exports.get(export_id))
        if export is None or export.state is not ExportState.READY:
            return
        name, digest = f"case-{export.case_id}.json", hashlib.sha256(export.content).hexdigest()
        comment = _COMMENT.format(case=export.case_id, name=name, sha256=in_eights(digest))
        file = SlackFile(name, comment, export.content)
        cleared = self.guard.clear(file, sink=Sink.PERSON)
        try:
            await self.slack.hand_over(user_id_of(export.asked_by), cleared)
        except NotShown:
            await self.acts.db.write(lambda unit: drop(unit, export_id, export.case_id))
            raise

        def note(unit: UnitOfWork) -> None:
            if unit.exports.sent(export_id):
                facts = (("export", subject),)
                unit.commit(AuditEntry("export.sent", CLOCKWORK.key, export.case_id, facts=facts))

        await self.acts.db.write(note)

    def _asked(
        self, unit: UnitOfWork, case: Case, reason: str, owed: tuple[str, int], visit: Visit
    ) -> Answer:
        """What they asked for before in other words is wanted no more."""
        waiting = unit.exports.waiting(case.id, visit.by.key)
        if waiting is not None and waiting.reason != reason:
            self.requests.void(unit, RequestKind.EXPORT, str(waiting.id))
            unit.exports.void(waiting.id)
            waiting = None
        if waiting is None:
            export_id = unit.exports.ask(case.id, by=visit.by.key, reason=reason)
            waiting = _there(unit, export_id)
        role, needed = owed
        new = NewApproval(
            RequestKind.EXPORT,
            str(waiting.id),
            hash_of(waiting, case),
            role,
            needed,
            visit.by,
            case.id,
        )
        waits = self.requests.words(unit, self.requests.ask(unit, new))
        return Answer(f"Case {case.id} is exported once others agree.", lines=(waits,))


def drop(unit: UnitOfWork, export_id: ExportId, case_id: CaseId) -> None:
    """Nobody gets it any more, so that the file is kept no longer."""
    if unit.exports.drop(export_id):
        facts = (("export", str(export_id)),)
        unit.commit(AuditEntry("export.dropped", CLOCKWORK.key, case_id, facts=facts))


def _one(unit: UnitOfWork, case_id: CaseId) -> Case:
    """Nothing is added to it while its file is made."""
    case = unit.cases.hold(case_id)
    if case is not None and case.merged_into is not None:
        raise Refusal(_GOES_ON.format(case=case_id, into=case.merged_into), "case-merged")
    return at_hand(unit, case_id)


def hash_of(export: Export, case: Case) -> str:
    """Of all that an approver says yes to: a case that changed hands meanwhile is asked for anew.

    What is written to it stands in the file, which is made as their yes is said.
    """
    parts = (str(export.id), str(case.id), str(case.revision), export.asked_by, export.reason)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _there(unit: UnitOfWork, export_id: ExportId) -> Export:
    export = unit.exports.get(export_id)
    if export is None:
        raise Refusal("I do not know this request any more.", "export-gone")
    return export


_REASON = (
    "For this you need to say what you need it for; it goes on record. Type it like this: "
    "/case export {case} the yearly audit."
)
_GOES_ON = (
    "Case {case} goes on in case {into}, and is exported there, its own lines of the record with "
    "it: /case export {into} and what for."
)
_COMMENT = (
    "Case {case} as a file, for you alone: {name}. Its words are masked. "
    "`python -m bot verify-case {name} --sha256 {sha256}` checks all of it, on any machine. Where "
    "Slack's answer is lost on the way it may come a second time: both are the very same."
)
