"""Nobody waits for a colleague who is away: what they hold waits for everybody again.

Away is who says so, whose Slack status shows one of app.yaml's emojis, and who has left. Only the
moment it begins counts: who claims a case while away is at work after all, and keeps it. And who is
back stays so while the old status still shows.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.care import leaving
from bot.care.acts import Acts, allowed
from bot.care.coordinators import tell_coordinators
from bot.care.duty import Duty
from bot.care.redrawing import redraw
from bot.care.telling import tell
from bot.care.until import moment, said
from bot.care.withdrawing import HANDED_BACK, withdraw
from bot.compliance import Action, Guard
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.absence import Away, Gone, Source, Standing
from bot.model.audit import AuditEntry
from bot.model.clock import zone_named
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, PersonKey
from bot.model.person import CLOCKWORK, Membership, Person, Workspace, person_key, user_id_of
from bot.model.visit import Answer, Visit
from bot.model.wishes import How
from bot.slack.people import People
from storage.unit_of_work import Records, UnitOfWork

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 600.0
GONE_FOR_GOOD = {Membership.GONE, Membership.GUEST, Membership.OUTSIDER, Membership.BOT}


@dataclass(frozen=True, slots=True)
class Absence:
    """`emojis` are app.yaml's, `zone` the organisation's where Slack tells no zone of a person."""

    acts: Acts
    guard: Guard
    people: People
    duty: Duty
    workspace: Workspace
    emojis: frozenset[str]
    zone: ZoneInfo

    async def away(self, until: str, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.BE_AWAY, None)
            zone = zone_named(visit.by.zone, otherwise=self.zone)
            ends = moment(until, now=unit.now, zone=zone)
            unit.absences.begin(visit.by.key, Source.OWN, ends)
            given = self._hand_back(unit, visit.by.key, Gone.AWAY, by=visit.by)
            facts = (("until", ends.isoformat() if ends else ""), ("cases", str(len(given))))
            unit.commit(allowed("absence.begun", decision, by=visit.by, facts=facts))
            shown = f" until {said(ends, zone=zone)}" if ends else ""
            return Answer(
                f"You are away{shown}. {_handed_back(given)}",
                lines=("/usher back – when you are there again",),
            )

        return await self.acts.run(visit, Action.BE_AWAY, verb)

    async def back(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.BE_AWAY, None)
            was = unit.absences.of(visit.by.key)
            # Their status may show for a while yet; the next look forgets this where it does not.
            unit.absences.begin(visit.by.key, Source.KNOWN, None)
            unit.commit(allowed("absence.ended", decision, by=visit.by))
            return Answer(
                "Welcome back." if was else "You were not away, as far as I know.",
                lines=("/case open – the cases that wait for someone",),
            )

        return await self.acts.run(visit, Action.BE_AWAY, verb)

    async def concerns(self, user_id: str, *, gone: bool) -> bool:
        """Whether it matters to anybody here that they come or go; `gone` for good, as it seems."""
        key = person_key(self.workspace, user_id)
        return await self.acts.db.read(
            lambda unit: (
                _status_matters(unit, key)
                or unit.preferences.of(key).how is How.DIGEST
                or (gone and leaving.concerned(unit, key))
            )
        )

    async def seen(self, colleague: Standing) -> None:
        """Act upon what Slack shows of somebody; once, however often it is told."""
        left = colleague.membership in GONE_FOR_GOOD
        key = person_key(self.workspace, colleague.user_id)

        def work(unit: UnitOfWork) -> None:
            # Where they are now their morning is another one.
            if colleague.zone and unit.preferences.moved(key, colleague.zone):
                unit.commit(_noted("wishes.moved", key))
            if left:
                self._left(unit, key, colleague.name)
            elif colleague.membership is Membership.MEMBER and _status_matters(unit, key):
                self._status(unit, key, colleague)
                if unit.wrote:
                    redraw(unit, key)

        await self.acts.db.write(work)

    async def sweep(self) -> None:
        """Looks at whoever holds something or was away: an event may have been lost."""
        if not await self.duty.mine("absences", seconds=SWEEP_SECONDS / 2):
            return
        concerned = await self.acts.db.read(
            lambda unit: {
                *unit.lists.holders(),
                *unit.absences.unsure(),
                *unit.exports.awaited_by(),
            }
        )
        concerned |= await leaving.next_to_look_at(self.acts.db)
        for key in sorted(concerned):
            user_id = user_id_of(key)
            if key != person_key(self.workspace, user_id):
                continue
            while wait := self.people.look_in(user_id):  # noqa: ASYNC110  its place in a row
                await asyncio.sleep(wait)
            try:
                await self.seen(await self.people.standing(self.workspace, user_id))
            except Misconfigured as unknown:
                log.warning("absence.unknown", reason=str(unknown))
            except Unavailable as busy:
                log.warning("absence.slack_away", reason=busy.reason)
                return

    def _left(self, unit: UnitOfWork, key: PersonKey, name: str) -> None:
        given = self._hand_back(unit, key, Gone.LEFT, by=CLOCKWORK)
        ended = unit.absences.end(key)
        if given:
            words = (
                f"{name} is no longer a member here. {_handed_back(given)} "
                "/case open lists what waits."
            )
            tell_coordinators(unit, self.guard.clear(words))
        leaving.leave(unit, key)
        if given or ended:
            unit.commit(_noted("absence.left", key))

    def _status(self, unit: UnitOfWork, key: PersonKey, colleague: Standing) -> None:
        kept = unit.absences.kept(key)
        over = colleague.until is not None and colleague.until <= unit.now
        if colleague.emoji not in self.emojis or over:
            _status_gone(unit, key, kept)
        elif kept is None:
            self._status_came(unit, key, colleague.until)
        elif kept.source is Source.STATUS and kept.until != colleague.until:
            unit.absences.prolong(key, colleague.until)
            unit.commit(_noted("absence.prolonged", key))
        elif kept.source is Source.OWN and not kept.lasts(unit.now):
            # They said when they would be here again, which the status does not take back.
            unit.absences.begin(key, Source.KNOWN, None)
            unit.commit(_noted("absence.ended", key))

    def _status_came(self, unit: UnitOfWork, key: PersonKey, until: datetime | None) -> None:
        unit.absences.begin(key, Source.STATUS, until)
        given = self._hand_back(unit, key, Gone.AWAY, by=CLOCKWORK)
        if given:
            words = (
                f"Your Slack status says that you are away. {_handed_back(given)} "
                "Are you there after all? Claim it again, and it stays with you."
            )
            tell(unit, key, self.guard.clear(words))
        unit.commit(_noted("absence.begun", key))

    def _hand_back(
        self, unit: UnitOfWork, holder: PersonKey, why: Gone, *, by: Person
    ) -> list[CaseId]:
        given, merged = unit.cases.hand_back(holder, why)
        facts = (("holder_before", holder), ("reason", why.value))
        untold = holder if why is Gone.LEFT else None
        for case_id in given:
            unit.deliveries.want(DeliveryKind.CARD, str(case_id))
            withdraw(unit, self.guard, case_id, by=by, why=HANDED_BACK, untold=untold)
        for case_id in (*given, *merged):
            unit.commit(AuditEntry("case.handed_back", by.key, case_id, facts=facts))
        if given:
            redraw(unit, holder)
        return given


def must_be_there(unit: Records, colleague: Person, *, case_id: CaseId) -> None:
    """Raises `Refusal` where nothing given to them would be looked at."""
    if unit.absences.of(colleague.key) is not None:
        raise Refusal(
            f"{colleague.name} is away. Name another colleague, or let anybody take it: "
            f"/case release {case_id}.",
            "pass-to-away",
        )


def _status_matters(unit: Records, key: PersonKey) -> bool:
    """Who holds nothing may show what they like."""
    return bool(unit.lists.held_by(key, 1)) or unit.absences.kept(key) is not None


def _status_gone(unit: UnitOfWork, key: PersonKey, kept: Away | None) -> None:
    if kept is None or (kept.source is Source.OWN and kept.lasts(unit.now)):
        return
    unit.absences.end(key)
    here = kept.source is Source.KNOWN
    unit.commit(_noted("absence.status_gone" if here else "absence.ended", key))


def _noted(action: str, key: PersonKey) -> AuditEntry:
    return AuditEntry(action, CLOCKWORK.key, facts=(("who", key),))


MOST_NAMED = 10


def _handed_back(given: Sequence[CaseId]) -> str:
    if not given:
        return "You hold no case that would have to wait."
    if len(given) == 1:
        return f"Case {given[0]} waits for everybody again."
    # A long row of bare numbers looks like a card number to the guard.
    named = ", ".join(f"case {case_id}" for case_id in given[:MOST_NAMED])
    more = f" and {len(given) - MOST_NAMED} more" if len(given) > MOST_NAMED else ""
    return f"{len(given)} cases wait for everybody again: {named}{more}."
