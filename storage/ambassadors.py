"""Who accepted which version of the guidebook."""

from sqlalchemy import bindparam, func, select

from bot.model.ids import PersonKey
from bot.model.person import Person
from storage.noun import Noun, upsert
from storage.tables import ambassadors

ACCEPTED = select(ambassadors.c.version).where(ambassadors.c.key == bindparam("who"))
ACCEPT = upsert(
    ambassadors, on=("key",), setting=lambda new: {"version": new.version, "at": new.at}
)
COUNT = select(func.count()).select_from(ambassadors)


class Ambassadors(Noun):
    __slots__ = ()

    def accepted(self, key: PersonKey) -> str | None:
        """The version accepted last, None for nobody's ambassador."""
        version: str | None = self.conn.execute(ACCEPTED, {"who": key}).scalar_one_or_none()
        return version

    def accept(self, person: Person, version: str) -> None:
        self.change(ACCEPT, {"key": person.key, "version": version, "at": self.now})

    def count(self) -> int:
        return self.conn.execute(COUNT).scalar_one()
