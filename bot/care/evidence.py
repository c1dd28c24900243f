"""Why something was allowed or refused: about actor, case and policy, never the customer."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.care.acts import Acts, allowed
from bot.care.grievance import REASONS
from bot.care.obligations import PREFIX
from bot.care.until import said
from bot.care.wording import in_eights
from bot.compliance import Action, Policy, PolicyText, Reason
from bot.errors import Misconfigured, Refusal
from bot.model.audit import AuditEntry, AuditEvent, AuditReport
from bot.model.clock import zone_named
from bot.model.ids import DecisionId, PersonKey
from bot.model.person import CLOCKWORK, Person, user_id_of
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import UnitOfWork

NO_RULE = "No rule of the policy said so: Usher could not do it then, and its answer told why."
NOTHING_DECIDED = "Nothing had to be decided here."


@dataclass(frozen=True, slots=True)
class Evidence:
    """`zone` is the organisation's, where Slack tells no zone of who asks."""

    acts: Acts
    zone: ZoneInfo

    async def why(self, number: int, *, visit: Visit) -> Answer:
        """Whose decision it was is told to themselves, and to the roles that may examine it."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.EXPLAIN, None)
            event = unit.audit.get(DecisionId(number))
            if event is None:
                raise Refusal(f"There is no decision D-{number}.", "decision-unknown")
            unit.commit(allowed("decision.explained", decision, by=visit.by))
            named = self._named(unit, event.entry.actor, visit.by)
            zone = zone_named(visit.by.zone, otherwise=self.zone)
            return Answer(_heading(event, named, zone), lines=self._lines(unit, event.entry))

        return await self.acts.run(visit, Action.EXPLAIN, verb)

    def _named(self, unit: UnitOfWork, actor: PersonKey, by: Person) -> str:
        if actor == CLOCKWORK.key:
            return CLOCKWORK.name
        if actor == by.key:
            return "you"
        try:
            decision = self.acts.decide(unit, by, Action.EXAMINE, None)
        except Refusal:
            return "a colleague"
        unit.commit(allowed("decision.examined", decision, by=by))
        return unit.people.name(actor) or user_id_of(actor)

    def _lines(self, unit: UnitOfWork, entry: AuditEntry) -> tuple[str, ...]:
        policy, is_that_one = self._policy(unit, entry)
        lines = [f"Rule: {entry.rule or 'none was needed'}"]
        reason = self._reason(policy, entry)
        lines += [reason.why, reason.next_step]
        if owed := _owed(policy, entry):
            lines.append(f"To be done along with it: {owed}.")
        if entry.policy and entry.policy != self.acts.policy.hash:
            known = "These are its words." if is_that_one else "Its own words are not kept."
            lines.append(f"The policy has changed since then. {known}")
        if digest := dict(entry.facts).get("sha256"):
            lines.append(f"SHA-256 of the file: {in_eights(digest)}")
        return tuple(line for line in lines if line)

    def _policy(self, unit: UnitOfWork, entry: AuditEntry) -> tuple[Policy, bool]:
        """The one that decided, where its text is kept; else the one in force."""
        if entry.policy == self.acts.policy.hash:
            return self.acts.policy, True
        kept = unit.policies.by_hash(entry.policy) if entry.policy else None
        if kept is None:
            return self.acts.policy, False
        try:
            text = PolicyText("a policy of before", kept.text, kept.base)
            return Policy.of(text), True
        except Misconfigured:
            return self.acts.policy, False

    def _reason(self, policy: Policy, entry: AuditEntry) -> Reason:
        if not entry.rule:
            return Reason(NOTHING_DECIDED, "")
        if entry.rule.startswith(PREFIX):
            reason = self.acts.obligations.explain(entry.rule)
        else:
            reason = policy.explain(entry.rule) or REASONS.get(entry.rule)
        return reason or Reason(NO_RULE, "")


def _owed(policy: Policy, entry: AuditEntry) -> str:
    """As it was put on record; a refusal's stand in its rule."""
    recorded = dict(entry.facts).get("obligations", "")
    return recorded or ", ".join(map(str, sorted(policy.obligations_of(entry.rule))))


def _heading(event: AuditEvent, named: str, zone: ZoneInfo) -> str:
    entry = event.entry
    case = f", case {entry.case_id}" if entry.case_id else ""
    when = said(event.at, zone=zone)
    return f"D-{event.id}: {entry.action}{case}, {entry.effect} for {named} on {when}."


async def verify(db: Database) -> AuditReport:
    """Recompute every leaf of the record; `broken` names the lines that do not match."""
    return await db.read(lambda unit: unit.audit.verify())
