"""Why something was allowed or refused: about actor, case and policy, never the customer."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed
from bot.compliance import Action, Policy
from bot.errors import Refusal
from bot.model.audit import AuditEvent, AuditReport
from bot.model.ids import DecisionId
from bot.model.person import CLOCKWORK
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Evidence:
    acts: Acts
    policy: Policy

    async def why(self, number: int, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.EXPLAIN, None)
            event = unit.audit.get(DecisionId(number))
            if event is None:
                raise Refusal(f"There is no decision D-{number}.", "decision-unknown")
            unit.commit(allowed("decision.explained", decision, by=visit.by))
            return self._page(unit, event)

        return await self.acts.run(visit, Action.EXPLAIN, verb)

    def _page(self, unit: UnitOfWork, event: AuditEvent) -> Answer:
        entry = event.entry
        if entry.actor == CLOCKWORK.key:
            actor = CLOCKWORK.name
        else:
            actor = unit.people.name(entry.actor) or "a colleague"
        case = f", case {entry.case_id}" if entry.case_id else ""
        reason = self.policy.explain(entry.rule)
        lines = [f"Rule: {entry.rule or 'none was needed'}"]
        if reason is not None:
            lines += [reason.why, reason.next_step]
        if entry.policy and entry.policy != self.policy.hash:
            lines.append("The policy has changed since then.")
        return Answer(
            f"D-{event.id}: {entry.action}{case}, {entry.effect} for {actor} "
            f"on {event.at:%d %B %Y at %H:%M} UTC.",
            lines=tuple(line for line in lines if line),
        )


async def verify(db: Database) -> AuditReport:
    """Recompute every leaf of the record; `broken` names the lines that do not match."""
    return await db.read(lambda unit: unit.audit.verify())
