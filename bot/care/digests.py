"""What managers read in the morning, in the customers' own (masked) words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.care.acts import Acts, allowed
from bot.care.duty import Duty
from bot.care.wording import digest_quote
from bot.compliance import Action, Guard
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.digest import DigestFigures
from bot.model.person import CLOCKWORK
from bot.model.visit import Answer, Visit
from storage.unit_of_work import Records, Technical, UnitOfWork

FIRST_PERIOD = timedelta(hours=24)
SHORTEST_PERIOD = timedelta(hours=1)
"""A second clock striking for the same morning finds the first one's mark."""


def template_room() -> Environment:
    room = ImmutableSandboxedEnvironment(
        loader=PackageLoader("bot.care", "templates"),
        undefined=StrictUndefined,
        # Plain text that Slack shows in plain_text elements: there is no markup to escape.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    room.filters["quoted"] = digest_quote
    return room


MARK, BEGUN = "digest", "digest:begun"
"""Kept positions: when the last one was sent, and since when we send any."""


@dataclass(frozen=True, slots=True)
class _Made:
    """`after` is the mark of the one before it."""

    text: str
    after: str
    until: datetime
    too_soon: bool


@dataclass(frozen=True, slots=True)
class Digests:
    acts: Acts
    guard: Guard
    duty: Duty
    organisation: str
    zone: ZoneInfo
    channel: str
    stuck_after: timedelta
    templates: Environment

    async def today(self, *, visit: Visit) -> Answer:
        """The digest since midnight, for whoever asks and may.

        Counted beside the writer, since it may take a while; decided and recorded there.
        """
        action = Action.READ_DIGEST

        def look(unit: Records) -> str:
            self.acts.weigh(unit, visit.by, action, None)
            local = unit.now.astimezone(self.zone)
            midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
            return self._text(unit, midnight.astimezone(unit.now.tzinfo), unit.now)

        try:
            heading, *lines = (await self.acts.db.read(look)).split("\n")
        except Refusal as no:
            return await self.acts.refused(no, visit=visit, action=action)

        def see(unit: Records) -> tuple[Answer, AuditEntry]:
            decision = self.acts.decide(unit, visit.by, action, None)
            answer = Answer(heading, lines=tuple(line for line in lines if line.strip()))
            return answer, allowed("digest.read", decision, by=visit.by)

        return await self.acts.look(visit, action, see)

    async def send_due(self, newest: Callable[[datetime], datetime | None]) -> None:
        """Send it where the newest hour struck after the last one was sent.

        An hour from before our very first start is nobody's, and nothing is sent for it.
        """

        def begin(unit: Technical) -> None:
            if not unit.cursors.get(BEGUN):
                unit.cursors.move(BEGUN, unit.now.isoformat())

        last, now = await self.acts.db.read(
            lambda unit: (unit.cursors.get(MARK) or unit.cursors.get(BEGUN), unit.now)
        )
        if not last:
            await self.acts.db.technical(begin)
            return
        hour = newest(now)
        if hour is not None and datetime.fromisoformat(last) < hour:
            await self.send_once()

    async def send_once(self) -> None:
        """Queue the digest for the managers' channel, once, however many clocks strike."""

        if not await self.duty.mine("digest", seconds=SHORTEST_PERIOD.total_seconds()):
            return
        # Where one writer writes all, whatever has an earlier hour is committed by then.
        until = await self.acts.db.technical(lambda unit: unit.now)
        made = await self.acts.db.read(lambda unit: self._made(unit, until))

        def work(unit: UnitOfWork) -> None:
            if made.too_soon or unit.cursors.get(MARK) != made.after:
                unit.commit(AuditEntry("digest.skipped", CLOCKWORK.key))
                return
            # What came since then is in the next one.
            unit.cursors.move(MARK, made.until.isoformat())
            unit.outgoing.queue(self.channel, self.guard.clear(made.text))
            unit.commit(AuditEntry("digest.sent", CLOCKWORK.key))

        await self.acts.db.write(work)

    def _made(self, unit: Records, until: datetime) -> _Made:
        last = unit.cursors.get(MARK)
        since = datetime.fromisoformat(last) if last else until - FIRST_PERIOD
        too_soon = until - since < SHORTEST_PERIOD
        return _Made("" if too_soon else self._text(unit, since, until), last, until, too_soon)

    def _text(self, unit: Records, since: datetime, until: datetime) -> str:
        figures: DigestFigures = unit.digests.figures(since, until, until - self.stuck_after)
        return self.templates.get_template("digest.txt.j2").render(
            organisation=self.organisation,
            figures=figures,
            since=since.astimezone(self.zone),
            until=until.astimezone(self.zone),
            zone=self.zone.key,
        )
