"""What Slack told us: kept before it is acknowledged, acted upon by a courier, emptied then."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.model.arrival import Arrival
from storage.noun import Noun, upsert
from storage.tables import inbox

TAKE = upsert(inbox, on=("key",))
NUMBER = select(inbox.c.id).where(inbox.c.key == bindparam("which"))
GET = select(inbox).where(inbox.c.id == bindparam("number"))
SINCE = (
    select(inbox.c.id, inbox.c.key, inbox.c.body_sealed)
    .where(inbox.c.id > bindparam("after"), inbox.c.kind == bindparam("which"))
    .order_by(inbox.c.id)
)
# The row stays, so that what is told again is known; its words have served their purpose.
EMPTY = update(inbox).where(inbox.c.id == bindparam("number")).values(body_sealed=b"")
PURGE = delete(inbox).where(inbox.c.at < bindparam("before"))


class Inbox(Noun):
    __slots__ = ()

    def take(self, kind: str, key: str, body: bytes) -> int | None:
        """Its number, or None where the same was told before."""
        sealed = self.vault.seal_bytes(body, place=_place(key))
        row = {"key": key, "kind": kind, "body_sealed": sealed, "at": self.now}
        if self.change(TAKE, row).rowcount == 0:
            return None
        number: int = self.conn.execute(NUMBER, {"which": key}).scalar_one()
        return number

    def get(self, number: int) -> Arrival | None:
        """None where it was acted upon, or is too old to be kept."""
        row = self.conn.execute(GET, {"number": number}).one_or_none()
        if row is None or not row.body_sealed:
            return None
        body = self.vault.open_bytes(row.body_sealed, place=_place(row.key))
        return Arrival(row.kind, body, self.now)

    def since(self, kind: str, after: int) -> dict[int, bytes]:
        """By their numbers: what no courier acts upon, since each replica has to."""
        rows = self.conn.execute(SINCE, {"which": kind, "after": after})
        opened = self.vault.open_bytes
        return {row.id: opened(row.body_sealed, place=_place(row.key)) for row in rows}

    def done(self, number: int) -> None:
        self.change(EMPTY, {"number": number})

    def purge(self, older_than: datetime) -> int:
        return self.change(PURGE, {"before": older_than}).rowcount


def _place(key: str) -> str:
    return f"inbox.body/{key}"
