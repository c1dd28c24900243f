"""Notes of colleagues on a case, in the order they were written."""

from sqlalchemy import bindparam, insert, select

from bot.model.case import CaseNote
from bot.model.guarded import Guarded
from bot.model.ids import CaseId
from bot.model.person import Person
from storage.noun import Noun
from storage.tables import notes

INSERT = insert(notes)
OF_CASE = select(notes).where(notes.c.case_id == bindparam("case")).order_by(notes.c.id)


class Notes(Noun):
    __slots__ = ()

    def add(self, case_id: CaseId, *, by: Person, words: Guarded) -> None:
        seal = self.vault.seal
        self.change(
            INSERT,
            {
                "case_id": case_id,
                "at": self.now,
                "by": by.key,
                "by_name_sealed": seal(by.name, place=f"notes.by_name/{case_id}"),
                "words": words.masked,
                "words_sealed": seal(words.kept, place=f"notes.words/{case_id}"),
            },
        )

    def of_case(self, case_id: CaseId) -> list[CaseNote]:
        return [
            CaseNote(
                at=row.at,
                by_name=self.vault.open(row.by_name_sealed, place=f"notes.by_name/{case_id}"),
                words=row.words,
            )
            for row in self.conn.execute(OF_CASE, {"case": case_id})
        ]
