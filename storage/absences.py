"""Who is away, and who said so."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select

from bot.model.absence import Away, Source
from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import absences

WHO = absences.c.person == bindparam("who")
# One that is over counts no more, though nobody has swept it away yet.
LASTS = or_(absences.c.until.is_(None), absences.c.until > bindparam("at"))
GET = select(absences).where(WHO, LASTS)
OF_SOURCE = select(absences.c.person).where(absences.c.source == bindparam("which"))
BEGIN = upsert(
    absences,
    on=("person",),
    setting=lambda new: {"source": new.source, "since": new.since, "until": new.until},
)
END = delete(absences).where(WHO)
OVER = delete(absences).where(absences.c.until <= bindparam("at"))


class Absences(Noun):
    __slots__ = ()

    def of(self, who: PersonKey) -> Away | None:
        row = self.conn.execute(GET, {"who": who, "at": self.now}).one_or_none()
        return None if row is None else Away(Source(row.source), row.since, row.until)

    def by_status(self) -> list[PersonKey]:
        return [PersonKey(who) for who in self.conn.scalars(OF_SOURCE, {"which": Source.STATUS})]

    def begin(self, who: PersonKey, source: Source, until: datetime | None) -> None:
        row = {"person": who, "source": source.value, "since": self.now, "until": until}
        self.change(BEGIN, row)

    def end(self, who: PersonKey) -> bool:
        return self.change(END, {"who": who}).rowcount == 1

    def sweep(self) -> int:
        """Forgets those that are over."""
        return self.change(OVER, {"at": self.now}).rowcount
