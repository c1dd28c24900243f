"""Messages that wait to be posted. They were cleared, and are sealed all the same."""

from sqlalchemy import bindparam, insert, select

from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind, Outgoing
from storage.deliveries import Deliveries
from storage.noun import Noun
from storage.tables import outgoing

INSERT = insert(outgoing)
GET = select(outgoing).where(outgoing.c.id == bindparam("message"))


class OutgoingMessages(Noun):
    __slots__ = ()

    def queue(self, to: str, text: Cleared[str]) -> int:
        sealed = self.vault.seal(text.value, place=f"outgoing.text/{to}")
        number = self.numbered(INSERT, {"to": to, "text_sealed": sealed, "at": self.now})
        Deliveries(self.scope).want(DeliveryKind.MESSAGE, number)
        return number

    def get(self, message_id: int) -> Outgoing | None:
        row = self.conn.execute(GET, {"message": message_id}).one_or_none()
        if row is None:
            return None
        text = self.vault.open(row.text_sealed, place=f"outgoing.text/{row.to}")
        return Outgoing(id=row.id, to=row.to, text=text)
