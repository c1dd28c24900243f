"""The worker that makes true outside what the outbox says: lease, carry, record, try again."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

import structlog
from prometheus_client import Counter

from bot.errors import Misconfigured, NotShown, Shut, Unavailable
from bot.model.delivery import TO_SLACK, Delivery, DeliveryKind, Leased
from bot.model.lanes import NONE, SLACKS, Rates
from storage.database import Database, Technical

DROPPED = Counter(
    "usher_deliveries_dropped",
    "What was for somebody whom Slack does not show us, such as who only posed as a colleague.",
    ("kind",),
)

log = structlog.get_logger(__name__)

Courier = Callable[[str], Awaitable[None]]
"""Carries one subject; raises `Unavailable` (again later) or `Misconfigured` (a human)."""

Noticed = Callable[[Shut], Awaitable[str]]
"""Hears of a channel that takes nothing of ours; the reason to write down."""

MOST_AT_ONCE = 20
LEASE_SECONDS = 60.0
SHORTEST_WAIT = 0.02
MOST_DOUBLINGS = 16
REVIVED_AT_ONCE = 20
"""Of what is stuck, so many are tried again each time, lest a dead channel keeps us busy."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the worker waits, in seconds, and how often Slack is asked at most.

    A courier must be home before its lease ends, else a second one sets out for the same door: so
    `carry` is shorter than a lease. `look_again` is between two looks at a token Slack refuses.
    """

    idle: float = 1.0
    first_wait: float = 1.0
    longest_wait: float = 300.0
    carry: float = 45.0
    look_again: float = 60.0
    rates: Rates = SLACKS

    def backoff(self, attempts: int) -> float:
        """Before the next try: doubling, up to the longest."""
        # Bounded, since after days without an answer the doublings are no float any more.
        return min(self.first_wait * 2.0 ** min(attempts, MOST_DOUBLINGS), self.longest_wait)


@dataclass(slots=True)
class Deliveries:
    """What waits for a desk holds up nothing that goes to Slack; and no lane of Slack another."""

    db: Database
    couriers: Mapping[DeliveryKind, Courier]
    owner: str
    pace: Pace = Pace()
    shut: Noticed | None = None
    _wakes: dict[DeliveryKind, asyncio.Event] = field(default_factory=dict)
    _ended: bool = False

    def nudge(self, kinds: Iterable[DeliveryKind]) -> None:
        for kind in kinds:
            if kind in self._wakes:
                self._wakes[kind].set()

    def end(self) -> None:
        """`run` returns once what is under way is home; nothing more is taken up."""
        self._ended = True
        self.nudge(self.couriers)

    async def revive(self) -> None:
        """What was stuck is tried again: a human may have mended the cause meanwhile."""
        if await self.db.technical(lambda unit: unit.deliveries.revive(REVIVED_AT_ONCE)):
            self.nudge(self.couriers)

    async def run(self) -> None:
        """Work until `end`. Cancelled, what is under way stays leased and is tried again later."""
        async with asyncio.TaskGroup() as crews:
            for kinds in self._crews():
                crews.create_task(self._crew(kinds))

    def _crews(self) -> list[tuple[DeliveryKind, ...]]:
        """One for all that goes to Slack, and one for each other kind."""
        crews = [tuple(kind for kind in self.couriers if kind in TO_SLACK)]
        crews += [(kind,) for kind in self.couriers if kind not in TO_SLACK]
        return [kinds for kinds in crews if kinds]

    async def _crew(self, kinds: tuple[DeliveryKind, ...]) -> None:
        """Each row travels by itself: whoever is slow keeps none of the others."""
        wake = asyncio.Event()
        self._wakes |= dict.fromkeys(kinds, wake)
        under_way: set[asyncio.Task[None]] = set()

        def came_home(task: asyncio.Task[None]) -> None:
            under_way.discard(task)
            wake.set()

        async with asyncio.TaskGroup() as errands:
            while not self._ended:
                wake.clear()
                leased = await self._leased(kinds, MOST_AT_ONCE - len(under_way))
                for row in leased.rows:
                    errand = errands.create_task(self._errand(row))
                    under_way.add(errand)
                    errand.add_done_callback(came_home)
                wait = self.pace.idle if leased.again_in is None else leased.again_in
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(
                        wake.wait(), min(max(wait, SHORTEST_WAIT), self.pace.idle)
                    )

    async def _leased(self, kinds: tuple[DeliveryKind, ...], limit: int) -> Leased:
        if not limit:
            return Leased((), None)
        try:
            return await self.db.technical(
                lambda unit: unit.deliveries.lease(
                    owner=self.owner,
                    limit=limit,
                    seconds=LEASE_SECONDS,
                    kinds=kinds,
                    rates=self.pace.rates,
                )
            )
        except Unavailable as away:
            log.warning("deliveries.database_away", reason=away.reason)
        except Exception:  # an edge: a crew that ends would leave its rows lying without a word
            log.exception("deliveries.lease_failed", kind=kinds[0])
        return Leased((), None)

    async def _errand(self, row: Delivery) -> None:
        """Whoever cannot note how it went leaves the row leased: it is due again after that."""
        try:
            await self._carry(row)
        except Unavailable as away:
            log.warning("deliveries.database_away", reason=away.reason)
        except Exception:  # an edge: one who stumbles must not take the others down
            log.exception("deliveries.errand_failed", kind=row.kind, subject=row.subject)

    async def _carry(self, row: Delivery) -> None:
        try:
            async with asyncio.timeout(self.pace.carry):
                await self.couriers[row.kind](row.subject)
        except TimeoutError:
            await self._later(row, self.pace.backoff(row.attempts - 1), "it took too long")
        except Unavailable as away:
            # Who tells when knows it better than a guess that doubles with each try.
            wait = away.retry_after or self.pace.backoff(row.attempts - 1)
            # A read on the way that must wait is no reason for the lane's others to wait.
            rest = away.retry_after if away.refused else None
            await self._later(row, wait, str(away), rest=rest or 0.0)
        except NotShown:
            await self._dropped(row)
        except Shut as shut:
            await self._stuck(row, await self.shut(shut) if self.shut else str(shut))
        except Misconfigured as broken:
            await self._stuck(row, str(broken))
        except Exception as unknown:  # an edge: one bad row must not stop the others
            log.exception("deliveries.failed", kind=row.kind, subject=row.subject)
            await self._stuck(row, f"unexpected {type(unknown).__name__}")
        else:
            await self._home(row, lambda unit: unit.deliveries.done(row))

    async def _later(
        self, row: Delivery, seconds: float, reason: str, *, rest: float = 0.0
    ) -> None:
        log.info("deliveries.later", kind=row.kind, subject=row.subject, seconds=seconds)

        def note(unit: Technical) -> None:
            unit.deliveries.later(row, seconds=seconds, reason=reason)

        await self._home(row, note, rest=rest)

    async def _dropped(self, row: Delivery) -> None:
        """Nothing for a human to mend: it was for somebody whom Slack does not show us."""
        log.info("deliveries.dropped", kind=row.kind, subject=row.subject)
        DROPPED.labels(row.kind.value).inc()
        await self._home(row, lambda unit: unit.deliveries.done(row))

    async def _stuck(self, row: Delivery, reason: str) -> None:
        log.warning("deliveries.stuck", kind=row.kind, subject=row.subject)
        await self._home(row, lambda unit: unit.deliveries.stuck(row, reason))

    async def _home(
        self, row: Delivery, note: Callable[[Technical], None], *, rest: float = 0.0
    ) -> None:
        """How it went, and what its lane may do now, in one transaction."""

        def work(unit: Technical) -> None:
            note(unit)
            if row.lane != NONE:
                unit.turns.home(row.lane, self.pace.rates.of(row.lane), rest=rest)

        await self.db.technical(work)
