"""Guidebooks that were in force, with their texts; and who was told to read the newest one."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select

from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import ambassadors, guidebooks, rereadings

TEXT = select(guidebooks.c.text).where(guidebooks.c.hash == bindparam("which"))
NEWEST = select(guidebooks.c.hash).order_by(guidebooks.c.seen_at.desc(), guidebooks.c.hash).limit(1)
PUT = upsert(guidebooks, on=("hash",), setting=lambda new: {"seen_at": new.seen_at})
TOLD = upsert(
    rereadings,
    on=("person",),
    setting=lambda new: {"version": new.version},
    where=lambda new: rereadings.c.version != new.version,
)
FORGET = delete(rereadings).where(rereadings.c.person == bindparam("who"))
DUE = (
    select(ambassadors.c.key)
    .outerjoin(rereadings, rereadings.c.person == ambassadors.c.key)
    .where(
        or_(ambassadors.c.version != bindparam("now_is"), ambassadors.c.at <= bindparam("before")),
        or_(rereadings.c.version.is_(None), rereadings.c.version != bindparam("now_is")),
    )
    .order_by(ambassadors.c.key)
    .limit(bindparam("most"))
)


class Guidebooks(Noun):
    __slots__ = ()

    def text(self, version: str) -> str | None:
        return self.conn.execute(TEXT, {"which": version}).scalar_one_or_none()

    def newest(self) -> str | None:
        """The version that came into force last, on whichever replica."""
        return self.conn.execute(NEWEST).scalar_one_or_none()

    def begin(self, version: str, text: str) -> None:
        self.change(PUT, {"hash": version, "text": text, "seen_at": self.now})

    def to_be_told(self, version: str, *, before: datetime, limit: int) -> list[PersonKey]:
        """Who accepted another one, or this one by `before`, and has not been told of it yet."""
        values = {"now_is": version, "before": before, "most": limit}
        return [PersonKey(key) for key in self.conn.execute(DUE, values).scalars()]

    def told(self, person: PersonKey, version: str) -> bool:
        """False where another replica has just done it."""
        return self.change(TOLD, {"person": person, "version": version}).rowcount == 1

    def forget(self, person: PersonKey) -> bool:
        """That they were told: who accepts anew may have to be told again one day."""
        return self.change(FORGET, {"who": person}).rowcount == 1
