"""Every recurring job, one line each. What is due is asked of the database, never stored here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.care import Care

log = structlog.get_logger(__name__)


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


def jobs(care: Care, hours: Hours, listen_every: float | None) -> tuple[Job, ...]:
    """`listen_every` replaces the networks' own pace, in seconds."""
    morning = CronTrigger(
        day_of_week=",".join(hours.days),
        hour=hours.at.hour,
        minute=hours.at.minute,
        timezone=hours.zone,
    )
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
        Job("digest", morning, care.digests.send_once),
        Job("revive", _every(60), care.deliveries.revive, at_start=True),
        Job("tidy", _every(3600), care.duty.tidy),
    )


def start(care: Care, hours: Hours, *, listen_every: float | None = None) -> AsyncIOScheduler:
    """A running scheduler. A job that overslept runs once; a job still at work is not run twice."""
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    )
    for job in jobs(care, hours, listen_every):
        scheduler.add_job(_guarded(job), job.trigger, id=job.name, name=job.name)
        if job.at_start:
            scheduler.add_job(_guarded(job), id=f"{job.name}:first")
    scheduler.start()
    return scheduler


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
