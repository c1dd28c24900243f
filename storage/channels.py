"""Channels as Slack last told them, for all replicas: in which of them no card may stand."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, select, true, update

from bot.model.channel import KnownRoom, Room
from bot.model.ids import ChannelId
from bot.model.person import Workspace
from storage.noun import Noun, PerEngine, upsert
from storage.tables import channels
from storage.tables.types import EPOCH

THIS = (
    (channels.c.enterprise_id == bindparam("enterprise"))
    & (channels.c.team_id == bindparam("team"))
    & (channels.c.id == bindparam("channel"))
)
GET = select(channels).where(THIS)
HOLD = GET.with_for_update()
SHARED = select(channels.c.name).where(
    channels.c.enterprise_id == bindparam("enterprise"),
    channels.c.team_id == bindparam("team"),
    channels.c.shared,
).order_by(channels.c.name)  # fmt: skip


def _keeping(*, shut: bool) -> PerEngine:
    return upsert(
        channels,
        on=("enterprise_id", "team_id", "id"),
        setting=lambda new: {
            "name": new.name,
            "shared": new.shared,
            "checked_at": new.checked_at,
            # Shared or shut once more, or one after the other, is told once more.
            "told_at": case(
                (
                    (new.shared == channels.c.shared) & (true() if shut else new.shared),
                    channels.c.told_at,
                ),
                else_=None,
            ),
        },
        # Of two who looked, the one who asked later is believed, whoever comes home first.
        where=lambda new: channels.c.checked_at <= new.checked_at,
    )


KEEP, KEEP_SHUT = _keeping(shut=False), _keeping(shut=True)
BEGIN = upsert(channels, on=("enterprise_id", "team_id", "id"))
TOLD = update(channels).where(THIS).values(told_at=bindparam("at"))


class Channels(Noun):
    __slots__ = ()

    def get(self, workspace: Workspace, channel_id: str) -> KnownRoom | None:
        return _known(self.conn.execute(GET, _which(workspace, channel_id)).one_or_none())

    def held(self, workspace: Workspace, channel_id: str) -> KnownRoom | None:
        """As `get`; nobody else changes it until the transaction ends."""
        # Two who meet it first would both hold nothing: the second one waits for this row.
        self.quietly(BEGIN, self._row(workspace, Room(ChannelId(channel_id), "", False), EPOCH))
        return _known(self.conn.execute(HOLD, _which(workspace, channel_id)).one_or_none())

    def shared(self, workspace: Workspace) -> tuple[str, ...]:
        """Names of the channels in which nothing may stand now."""
        where = {"enterprise": workspace.enterprise_id, "team": workspace.team_id}
        return tuple(self.conn.scalars(SHARED, where))

    def keep(self, workspace: Workspace, room: Room, *, asked_at: datetime) -> None:
        self.change(KEEP_SHUT if room.shut else KEEP, self._row(workspace, room, asked_at))

    def _row(self, workspace: Workspace, room: Room, asked_at: datetime) -> dict[str, object]:
        return {
            "enterprise_id": workspace.enterprise_id,
            "team_id": workspace.team_id,
            "id": room.id,
            "name": room.name,
            "shared": room.shared,
            "checked_at": asked_at,
            "told_at": None,
        }

    def told(self, workspace: Workspace, channel_id: str) -> None:
        self.change(TOLD, {**_which(workspace, channel_id), "at": self.now})


def _known(row: Row[Any] | None) -> KnownRoom | None:
    if row is None:
        return None
    room = Room(ChannelId(row.id), row.name, row.shared)
    return KnownRoom(room, row.checked_at, row.told_at)


def _which(workspace: Workspace, channel_id: str) -> dict[str, str]:
    return {
        "enterprise": workspace.enterprise_id,
        "team": workspace.team_id,
        "channel": channel_id,
    }
