"""Where each network was left off, and when it was last alive."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.noun import Noun, upsert
from storage.tables import cursors

GET = select(cursors.c.cursor).where(cursors.c.network == bindparam("where"))
BEATS = select(cursors.c.network, cursors.c.beat_at)
MOVE = upsert(
    cursors,
    on=("network",),
    setting=lambda new: {"cursor": new.cursor, "beat_at": new.beat_at},
)


class Cursors(Noun):
    __slots__ = ()

    def get(self, network: str) -> str:
        """Empty before the first fetch."""
        return self.conn.execute(GET, {"where": network}).scalar_one_or_none() or ""

    def move(self, network: str, cursor: str) -> None:
        """No line on record is asked for: where we were left off is the machine's own business."""
        self.quietly(MOVE, {"network": network, "cursor": cursor, "beat_at": self.now})

    def beats(self) -> dict[str, datetime]:
        """When each network was last kept up with."""
        return {row.network: row.beat_at for row in self.conn.execute(BEATS)}
