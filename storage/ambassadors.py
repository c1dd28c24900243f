"""Who accepted which version of the guidebook."""

from sqlalchemy import bindparam, delete, func, select

from bot.model.ids import PersonKey
from bot.model.person import Acceptance, Person
from storage.noun import Noun, upsert
from storage.tables import ambassadors
from storage.visitors import changed, visitor

ACCEPT = upsert(
    ambassadors, on=("key",), setting=lambda new: {"version": new.version, "at": new.at}
)
END = delete(ambassadors).where(ambassadors.c.key == bindparam("who"))
AFTER = (
    select(ambassadors.c.key)
    .where(ambassadors.c.key > bindparam("last"))
    .order_by(ambassadors.c.key)
    .limit(bindparam("most"))
)
COUNT = select(func.count()).select_from(ambassadors)


class Ambassadors(Noun):
    __slots__ = ()

    def accepted(self, key: PersonKey) -> Acceptance | None:
        """What they accepted last, None for nobody's ambassador."""
        who = visitor(self.scope, key)
        if who.version is None or who.accepted_at is None:
            return None
        return Acceptance(who.version, who.accepted_at)

    def accept(self, person: Person, version: str) -> None:
        self.change(ACCEPT, {"key": person.key, "version": version, "at": self.now})
        changed(self.scope, person.key)

    def end(self, key: PersonKey) -> bool:
        """They are nobody's ambassador any more, and read anew if they come back."""
        changed(self.scope, key)
        return self.change(END, {"who": key}).rowcount == 1

    def after(self, last: str, limit: int) -> list[PersonKey]:
        """Some of them, in the order of their keys; "" begins."""
        found = self.conn.execute(AFTER, {"last": last, "most": limit}).scalars()
        return [PersonKey(key) for key in found]

    def count(self) -> int:
        return self.conn.execute(COUNT).scalar_one()
