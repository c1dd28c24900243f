"""Becoming an ambassador: reading the guidebook in force and accepting it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.care.acts import Acts, allowed, existing
from bot.care.cases import Cases
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.audit import AuditEntry, Effect
from bot.model.case import CaseState
from bot.model.ids import CaseId
from bot.model.visit import Answer, Visit
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Guidebook:
    """`version` is the SHA-256 of the text, so that any change asks everyone again."""

    version: str
    markdown: str


def read_guidebook(path: Path) -> Guidebook:
    markdown = path.read_text(encoding="utf-8")
    return Guidebook(hashlib.sha256(markdown.encode()).hexdigest(), markdown)


@dataclass(frozen=True, slots=True)
class Ambassadors:
    acts: Acts
    cases: Cases
    book: Guidebook

    def guidebook(self) -> Guidebook:
        return self.book

    async def enroll(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.ENROLL, None)
            unit.commit(allowed("guidebook.shown", decision, by=visit.by))
            if self.acts.enrolled(unit, visit.by):
                return Answer("You accepted the guidebook in force. Thank you for helping.")
            return Answer("Please read how we help customers.", form=self.acts.guidebook())

        return await self.acts.run(visit, Action.ENROLL, verb)

    async def accept(self, version: str, *, claim: CaseId | None, visit: Visit) -> Answer:
        """Accept the text that was shown; where a claim led here, accepting it is the claim."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.ENROLL, None)
            if version != self.book.version:
                raise Refusal(
                    "The guidebook changed while you were reading. Please open it again: "
                    "/usher enroll.",
                    "guidebook-changed",
                )
            unit.ambassadors.accept(visit.by, version)
            facts = (("version", version),)
            unit.commit(allowed("guidebook.accepted", decision, by=visit.by, facts=facts))
            if claim is None:
                return Answer("Welcome. /case open lists the customers who wait for someone.")
            return self._claim(unit, claim, visit)

        return await self.acts.run(visit, Action.ENROLL, verb, case_id=claim)

    def _claim(self, unit: UnitOfWork, case_id: CaseId, visit: Visit) -> Answer:
        """The guidebook stays accepted even when somebody else was faster with the case."""
        try:
            case = existing(unit, case_id)
            if case.holder == visit.by.key and case.state is CaseState.OPEN:
                return Answer(f"Welcome. Case {case_id} is yours: please do that again now.")
            return self.cases.take(unit, case, visit=visit)
        except Refusal as no:
            (number,) = unit.commit(self._denied(no, case_id, visit))
            return Answer(
                f"Welcome. {no.sentence}",
                lines=("/case open lists those that wait.", f"Why: /case why D-{number}"),
            )

    def _denied(self, no: Refusal, case_id: CaseId, visit: Visit) -> AuditEntry:
        return AuditEntry(
            str(Action.CLAIM),
            visit.by.key,
            case_id,
            Effect.DENIED,
            rule=no.rule,
            policy=self.acts.policy.hash,
        )
