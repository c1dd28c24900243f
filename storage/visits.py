"""Visits: the same press twice does one thing, and gets one answer.

On PostgreSQL a second arrival waits in its INSERT until the first has ended, and the SELECT after
it is a new statement with a new sight of the rows (READ COMMITTED), so it sees the answer.
"""

from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, select, update

from bot.errors import UnrecordedChange
from bot.model.ids import VisitKey
from bot.model.visit import Answer
from storage.noun import Noun, upsert
from storage.tables import visits

ARRIVE = upsert(visits, on=("key",))
ANSWER = select(visits.c.answer_sealed).where(visits.c.key == bindparam("visit"))
ANSWERED = (
    update(visits)
    .where(visits.c.key == bindparam("visit"))
    .values(answer_sealed=bindparam("answer"))
)
PURGE = delete(visits).where(visits.c.at < bindparam("before"))

_answers = msgspec.json.Decoder(Answer)
_encoder = msgspec.json.Encoder()


class Visits(Noun):
    __slots__ = ()

    def arrive(self, key: VisitKey) -> Answer | None:
        """None the first time: the unit of work must then end with `answered`."""
        while self.quietly(ARRIVE, {"key": key, "at": self.now}).rowcount == 0:
            row = self.conn.execute(ANSWER, {"visit": key}).one_or_none()
            # Gone between the two statements when it was purged just now: then it is a new one.
            if row is not None:
                return self._answer(key, row.answer_sealed)
        self.scope.visited = True
        self.scope.unanswered.add(key)
        return None

    def answered(self, key: VisitKey, answer: Answer) -> None:
        sealed = self.vault.seal_bytes(_encoder.encode(answer), place=f"visits.answer/{key}")
        self.quietly(ANSWERED, {"visit": key, "answer": sealed})
        self.scope.unanswered.discard(key)

    def purge(self, older_than: datetime) -> int:
        return self.change(PURGE, {"before": older_than}).rowcount

    def _answer(self, key: VisitKey, sealed: bytes | None) -> Answer:
        if sealed is None:
            raise UnrecordedChange("the visit came twice in one unit of work")
        return _answers.decode(self.vault.open_bytes(sealed, place=f"visits.answer/{key}"))
