"""Visits: the same press twice does one thing, and gets one answer.

A visit is kept last, together with what it did. On PostgreSQL a second one waits in its INSERT
until the first has ended; then it learns that it was the second, and its work is undone.
"""

from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, select

from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey, VisitKey
from bot.model.visit import Answer, Form, Query
from storage.audit import Audit
from storage.keeping import KEEP, Keepsake
from storage.noun import Noun
from storage.tables import visits

SLIP = select(visits.c.person, visits.c.answer_sealed).where(visits.c.key == bindparam("visit"))
ANSWER = select(visits.c.answer_sealed).where(visits.c.key == bindparam("visit"))
PURGE = delete(visits).where(visits.c.at < bindparam("before"))

_answers = msgspec.json.Decoder(Answer)
_encoder = msgspec.json.Encoder()


class Visits(Noun):
    __slots__ = ()

    def keep(self, key: VisitKey, answer: Answer, *, by: PersonKey) -> bool:
        """False when this visit was kept before: then nothing of this transaction may stand."""
        kept = KEEP.run(self.conn, self._row(key, answer, by)).rowcount == 1
        self.scope.visited |= kept
        return kept

    def keepsake(
        self, key: VisitKey, answer: Answer, *, by: PersonKey, line: AuditEntry
    ) -> Keepsake:
        """For a visit that changes nothing: it is kept once its look has ended."""
        return Keepsake(self._row(key, answer, by), Audit(self.scope).row(line))

    def _row(self, key: VisitKey, answer: Answer, by: PersonKey) -> dict[str, object]:
        sealed = self.vault.seal_bytes(_encoder.encode(answer), place=_place(key))
        return {"key": key, "at": self.now, "answer_sealed": sealed, "person": by}

    def answer(self, key: VisitKey) -> Answer | None:
        sealed = self.conn.execute(ANSWER, {"visit": key}).scalar_one_or_none()
        if sealed is None:
            return None
        return _answers.decode(self.vault.open_bytes(sealed, place=_place(key)))

    def form(self, key: VisitKey, *, by: PersonKey) -> Form | None:
        """What this person's visit asked for; None for anybody else, as if there were none."""
        row = self.conn.execute(SLIP, {"visit": key}).one_or_none()
        if row is None or row.person != by:
            return None
        return _answers.decode(self.vault.open_bytes(row.answer_sealed, place=_place(key))).form

    def query(self, key: VisitKey, *, by: PersonKey) -> Query | None:
        """What this person asked for in that visit, where it was answered with a page."""
        row = self.conn.execute(SLIP, {"visit": key}).one_or_none()
        if row is None or row.person != by:
            return None
        return _answers.decode(self.vault.open_bytes(row.answer_sealed, place=_place(key))).query

    def purge(self, older_than: datetime) -> int:
        return self.change(PURGE, {"before": older_than}).rowcount


def _place(key: VisitKey) -> str:
    return f"visits.answer/{key}"
