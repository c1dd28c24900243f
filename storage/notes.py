"""Notes of colleagues on a case, in the order they were written."""

from sqlalchemy import bindparam, delete, insert, select

from bot.model.case import CaseNote
from bot.model.guarded import Guarded
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Person
from storage.folding import folded
from storage.noun import Noun
from storage.tables import notes

INSERT = insert(notes)
TAKE_BACK = delete(notes).where(
    notes.c.id == bindparam("note"),
    notes.c.case_id == bindparam("case"),
    notes.c.by == bindparam("who"),
)
OF_CASE = select(notes).where(notes.c.case_id == bindparam("case")).order_by(notes.c.id)


class Notes(Noun):
    __slots__ = ()

    def add(self, case_id: CaseId, *, by: Person, words: Guarded) -> int:
        """The note's number."""
        seal = self.vault.seal
        return self.numbered(
            INSERT,
            {
                "case_id": case_id,
                "at": self.now,
                "by": by.key,
                "by_name_sealed": seal(by.name, place=f"notes.by_name/{case_id}"),
                "words": words.masked,
                "words_folded": folded(words.masked),
                "words_sealed": seal(words.kept, place=f"notes.words/{case_id}"),
            },
        )

    def take_back(self, number: int, *, case_id: CaseId, by: PersonKey) -> bool:
        """False where it is not theirs, or not there any more."""
        taken = {"note": number, "case": case_id, "who": by}
        return self.change(TAKE_BACK, taken).rowcount == 1

    def of_case(self, case_id: CaseId) -> list[CaseNote]:
        return [
            CaseNote(
                at=row.at,
                by_name=self.vault.open(row.by_name_sealed, place=f"notes.by_name/{case_id}"),
                words=row.words,
            )
            for row in self.conn.execute(OF_CASE, {"case": case_id})
        ]
