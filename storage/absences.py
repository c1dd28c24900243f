"""Who is away, and who said so."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from bot.model.absence import Away, Source
from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import absences

WHO = absences.c.person == bindparam("who")
GET = select(absences).where(WHO)
# All that a look at Slack may end: never somebody's own word before its time.
UNSURE = select(absences.c.person).where(
    or_(absences.c.source != bindparam("own"), absences.c.until <= bindparam("at"))
)
BEGIN = upsert(
    absences,
    on=("person",),
    setting=lambda new: {"source": new.source, "since": new.since, "until": new.until},
)
PROLONG = update(absences).where(WHO).values(until=bindparam("then"))
END = delete(absences).where(WHO)


class Absences(Noun):
    __slots__ = ()

    def of(self, who: PersonKey) -> Away | None:
        """None where they are here now."""
        kept = self.kept(who)
        return kept if kept is not None and kept.lasts(self.now) else None

    def kept(self, who: PersonKey) -> Away | None:
        """Whatever is kept of them, though it is over or says that they are here."""
        row = self.conn.execute(GET, {"who": who}).one_or_none()
        return None if row is None else Away(Source(row.source), row.since, row.until)

    def unsure(self) -> list[PersonKey]:
        """Of whom Slack must be asked whether it is still so."""
        found = self.conn.scalars(UNSURE, {"own": Source.OWN.value, "at": self.now})
        return [PersonKey(who) for who in found]

    def begin(self, who: PersonKey, source: Source, until: datetime | None) -> None:
        row = {"person": who, "source": source.value, "since": self.now, "until": until}
        self.change(BEGIN, row)

    def prolong(self, who: PersonKey, until: datetime | None) -> None:
        self.change(PROLONG, {"who": who, "then": until})

    def end(self, who: PersonKey) -> bool:
        return self.change(END, {"who": who}).rowcount == 1
