"""How many approvals in a row somebody had without a change."""

from sqlalchemy import bindparam, delete, select

from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import trust

STREAK = select(trust.c.streak).where(trust.c.person == bindparam("who"))
COUNT = upsert(
    trust, on=("person",), setting=lambda new: {"streak": trust.c.streak + 1, "at": new.at}
)
FORGET = delete(trust).where(trust.c.person == bindparam("who"))


class Trust(Noun):
    __slots__ = ()

    def streak(self, person: PersonKey) -> int:
        return self.conn.execute(STREAK, {"who": person}).scalar_one_or_none() or 0

    def count(self, person: PersonKey) -> int:
        """One more; how many there are now."""
        self.change(COUNT, {"person": person, "streak": 1, "at": self.now})
        return self.streak(person)

    def forget(self, person: PersonKey) -> bool:
        return self.change(FORGET, {"who": person}).rowcount == 1
