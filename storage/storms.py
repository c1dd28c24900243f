"""Storms in the record: opened once a channel, and the cases that stand on their rolling cards."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from bot.model.case import Case, CaseState
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId, ChannelId, StormId
from bot.model.lanes import EDIT
from bot.model.person import Workspace
from bot.model.storm import Storm, StormView
from storage.cards import is_blanked
from storage.case_lists import MOST, OPEN, URGENT
from storage.case_rows import CASES, RANKS, UNMERGED, case_of
from storage.deliveries import Deliveries
from storage.due import WAITING
from storage.mentions import MENTIONS, mention_of
from storage.noun import Noun
from storage.tables import cards, cases, deliveries, mentions, storms
from storage.tables.types import Instant

NEWEST_SHOWN = 4

RAGING = storms.c.ended_at.is_(None)
THIS = storms.c.id == bindparam("storm")
MEMBER = cases.c.storm_id == bindparam("storm")
WAITS = (MEMBER, OPEN, cases.c.holder.is_(None))

# Who sees it raging at the same moment finds the row of who was first.
OPEN_ONCE: dict[str, Insert] = {
    name: construct(storms).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, construct in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
GET = select(storms).where(THIS)
RAGES = select(storms).where(RAGING).order_by(storms.c.id)
# Held until what joins is kept, else the storm ends in between. SQLite leaves this out.
RAGES_IN = RAGES.where(storms.c.channel.in_(bindparam("channels", expanding=True))).with_for_update(
    read=True
)
CALM = RAGES.where(
    storms.c.opened_at <= bindparam("since", type_=Instant),
    select(func.count())
    .where(cases.c.storm_id == storms.c.id, cases.c.opened_at > bindparam("since", type_=Instant))
    .scalar_subquery()
    <= bindparam("most"),
)
END = update(storms).where(THIS, RAGING).values(ended_at=bindparam("at"))
PLACED = update(storms).where(THIS).values(channel_id=bindparam("place"), ts=bindparam("message"))
BACKLOG = (
    select(deliveries.c.lane, func.count())
    .where(
        deliveries.c.state == WAITING,
        deliveries.c.kind == DeliveryKind.CARD.value,
        deliveries.c.lane.in_(bindparam("lanes", expanding=True)),
    )
    .group_by(deliveries.c.lane)
)
CARDLESS = select(cases.c.id, cases.c.storm_id).where(
    cases.c.id.in_(bindparam("cases", expanding=True)),
    cases.c.storm_id.is_not(None),
    OPEN,
    cases.c.holder.is_(None),
    ~exists().where(cards.c.case_id == cases.c.id),
)
FIGURES = (
    select(cases.c.route, cases.c.state, cases.c.holder.is_(None).label("free"), func.count())
    .where(MEMBER, UNMERGED)
    .group_by(cases.c.route, cases.c.state, cases.c.holder.is_(None))
)
# Words that a coordinator took off the channel do not come back by this card.
QUOTED = select(cases.c.id).where(*WAITS, ~is_blanked(cases.c.id))
NEWEST = (
    MENTIONS.where(mentions.c.case_id.in_(QUOTED))
    .order_by(mentions.c.id.desc())
    .limit(NEWEST_SHOWN)
)
LIST = CASES.where(*WAITS).order_by(*URGENT).limit(MOST)
LATER = LIST.where(
    tuple_(*URGENT) > tuple_(bindparam("rank"), bindparam("at", type_=Instant), bindparam("after"))
)
# Two who ask at once get two cases: each passes over the one the other is about to claim.
NEXT = LIST.with_for_update(of=cases, skip_locked=True)


class Storms(Noun):
    __slots__ = ()

    def raging(self, channels: Iterable[str]) -> dict[str, StormId]:
        """By channel; they rage until this transaction ends, which must be a writing one."""
        wanted = sorted(set(channels))
        found = self.conn.execute(RAGES_IN, {"channels": wanted}) if wanted else ()
        return {row.channel: StormId(row.id) for row in found}

    def backlog(self, lanes: Iterable[str]) -> dict[str, int]:
        """Cards that wait to be posted, by lane."""
        wanted = sorted(set(lanes))
        found = self.conn.execute(BACKLOG, {"lanes": wanted}) if wanted else ()
        return dict(iter(found))

    def open(self, channel: str, *, workspace: Workspace) -> tuple[StormId, bool]:
        """Its id, and whether it was us who opened it."""
        fresh = self.change(
            OPEN_ONCE,
            {
                "enterprise_id": workspace.enterprise_id,
                "team_id": workspace.team_id,
                "channel": channel,
                "opened_at": self.now,
                "channel_id": "",
                "ts": "",
            },
        )
        return self.raging([channel])[channel], fresh.rowcount == 1

    def without_card(self, case_ids: Iterable[CaseId]) -> dict[CaseId, StormId]:
        """Of these cases those that only their storm's card speaks of."""
        wanted = sorted(set(case_ids))
        found = self.conn.execute(CARDLESS, {"cases": wanted}) if wanted else ()
        return {CaseId(row.id): StormId(row.storm_id) for row in found}

    def view(self, storm_id: StormId) -> StormView | None:
        row = self.conn.execute(GET, {"storm": storm_id}).one_or_none()
        return None if row is None else self._view(_storm(row), newest=True)

    def all_raging(self) -> list[StormView]:
        """In figures, without a word of anybody."""
        rows = self.conn.execute(RAGES).all()
        return [self._view(_storm(row), newest=False) for row in rows]

    def calm(self, *, since: datetime, most: int) -> list[Storm]:
        """Raging since before `since`, and after it at most `most` cases joined."""
        return [_storm(row) for row in self.conn.execute(CALM, {"since": since, "most": most})]

    def end(self, storm_id: StormId) -> bool:
        """False when it is over already."""
        return self.change(END, {"storm": storm_id, "at": self.now}).rowcount == 1

    def placed(self, storm_id: StormId, card: Card) -> None:
        place = {"place": card.channel_id, "message": card.ts}
        self.change(PLACED, {"storm": storm_id, **place})
        Deliveries(self.scope).relane(DeliveryKind.STORM, storm_id, EDIT)

    def gone(self, storm_id: StormId) -> None:
        """Its message can be edited no more: the next courier posts another one."""
        self.change(PLACED, {"storm": storm_id, "place": "", "message": ""})

    def next(self, storm_id: StormId) -> Case | None:
        """The most urgent that waits, of those the oldest; nobody else gets it meanwhile."""
        row = self.conn.execute(NEXT, {"storm": storm_id, "most": 1}).one_or_none()
        return None if row is None else case_of(row, self.vault)

    def waiting(self, storm_id: StormId, limit: int, *, after: Case | None = None) -> list[Case]:
        """Held by nobody, in the order in which they are taken."""
        asked: dict[str, Any] = {"storm": storm_id, "most": limit}
        if after is not None:
            asked |= {"rank": RANKS[after.urgency], "at": after.opened_at, "after": after.id}
        rows = self.conn.execute(LIST if after is None else LATER, asked)
        return [case_of(row, self.vault) for row in rows]

    def _view(self, storm: Storm, *, newest: bool) -> StormView:
        routes: Counter[str] = Counter()
        waiting = held = resolved = 0
        for route, state, free, count in self.conn.execute(FIGURES, {"storm": storm.id}):
            routes[route] += count
            if state == CaseState.RESOLVED:
                resolved += count
            elif free:
                waiting += count
            else:
                held += count
        said = self.conn.execute(NEWEST, {"storm": storm.id}).all() if newest else ()
        return StormView(
            storm,
            waiting=waiting,
            held=held,
            resolved=resolved,
            by_route=tuple(routes.most_common()),
            newest=tuple(mention_of(row, self.vault) for row in said),
        )


def _storm(row: Row[Any]) -> Storm:
    return Storm(
        id=StormId(row.id),
        channel=ChannelId(row.channel),
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        card=Card(channel_id=row.channel_id, ts=row.ts) if row.ts else None,
    )
