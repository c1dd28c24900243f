"""Every recurring job, one line each. What is due is asked of the database, never stored here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.care import Care
from bot.care.absence import SWEEP_SECONDS
from bot.care.changed import LOOK_SECONDS as CHANGED_SECONDS
from bot.care.complaint_clock import LOOK_SECONDS as COMPLAINT_SECONDS
from bot.care.overdue import LOOK_SECONDS
from bot.care.policies import LOOK_SECONDS as POLICY_SECONDS
from bot.care.privacy import LOOK_SECONDS as PRIVACY_SECONDS
from bot.care.rereading import LOOK_SECONDS as REREADING_SECONDS
from bot.care.roles import LOOK_SECONDS as ROLE_SECONDS
from bot.care.settling import LOOK_SECONDS as APPROVAL_SECONDS

log = structlog.get_logger(__name__)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_SILENCE, STRIKES = 60.0, 6
"""Seconds, and how often within them a scheduler that lives is heard."""

LOOKS = 4
"""How often within its minute we ask whether a refused token's minute is over."""


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    trigger: BaseTrigger
    work: Callable[[], Awaitable[object]]
    at_start: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """When the digest comes, in the organisation's own zone."""

    at: time
    days: tuple[str, ...]
    zone: ZoneInfo

    def newest(self, now: datetime) -> datetime | None:
        """The last hour that has struck, in UTC; None where no day is named.

        A morning the clocks leave out strikes as soon as they are past it; one they show twice
        strikes the first time.
        """
        today = now.astimezone(self.zone).date()
        for back in range(len(DAYS) + 1):
            day = today - timedelta(days=back)
            struck = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if DAYS[day.weekday()] in self.days and struck <= now:
                return struck
        return None


def jobs(
    care: Care,
    hours: Hours,
    listen_every: float | None,
    look_whether_welcome: Callable[[], Awaitable[None]],
) -> tuple[Job, ...]:
    """`listen_every` replaces the networks' own pace, in seconds."""
    # On the full five minutes, where mornings begin, and again and again: an hour that struck
    # while nobody was at work is made good.
    often = CronTrigger(minute="*/5", timezone=UTC)
    return (
        *(
            Job(
                f"listen:{one.name}",
                _every(listen_every or one.poll_seconds),
                _listener(care, one.name),
                True,
            )
            for one in care.listening.networks.parts
        ),
        Job("digest", often, partial(care.digests.send_due, hours.newest), at_start=True),
        Job("revive", _every(60), care.deliveries.revive, at_start=True),
        Job("storms", _every(care.storms.weather.look_every), care.storms.calm, at_start=True),
        Job("absences", _every(SWEEP_SECONDS), care.absence.sweep),
        Job("channels", _every(600), care.channels.look_around, at_start=True),
        Job("overdue", _every(LOOK_SECONDS), care.overdue.look, at_start=True),
        Job("complaints", _every(COMPLAINT_SECONDS), care.complaint_clock.look, at_start=True),
        Job("privacy", _every(PRIVACY_SECONDS), care.privacy.look, at_start=True),
        Job("policies", _every(POLICY_SECONDS), care.policies.look, at_start=True),
        Job("guidebook", _every(REREADING_SECONDS), care.rereading.look, at_start=True),
        Job("roles", _every(ROLE_SECONDS), care.roles.look, at_start=True),
        Job("approvals", _every(APPROVAL_SECONDS), care.settling.look, at_start=True),
        # These in each replica: what it remembers is its own, and what it knows of the token.
        Job("everybody", _every(60), care.changed.everybody, at_start=True),
        Job("changed", _every(CHANGED_SECONDS), care.changed.look),
        Job("policy", _every(CHANGED_SECONDS), care.policies.take_up),
        Job("welcome", _every(care.deliveries.pace.look_again / LOOKS), look_whether_welcome),
        Job("tidy", _every(3600), care.duty.tidy),
    )


async def run(jobs: Iterable[Job], *, silence: float = LONGEST_SILENCE) -> None:
    """Until cancelled. A job that overslept runs once; a job still at work is not run twice.

    Raises `TimeoutError` when nothing struck for `silence` seconds: the scheduler runs in bare
    callbacks of the loop, where it can end, or wait for a clock set back, without a word.
    """
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    )
    for job in jobs:
        first = {"next_run_time": datetime.now(UTC)} if job.at_start else {}
        scheduler.add_job(_guarded(job), job.trigger, id=job.name, name=job.name, **first)
    struck = asyncio.Event()

    async def strike() -> None:
        struck.set()

    scheduler.add_job(strike, _every(silence / STRIKES), id="strike")
    scheduler.start()
    try:
        while True:
            await asyncio.wait_for(struck.wait(), silence)
            struck.clear()
    finally:
        scheduler.shutdown(wait=False)


def _every(seconds: float) -> IntervalTrigger:
    return IntervalTrigger(seconds=seconds)


def _listener(care: Care, name: str) -> Callable[[], Awaitable[object]]:
    async def listen() -> None:
        await care.listening.listen(name)

    return listen


def _guarded(job: Job) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job.work()
        except Exception:  # an edge: the clock goes on whatever one job does
            log.exception("job.failed", job=job.name)

    return run
