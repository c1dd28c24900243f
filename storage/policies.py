"""Which policy is in force, which one waits, and every one that ever was, with its text."""

from typing import Any

from sqlalchemy import CursorResult, Executable, Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.model.ids import PersonKey
from bot.model.policy import KeptPolicy, PolicyState
from storage.noun import Noun, PerEngine, Scope, Values
from storage.tables import policies

STATE = policies.c.state == bindparam("now_is")
IN_STATE = select(policies).where(STATE)
BY_HASH = select(policies).where(policies.c.hash == bindparam("which"))
WHICH_IN_STATE = select(policies.c.id, policies.c.hash).where(STATE)
BY_NUMBER = select(policies).where(policies.c.id == bindparam("number"))
NEWEST = BY_HASH.order_by(policies.c.id.desc()).limit(1)
MOVE = update(policies).where(STATE).values(state=bindparam("then_is"))
# Before the one in force goes: what changed no row must leave that one where it is.
ACCEPT = (
    update(policies)
    .where(STATE, policies.c.hash == bindparam("which"))
    .values(accepted_at=bindparam("at"), accepted_by=bindparam("who"), announced_at=None)
)
_LAST = (
    select(policies.c.id)
    .where(STATE, policies.c.accepted_at.is_not(None))
    .order_by(policies.c.accepted_at.desc(), policies.c.id.desc())
    .limit(1)
)
PUT_BACK = (
    update(policies)
    .where(policies.c.id == _LAST.scalar_subquery())
    .values(state=bindparam("then_is"))
)
ANY = select(policies.c.id).limit(1)
ANNOUNCED = (
    update(policies)
    .where(STATE, policies.c.hash == bindparam("which"), policies.c.announced_at.is_(None))
    .values(announced_at=bindparam("at"))
)
# Of two that start at once, the second one finds it done.
PUT = {
    "sqlite": sqlite.insert(policies).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(policies).on_conflict_do_nothing(),
}


class Policies(Noun):
    __slots__ = ("_asked",)

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._asked: tuple[int, str] | None = None

    def in_force(self) -> KeptPolicy | None:
        return self._in(PolicyState.IN_FORCE)

    def which_in_force(self) -> tuple[int, str]:
        """Its number, larger than of any that was in force before it, and its hash; 0 and "" where
        none is. Asked by every decision, and once in a transaction: all in it go by one policy."""
        if self._asked is None:
            now = {"now_is": PolicyState.IN_FORCE.value}
            row = self.conn.execute(WHICH_IN_STATE, now).one_or_none()
            self._asked = (0, "") if row is None else (row.id, row.hash)
        return self._asked

    def numbered_as(self, number: int) -> KeptPolicy | None:
        """As `which_in_force` numbers it; also where another one came into force since."""
        return _kept(self.conn.execute(BY_NUMBER, {"number": number}).one_or_none())

    def waiting(self) -> KeptPolicy | None:
        return self._in(PolicyState.WAITING)

    def any(self) -> bool:
        """Whether there ever was one."""
        return self.conn.execute(ANY).one_or_none() is not None

    def by_hash(self, digest: str) -> KeptPolicy | None:
        """Any there ever was, so that an old decision can be explained by its own rules."""
        return _kept(self.conn.execute(NEWEST, {"which": digest}).one_or_none())

    def change(
        self, statement: Executable | PerEngine, values: Values | None = None
    ) -> CursorResult[Any]:
        self._asked = None
        return super().change(statement, values)

    def put_in_force(self, policy: KeptPolicy) -> None:
        """In the place of the one before; one that waits is withdrawn."""
        self.withdraw()
        self._move(PolicyState.IN_FORCE, PolicyState.BEFORE)
        self._put(policy)

    def put_back(self) -> bool:
        """The last one that was in force, where none is; False where none ever was."""
        before, in_force = PolicyState.BEFORE.value, PolicyState.IN_FORCE.value
        return self.change(PUT_BACK, {"now_is": before, "then_is": in_force}).rowcount == 1

    def wait(self, policy: KeptPolicy) -> None:
        self.withdraw()
        self._put(policy)

    def accept(self, digest: str, by: PersonKey) -> bool:
        """The one that waits, in the place of the one before; False where it waits no more."""
        values = {"now_is": PolicyState.WAITING.value, "which": digest}
        if self.change(ACCEPT, {**values, "at": self.now, "who": by}).rowcount != 1:
            return False
        self._move(PolicyState.IN_FORCE, PolicyState.BEFORE)
        return self._move(PolicyState.WAITING, PolicyState.IN_FORCE)

    def withdraw(self) -> bool:
        return self._move(PolicyState.WAITING, PolicyState.WITHDRAWN)

    def announced(self, state: PolicyState, digest: str) -> bool:
        """False where it is already, or is in that state no more."""
        values = {"now_is": state.value, "which": digest, "at": self.now}
        return self.change(ANNOUNCED, values).rowcount == 1

    def _in(self, state: PolicyState) -> KeptPolicy | None:
        return _kept(self.conn.execute(IN_STATE, {"now_is": state.value}).one_or_none())

    def _move(self, now: PolicyState, then: PolicyState) -> bool:
        values = {"now_is": now.value, "then_is": then.value}
        return self.change(MOVE, values).rowcount == 1

    def _put(self, policy: KeptPolicy) -> None:
        row = {
            "hash": policy.hash,
            "profile": policy.profile,
            "text": policy.text,
            "base": policy.base,
            "takes": policy.takes,
            "state": policy.state.value,
            "seen_at": policy.seen_at,
            "accepted_at": policy.accepted_at,
            "accepted_by": policy.accepted_by,
            "announced_at": self.now if policy.announced else None,
        }
        self.change(PUT, row)


def _kept(row: Row[Any] | None) -> KeptPolicy | None:
    if row is None:
        return None
    return KeptPolicy(
        hash=row.hash,
        profile=row.profile,
        text=row.text,
        base=row.base,
        takes=row.takes,
        state=PolicyState(row.state),
        seen_at=row.seen_at,
        accepted_at=row.accepted_at,
        accepted_by=PersonKey(row.accepted_by),
        announced=row.announced_at is not None,
    )
