"""Exports of cases: made once, kept until they are handed over."""

from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.model.export import Export, ExportId, ExportState
from bot.model.ids import CaseId, PersonKey
from storage.noun import Noun
from storage.people import People
from storage.tables import exports

THIS = exports.c.id == bindparam("export")
INSERT = insert(exports)
GET = select(exports).where(THIS)
WAITING = select(exports).where(
    exports.c.case_id == bindparam("case"),
    exports.c.asked_by == bindparam("who"),
    exports.c.state == ExportState.ASKED.value,
)
# Who is to get it, and does not have it yet.
AWAITED = select(exports.c.asked_by).where(exports.c.state == ExportState.READY.value).distinct()
READY_FOR = (
    select(exports.c.id, exports.c.case_id)
    .where(exports.c.state == ExportState.READY.value, exports.c.asked_by == bindparam("who"))
    .order_by(exports.c.id)
)
READY = (
    update(exports)
    .where(THIS, exports.c.state == ExportState.ASKED.value)
    .values(state=ExportState.READY.value, file_sealed=bindparam("content"))
)
END = (
    update(exports)
    .where(THIS, exports.c.state == bindparam("before"))
    .values(state=bindparam("then"), file_sealed=None, sent_at=bindparam("sent"))
)


class Exports(Noun):
    __slots__ = ()

    def ask(self, case_id: CaseId, *, by: PersonKey, reason: str) -> ExportId:
        row = {
            "case_id": case_id,
            "asked_by": by,
            "reason_sealed": self.vault.seal(reason, place=f"exports.reason/{case_id}"),
            "asked_at": self.now,
            "state": ExportState.ASKED.value,
        }
        return ExportId(self.numbered(INSERT, row))

    def get(self, export_id: ExportId) -> Export | None:
        row = self.conn.execute(GET, {"export": export_id}).one_or_none()
        return None if row is None else self._export(row)

    def waiting(self, case_id: CaseId, by: PersonKey) -> Export | None:
        """What this person has asked for already, and nobody has answered."""
        row = self.conn.execute(WAITING, {"case": case_id, "who": by}).first()
        return None if row is None else self._export(row)

    def ready(self, export_id: ExportId, content: bytes) -> bool:
        sealed = self.vault.seal_bytes(content, place=_place(export_id))
        return self.change(READY, {"export": export_id, "content": sealed}).rowcount == 1

    def sent(self, export_id: ExportId) -> bool:
        return self._end(export_id, ExportState.READY, ExportState.SENT)

    def void(self, export_id: ExportId) -> bool:
        return self._end(export_id, ExportState.ASKED, ExportState.VOID)

    def drop(self, export_id: ExportId) -> bool:
        """Nobody can have it: the file is kept no longer."""
        return self._end(export_id, ExportState.READY, ExportState.VOID)

    def awaited_by(self) -> list[PersonKey]:
        return [PersonKey(key) for key in self.conn.scalars(AWAITED)]

    def ready_for(self, key: PersonKey) -> list[tuple[ExportId, CaseId]]:
        rows = self.conn.execute(READY_FOR, {"who": key})
        return [(ExportId(row.id), CaseId(row.case_id)) for row in rows]

    def _end(self, export_id: ExportId, before: ExportState, then: ExportState) -> bool:
        sent = self.now if then is ExportState.SENT else None
        values = {"export": export_id, "before": before.value, "then": then.value, "sent": sent}
        return self.change(END, values).rowcount == 1

    def _export(self, row: Row[Any]) -> Export:
        by, sealed = PersonKey(row.asked_by), row.file_sealed
        content = b""
        if sealed is not None:
            content = self.vault.open_bytes(sealed, place=_place(ExportId(row.id)))
        return Export(
            id=ExportId(row.id),
            case_id=CaseId(row.case_id),
            asked_by=by,
            asked_by_name=People(self.scope).name(by),
            reason=self.vault.open(row.reason_sealed, place=f"exports.reason/{row.case_id}"),
            asked_at=row.asked_at,
            state=ExportState(row.state),
            content=content,
        )


def _place(export_id: ExportId) -> str:
    return f"exports.file/{export_id}"
