"""Messages that wait to be posted. They were cleared, and are sealed all the same."""

import json
import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, Text, bindparam, cast, insert, select, update

from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind, Outgoing
from bot.model.ids import CaseId
from bot.model.lanes import NOW, SOMETIME, SOON, lane_to
from bot.model.visit import Offer
from storage.deliveries import DONE, Deliveries
from storage.due import WAITING
from storage.noun import Noun
from storage.tables import deliveries, outgoing

INSERT = insert(outgoing)
GET = select(outgoing).where(outgoing.c.id == bindparam("message"))
_offers = msgspec.json.Decoder(tuple[Offer, ...])
ABOUT_TO_LEAVE = 60.0
"""Seconds: a courier may hold it already."""
MOST_PARTS = 15
MOST_LETTERS = 8_000
"""What one message of Slack's shows whole."""
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
UNPOSTED = (
    select(outgoing)
    .join(deliveries, deliveries.c.subject == cast(outgoing.c.id, Text))
    .where(deliveries.c.kind == DeliveryKind.MESSAGE.value, deliveries.c.state != DONE)
    .order_by(outgoing.c.id)
    .with_for_update(of=outgoing)
)
REWRITE = (
    update(outgoing)
    .where(outgoing.c.id == bindparam("message"))
    .values(text_sealed=bindparam("words"))
)


class OutgoingMessages(Noun):
    __slots__ = ()

    def queue(
        self, to: str, text: Cleared[str], *, delay: float = 0.0, offers: tuple[Offer, ...] = ()
    ) -> int:
        """`delay` in seconds."""
        priority = NOW if lane_to(to).startswith("dm:") else SOON
        return self._queue(to, text.value, delay, priority, offers)

    def _queue(
        self, to: str, text: str, delay: float, priority: int, offers: tuple[Offer, ...] = ()
    ) -> int:
        pressed = msgspec.json.encode(offers).decode() if offers else ""
        row = {
            "to": to,
            "text_sealed": self._sealed(text, to),
            "at": self.now,
            "offers": pressed,
        }
        number = self.numbered(INSERT, row)
        want = Deliveries(self.scope).want
        want(DeliveryKind.MESSAGE, number, lane=lane_to(to), priority=priority, delay=delay)
        return number

    def gather(self, to: str, text: Cleared[str], *, heading: str, delay: float) -> int:
        """Joins what waits for the same person and is not about to leave, or begins to wait.

        `heading` stands above all that is gathered in one message.
        """
        soon = self.now + timedelta(seconds=ABOUT_TO_LEAVE)
        waiting = self.conn.execute(WAITS, {"for": to, "soon": soon}).one_or_none()
        if waiting is not None:
            before = self.vault.open(waiting.text_sealed, place=f"outgoing.text/{to}")
            both = f"{before}\n\n{text.value}"
            if _fits(both):
                self.change(REWRITE, {"message": waiting.id, "words": self._sealed(both, to)})
                return int(waiting.id)
        # Nobody looks for it now, and it comes for all at the same hour.
        return self._queue(to, f"{heading}\n\n{text.value}", delay, SOMETIME)

    def forget(self, quotes: Collection[str], *, case_id: CaseId, instead: str) -> None:
        """What is not posted yet says these words no more, where a line names the case."""
        names = re.compile(rf"\bcase {case_id}\b", re.IGNORECASE)
        for row in self.conn.execute(UNPOSTED).all():
            before = self._text(row)
            lines = before.split("\n")
            for place in (place for place, line in enumerate(lines) if names.search(line)):
                for quote in quotes:
                    lines[place] = lines[place].replace(quote, instead)
            text = "\n".join(lines)
            if text != before:
                self.change(REWRITE, {"message": row.id, "words": self._sealed(text, row.to)})

    def _sealed(self, text: str, to: str) -> bytes:
        return self.vault.seal(text, place=f"outgoing.text/{to}")

    def get(self, message_id: int) -> Outgoing | None:
        row = self.conn.execute(GET, {"message": message_id}).one_or_none()
        if row is None:
            return None
        offers = _offers.decode(row.offers) if row.offers else ()
        return Outgoing(id=row.id, to=row.to, text=self._text(row), offers=offers)

    def _text(self, row: Row[Any]) -> str:
        return self.vault.open(row.text_sealed, place=f"outgoing.text/{row.to}")


def _fits(text: str) -> bool:
    """Beside its heading, and as long as it is when it travels."""
    return text.count("\n\n") <= MOST_PARTS and len(json.dumps(text)) <= MOST_LETTERS
