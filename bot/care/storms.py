"""Storms: so many customers of one channel at once that one rolling card stands for all of them.

They have their cases all the same; what they do not have, until somebody takes one, is a card each.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.care.acts import Acts, allowed
from bot.care.cases import Cases
from bot.care.wording import ago, case_line, quoted
from bot.compliance import Action
from bot.model.audit import AuditEntry
from bot.model.case import Case, NewCase
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, StormId
from bot.model.lanes import NOW, lane_to
from bot.model.person import CLOCKWORK, Workspace
from bot.model.visit import Answer, Link, Offer, Visit
from storage.unit_of_work import Records, Technical, UnitOfWork

PAGE = 10
NOBODY_WAITS = "Nobody of this storm waits any more. Thank you, all."


@dataclass(frozen=True, slots=True)
class Weather:
    """When a storm opens and when it is over.

    It opens by what piles up within seconds and ends by what came in many minutes, so that it does
    not flap; and a channel that is never quite silent comes back to cards of its own.
    """

    opens_above: int = 27
    """Cards that wait to be posted in one channel: Slack takes those of half a minute."""
    ends_after: timedelta = timedelta(minutes=10)
    """It is over when no more than `opens_above` joined in this time."""
    look_every: float = 30.0
    """Seconds between two looks whether it is over."""
    redrawn_every: float = 5.0
    """Seconds, at most that often: all cards of all channels share one budget of edits."""

    def redraw(self, unit: Technical | UnitOfWork, storm_id: StormId) -> None:
        """With what else comes in the next seconds, and behind what somebody looks at.

        What is due already is not put off.
        """
        unit.deliveries.want(DeliveryKind.STORM, storm_id, delay=self.redrawn_every)


@dataclass(frozen=True, slots=True)
class Storms:
    acts: Acts
    cases: Cases
    workspace: Workspace
    weather: Weather

    def gather(self, unit: UnitOfWork, newcomers: Sequence[NewCase]) -> list[NewCase]:
        """The same cases, those that are too many for their channel as part of its storm."""
        counts = Counter(str(case.channel_id) for case in newcomers)
        raging = unit.storms.raging(counts)
        backlog = unit.storms.backlog(lane_to(channel) for channel in counts.keys() - raging.keys())
        # One order for all, so that two transactions never wait for one another.
        for channel in sorted(counts.keys() - raging.keys()):
            if backlog.get(lane_to(channel), 0) + counts[channel] > self.weather.opens_above:
                raging[channel] = self._open(unit, channel)
        if not raging:
            return list(newcomers)
        return [replace(case, storm_id=raging.get(case.channel_id)) for case in newcomers]

    async def take_next(self, storm_id: StormId, *, visit: Visit) -> Answer:
        """Claim the most urgent who waits longest; two who ask at once get two."""

        def verb(unit: UnitOfWork) -> Answer:
            case = unit.storms.next(storm_id)
            if case is None:
                return self._nobody_waits(unit, storm_id, visit)
            taken = self.cases.take(unit, case, visit=visit)
            # Their words at once: the card of a case comes when its channel's turn has come.
            links = (Link("Open on the network", case.permalink),) if case.permalink else ()
            return replace(
                taken,
                lines=(quoted(case.quotable), *taken.lines),
                links=links,
                offers=(*taken.offers, _take(storm_id)),
            )

        # Who has yet to accept the guidebook accepts it for this one.
        first = await self.acts.db.read(lambda unit: unit.storms.waiting(storm_id, 1))
        meant = first[0].id if first else None
        return await self.acts.run(visit, Action.CLAIM, verb, case_id=meant)

    async def show(self, storm_id: StormId, *, after: CaseId | None, visit: Visit) -> Answer:
        """Those who wait, a page of them; `after` is the last one of the page before."""

        def verb(unit: UnitOfWork) -> Answer:
            last = unit.cases.get(after) if after else None
            waiting = unit.storms.waiting(storm_id, PAGE + 1, after=last)
            if not waiting:
                return self._nobody_waits(unit, storm_id, visit)
            self._listed(unit, storm_id, visit)
            return _page(unit, storm_id, waiting)

        return await self.acts.run(visit, Action.LIST_CASES, verb)

    async def calm(self) -> None:
        """End the storms that are over; whoever still waits stays on their list."""
        if await self.acts.db.read(self._over):
            await self.acts.db.write(self._end)

    def _open(self, unit: UnitOfWork, channel: str) -> StormId:
        storm_id, fresh = unit.storms.open(channel, workspace=self.workspace)
        if fresh:
            # Ahead of all cards of its channel.
            unit.deliveries.want(DeliveryKind.STORM, storm_id, lane=lane_to(channel), priority=NOW)
            facts = (("storm", str(storm_id)), ("channel", channel))
            unit.commit(AuditEntry("storm.opened", CLOCKWORK.key, facts=facts))
        return storm_id

    def _over(self, unit: Records) -> list[StormId]:
        since = unit.now - self.weather.ends_after
        calm = unit.storms.calm(since=since, most=self.weather.opens_above)
        backlog = unit.storms.backlog(lane_to(storm.channel) for storm in calm)
        return [
            storm.id
            for storm in calm
            if backlog.get(lane_to(storm.channel), 0) <= self.weather.opens_above
        ]

    def _end(self, unit: UnitOfWork) -> None:
        for storm_id in self._over(unit):
            if unit.storms.end(storm_id):
                unit.deliveries.want(DeliveryKind.STORM, storm_id, priority=NOW)
                facts = (("storm", str(storm_id)),)
                unit.commit(AuditEntry("storm.ended", CLOCKWORK.key, facts=facts))

    def _listed(self, unit: UnitOfWork, storm_id: StormId, visit: Visit) -> None:
        decision = self.acts.decide(unit, visit.by, Action.LIST_CASES, None)
        facts = (("storm", str(storm_id)),)
        unit.commit(allowed("storm.listed", decision, by=visit.by, facts=facts))

    def _nobody_waits(self, unit: UnitOfWork, storm_id: StormId, visit: Visit) -> Answer:
        self._listed(unit, storm_id, visit)
        return Answer(NOBODY_WAITS, lines=("/case open – who waits elsewhere",))


def _page(unit: Records, storm_id: StormId, waiting: list[Case]) -> Answer:
    """One more than a page was asked for, and tells that there is another one."""
    shown = waiting[:PAGE]
    more = (Offer("Show more", "storm_list", f"{storm_id} {shown[-1].id}"),)
    return Answer(
        "These wait, the most urgent first and the oldest of those:",
        lines=(
            *(case_line(case, unit.now) for case in shown),
            f"/claim {shown[0].id} – one of them, by its number",
        ),
        offers=(_take(storm_id), *(more if len(waiting) > PAGE else ())),
    )


def _take(storm_id: StormId) -> Offer:
    return Offer("Take the next one", "take_next", str(storm_id))


def storm_sentences(unit: Records) -> tuple[str, ...]:
    return tuple(
        f"Storm in {view.storm.channel} since {ago(view.storm.opened_at, unit.now)}: "
        f"{view.cases} cases, {view.waiting} wait for someone."
        for view in unit.storms.all_raging()
    )
