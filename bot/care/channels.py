"""Channels that are ours alone and open to us: what customers say is for no other's eyes.

Slack tells when a channel is shared or shows us out, to one replica and perhaps late. So what is
known of it stands in the database, and is looked at again every ten minutes.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.care.coordinators import coordinators, tell_coordinators
from bot.care.duty import Duty
from bot.compliance import Guard
from bot.errors import Misconfigured, Shut, Unavailable
from bot.model.audit import AuditEntry
from bot.model.channel import KnownRoom, Room
from bot.model.ids import ChannelId
from bot.model.person import CLOCKWORK, Workspace
from bot.slack.channel_names import ChannelNames, not_in, shared_sentence
from storage.database import Database
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

FRESH = timedelta(minutes=10)
SHUT_FRESH = timedelta(minutes=1)
"""As often as what is stuck is tried again, and each of its rows would ask."""
REVIVED = 100


@dataclass(frozen=True, slots=True)
class Channels:
    """`wanted` are the channels that app.yaml names."""

    db: Database
    guard: Guard
    names: ChannelNames
    duty: Duty
    workspace: Workspace
    wanted: tuple[str, ...]

    async def room(self, channel_id: str) -> Room:
        """As of the last ten minutes; every card asks before it is posted or edited."""
        known, now = await self.db.read(
            lambda unit: (unit.channels.get(self.workspace, channel_id), unit.now)
        )
        if known is not None and now - known.checked_at < FRESH:
            return known.room
        return await self.look(channel_id)

    async def look(self, channel_id: str) -> Room:
        """Ask Slack, keep it for all replicas, and tell the coordinators what is wrong with it."""
        asked_at = await self.db.read(lambda unit: unit.now)
        room = await self._seen(channel_id)
        seen = KnownRoom(room, asked_at, None)
        known = await self._known(channel_id)
        if self._is_news(room, known) and await self.db.write(
            lambda unit: self._changed(unit, seen)
        ):
            return room
        await self.db.technical(
            lambda unit: unit.channels.keep(self.workspace, room, asked_at=asked_at)
        )
        return room

    async def look_around(self) -> None:
        """Every channel of app.yaml, by one replica; what cannot be looked at says so elsewhere."""
        if not await self.duty.mine("channels", seconds=FRESH.total_seconds() / 2):
            return
        async for channel_id in self._wanted_ids():
            try:
                await self.look(channel_id)
            except (Misconfigured, Unavailable) as no:
                log.info("channel.not_seen", reason=str(no))

    async def told(self, channel_id: str) -> None:
        """Slack told that something about it changed."""
        self.names.forget(channel_id)
        await self.look(channel_id)

    async def noticed(self, no: Shut) -> str:
        """A courier stood before it, of which the coordinators hear; what is wrong, by its name."""
        if not await self.concerns(no.channel):
            return str(no)
        known, now = await self.db.read(
            lambda unit: (unit.channels.get(self.workspace, no.channel), unit.now)
        )
        name = known.room.name if known is not None else no.channel
        if known is None or not known.told_shut or now - known.checked_at > SHUT_FRESH:
            try:
                name = (await self.look(no.channel)).name
            except (Misconfigured, Unavailable) as unseen:
                log.info("channel.not_seen", reason=str(unseen))
        return str(no).replace(no.channel, name)

    async def is_shut(self, channel_id: str) -> bool:
        """As far as the coordinators were told."""
        known = await self._known(channel_id)
        return known is not None and known.told_shut

    async def concerns(self, channel_id: str) -> bool:
        """Whether anything of ours stands there or is meant to."""
        known = await self._known(channel_id)
        return known is not None or channel_id in [each async for each in self._wanted_ids()]

    async def _wanted_ids(self) -> AsyncIterator[ChannelId]:
        for name in self.wanted:
            try:
                yield await self.names.id_of(name)
            except Shut as no:
                yield ChannelId(no.channel)
            except (Misconfigured, Unavailable) as no:
                log.info("channel.not_seen", reason=str(no))

    async def _known(self, channel_id: str) -> KnownRoom | None:
        return await self.db.read(lambda unit: unit.channels.get(self.workspace, channel_id))

    async def _seen(self, channel_id: str) -> Room:
        """A private channel shows itself to its members only."""
        try:
            return await self.names.look(channel_id)
        except Shut:
            known = await self._known(channel_id)
            if known is None:
                raise
            return replace(known.room, shut=not_in(known.room.name))

    def _changed(self, unit: UnitOfWork, seen: KnownRoom) -> bool:
        """False where nothing is news, so that nothing was changed either."""
        room = seen.room
        # The row is ours alone from here on: of two who were told, the second one finds it done.
        before = unit.channels.held(self.workspace, room.id)
        turned = room.shared != (before is not None and before.room.shared)
        was = before.room.name if before is not None and self._renamed(room, before) else ""
        anybody = bool(coordinators(unit))
        untold = anybody and _untold(room, before)
        opened = before is not None and before.told_shut and not (room.shared or room.shut)
        if not (turned or was or untold or opened):
            return False
        unit.channels.keep(self.workspace, room, asked_at=seen.checked_at)
        now = unit.channels.get(self.workspace, room.id)
        if now is None or now.room != room:
            return False
        if was:
            self._tell(unit, _renamed_sentence(was, room.name), "channel.renamed")
        if anybody and _untold(room, now):
            unit.channels.told(self.workspace, room.id)
            self._tell_what_is_wrong(unit, room)
        if opened or (turned and not room.shared):
            unit.deliveries.revive(REVIVED)
        if turned:
            self._note(unit, "channel.shared" if room.shared else "channel.unshared", room)
        if opened:
            self._note(unit, "channel.opened", room)
        return True

    def _is_news(self, room: Room, known: KnownRoom | None) -> bool:
        """As far as can be said before the row is held."""
        if known is None or room.shared != known.room.shared:
            return room.shared or bool(room.shut) or known is not None
        opened = known.told_shut and not room.shut
        return self._renamed(room, known) or opened or _untold(room, known)

    def _renamed(self, room: Room, known: KnownRoom) -> bool:
        return room.name != known.room.name and known.room.name in self.wanted

    def _tell_what_is_wrong(self, unit: UnitOfWork, room: Room) -> None:
        if room.shared:
            self._tell(unit, shared_sentence(room.name), "channel.told")
        else:
            self._tell(unit, f"{room.shut} {_UNTIL_THEN}", "channel.told")
            self._note(unit, "channel.shut", room)

    def _note(self, unit: UnitOfWork, action: str, room: Room) -> None:
        unit.commit(AuditEntry(action, CLOCKWORK.key, facts=(("channel", room.id),)))

    def _tell(self, unit: UnitOfWork, words: str, action: str) -> None:
        tell_coordinators(unit, self.guard.clear(words))
        facts = (("told", str(len(coordinators(unit)))),)
        unit.commit(AuditEntry(action, CLOCKWORK.key, facts=facts))


_UNTIL_THEN = "Until then nothing about customers comes there; what waits comes by itself after."


def _untold(room: Room, known: KnownRoom | None) -> bool:
    """Whether something is wrong with it which the coordinators have not heard of."""
    if not (room.shared or room.shut):
        return False
    return known is None or known.told_at is None or known.room.shared is not room.shared


def _renamed_sentence(was: str, now: str) -> str:
    return (
        f"The channel {was} is called {now} now. Write the new name into app.yaml and start me "
        "again, or nothing goes there any more."
    )
