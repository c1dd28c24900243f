"""Messages that wait to be posted. They were cleared, and are sealed all the same."""

from datetime import timedelta

from sqlalchemy import Text, bindparam, cast, insert, select, update

from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind, Outgoing
from bot.model.lanes import NOW, SOON, lane_to
from storage.deliveries import Deliveries
from storage.leasing import WAITING
from storage.noun import Noun
from storage.tables import deliveries, outgoing

INSERT = insert(outgoing)
GET = select(outgoing).where(outgoing.c.id == bindparam("message"))
ABOUT_TO_LEAVE = 60.0
"""Seconds: a courier may hold it already."""
WAITS = (
    select(outgoing.c.id, outgoing.c.text_sealed)
    .join(deliveries, deliveries.c.subject == cast(outgoing.c.id, Text))
    .where(
        outgoing.c.to == bindparam("for"),
        deliveries.c.kind == DeliveryKind.MESSAGE.value,
        deliveries.c.state == WAITING,
        deliveries.c.attempts == 0,
        deliveries.c.due_at > bindparam("soon"),
    )
    .order_by(outgoing.c.id.desc())
    .limit(1)
    .with_for_update(of=outgoing)
)
JOIN = (
    update(outgoing)
    .where(outgoing.c.id == bindparam("message"))
    .values(text_sealed=bindparam("both"))
)


class OutgoingMessages(Noun):
    __slots__ = ()

    def queue(self, to: str, text: Cleared[str], *, delay: float = 0.0) -> int:
        """`delay` in seconds."""
        number = self.numbered(
            INSERT, {"to": to, "text_sealed": self._sealed(text.value, to), "at": self.now}
        )
        lane = lane_to(to)
        priority = NOW if lane.startswith("dm:") else SOON
        want = Deliveries(self.scope).want
        want(DeliveryKind.MESSAGE, number, lane=lane, priority=priority, delay=delay)
        return number

    def gather(self, to: str, text: Cleared[str], *, delay: float) -> int:
        """Joins what waits for the same person and is not about to leave, or begins to wait."""
        soon = self.now + timedelta(seconds=ABOUT_TO_LEAVE)
        waiting = self.conn.execute(WAITS, {"for": to, "soon": soon}).one_or_none()
        if waiting is None:
            return self.queue(to, text, delay=delay)
        before = self.vault.open(waiting.text_sealed, place=f"outgoing.text/{to}")
        sealed = self._sealed(f"{before}\n\n{text.value}", to)
        self.change(JOIN, {"message": waiting.id, "both": sealed})
        return int(waiting.id)

    def _sealed(self, text: str, to: str) -> bytes:
        return self.vault.seal(text, place=f"outgoing.text/{to}")

    def get(self, message_id: int) -> Outgoing | None:
        row = self.conn.execute(GET, {"message": message_id}).one_or_none()
        if row is None:
            return None
        text = self.vault.open(row.text_sealed, place=f"outgoing.text/{row.to}")
        return Outgoing(id=row.id, to=row.to, text=text)
