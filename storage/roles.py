"""Who held which role when anybody last looked, so that a change of it is seen."""

from sqlalchemy import bindparam, delete, select

from bot.model.ids import PersonKey
from storage.noun import Noun, upsert
from storage.tables import role_holders

ALL = select(role_holders.c.role, role_holders.c.person)
GRANT = upsert(role_holders, on=("role", "person"))
END = delete(role_holders).where(
    role_holders.c.role == bindparam("which"), role_holders.c.person == bindparam("who")
)
Held = frozenset[tuple[str, PersonKey]]
"""Pairs of role and person."""


class Roles(Noun):
    __slots__ = ()

    def held(self) -> Held:
        return frozenset((row.role, PersonKey(row.person)) for row in self.conn.execute(ALL))

    def grant(self, role: str, person: PersonKey) -> bool:
        """False where another one saw it first."""
        row = {"role": role, "person": person, "since": self.now}
        return self.change(GRANT, row).rowcount == 1

    def end(self, role: str, person: PersonKey) -> bool:
        return self.change(END, {"which": role, "who": person}).rowcount == 1
