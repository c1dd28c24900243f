"""How colleagues want to be told; who never said anything is told at once, at any hour."""

from datetime import time

from sqlalchemy import bindparam, select

from bot.model.ids import PersonKey
from bot.model.wishes import How, Wishes
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


class Preferences(Noun):
    __slots__ = ()

    def of(self, key: PersonKey) -> Wishes:
        row = self.conn.execute(GET, {"who": key}).one_or_none()
        if row is None:
            return Wishes()
        return Wishes(How(row.how), _hour(row.quiet_from), _hour(row.quiet_to), row.zone)

    def set(self, key: PersonKey, wishes: Wishes) -> None:
        self.change(
            SET,
            {
                "person": key,
                "how": wishes.how.value,
                "quiet_from": _written(wishes.quiet_from),
                "quiet_to": _written(wishes.quiet_to),
                "zone": wishes.zone,
            },
        )


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _written(hour: time | None) -> str:
    return "" if hour is None else f"{hour:%H:%M}"
