"""How colleagues want to be told; who never said anything is told at once, at any hour."""

from sqlalchemy import bindparam, select, update

from bot.model.ids import PersonKey
from bot.model.wishes import How, Wishes, hour_of, hour_written
from storage.noun import Noun, upsert
from storage.tables import preferences

GET = select(preferences).where(preferences.c.person == bindparam("who"))
SET = upsert(
    preferences,
    on=("person",),
    setting=lambda new: {
        "how": new.how,
        "quiet_from": new.quiet_from,
        "quiet_to": new.quiet_to,
        "zone": new.zone,
    },
)
MOVED = (
    update(preferences)
    .where(preferences.c.person == bindparam("who"), preferences.c.zone != bindparam("there"))
    .values(zone=bindparam("there"))
)


class Preferences(Noun):
    __slots__ = ()

    def of(self, key: PersonKey) -> Wishes:
        row = self.conn.execute(GET, {"who": key}).one_or_none()
        if row is None:
            return Wishes()
        return Wishes(How(row.how), hour_of(row.quiet_from), hour_of(row.quiet_to), row.zone)

    def set(self, key: PersonKey, wishes: Wishes) -> None:
        self.change(
            SET,
            {
                "person": key,
                "how": wishes.how.value,
                "quiet_from": hour_written(wishes.quiet_from),
                "quiet_to": hour_written(wishes.quiet_to),
                "zone": wishes.zone,
            },
        )

    def moved(self, key: PersonKey, zone: str) -> bool:
        """False where it is the same, or they never wished anything."""
        return self.change(MOVED, {"who": key, "there": zone}).rowcount == 1
