"""Who looked at their Home tab when, so that only what somebody may still see is drawn anew."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import homes
from storage.visitors import changed, visitor

SEEN = upsert(homes, on=("person",), setting=lambda new: {"seen_at": new.seen_at})
HASH = select(homes.c.hash).where(homes.c.person == bindparam("who"))
DRAWN = update(homes).where(homes.c.person == bindparam("who")).values(hash=bindparam("new"))


class Homes(Noun):
    __slots__ = ()

    def seen(self, key: PersonKey) -> None:
        self.change(SEEN, {"person": key, "seen_at": self.now, "hash": ""})
        changed(self.scope, key)

    def looked(self, key: PersonKey, *, since: datetime) -> bool:
        seen_at = visitor(self.scope, key).home_seen_at
        return seen_at is not None and seen_at >= since

    def hash(self, key: PersonKey) -> str:
        """Slack's mark of what was drawn last; empty where nothing was."""
        return self.conn.execute(HASH, {"who": key}).scalar_one_or_none() or ""

    def drawn(self, key: PersonKey, mark: str) -> None:
        self.quietly(DRAWN, {"who": key, "new": mark})
