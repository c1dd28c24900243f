"""Two cases that are one matter: what belongs to one of them goes on in the other, and back."""

from collections.abc import Iterable

from sqlalchemy import bindparam, case, func, insert, select, update

from bot.model.case import CaseState, JoinedCase, Source
from bot.model.ids import CaseId, PersonKey
from storage.case_changes import NEXT, THIS
from storage.case_lists import OPEN
from storage.merged_rows import MERGE, MergedRows
from storage.noun import Noun, with_any
from storage.tables import authors, cases, merges
from storage.tables.types import Instant

Pair = tuple[str, str]
"""A conversation's id and its author's id at the network."""

MERGED = cases.c.state == CaseState.MERGED.value
THREADS = with_any(
    lambda any_of: (
        select(cases.c.conversation_id, authors.c.ref, cases.c.merged_into)
        .join_from(cases, authors, cases.c.author_id == authors.c.id)
        .where(authors.c.network == bindparam("network"), any_of(authors.c.ref, "refs"), MERGED)
        .order_by(cases.c.id)
    )
)
# Held until what is said is kept, as with the threads of open cases. SQLite leaves this out.
HEAD = (
    select(cases.c.state, cases.c.merged_into).where(THIS).with_for_update(of=cases, key_share=True)
)
JOINED = (
    select(cases.c.id, cases.c.source, cases.c.summary)
    .where(cases.c.merged_into == bindparam("case"))
    .order_by(cases.c.id)
)
GO_ON = (
    update(cases)
    .where(THIS, OPEN)
    .values(state=CaseState.MERGED.value, merged_into=bindparam("into"), revision=NEXT)
)
COME_BACK = (
    update(cases)
    .where(THIS, MERGED, cases.c.merged_into == bindparam("into"))
    .values(state=CaseState.OPEN.value, merged_into=None, revision=NEXT)
)
HOLDER = select(cases.c.holder, cases.c.holder_name_sealed).where(THIS)
BRING_HOLDER = (
    update(cases)
    .where(THIS, OPEN, cases.c.holder.is_(None))
    .values(
        holder=bindparam("who"),
        holder_name_sealed=bindparam("name"),
        claimed_at=bindparam("at"),
        first_claimed_at=func.coalesce(cases.c.first_claimed_at, bindparam("at", type_=Instant)),
        handed_back="",
        revision=NEXT,
    )
)
TAKE_HOLDER = (
    update(cases)
    .where(THIS, OPEN)
    .values(
        holder=None,
        holder_name_sealed=None,
        claimed_at=None,
        # As if it had never been claimed, where that was its first time.
        first_claimed_at=case(
            (cases.c.first_claimed_at == cases.c.claimed_at, None), else_=cases.c.first_claimed_at
        ),
        revision=NEXT,
    )
)
GET = select(merges).where(merges.c.id == MERGE, merges.c.parted_at.is_(None))
PARTED = update(merges).where(merges.c.id == MERGE).values(parted_at=bindparam("ended"))


class Merging(Noun):
    __slots__ = ()

    def into(self, case_id: CaseId, into: CaseId, *, by: PersonKey) -> int | None:
        """The merge's number; None where the first of them is not open any more.

        Both are to be held, and the second one is to be open.
        """
        if self.change(GO_ON, {"case": case_id, "into": into}).rowcount != 1:
            return None
        brought = self._bring_holder(case_id, into)
        number = self.numbered(
            insert(merges),
            {
                "case_id": case_id,
                "into_id": into,
                "by": by,
                "at": self.now,
                "brought_holder": brought,
            },
        )
        MergedRows(self.scope).go(number, of=case_id, to=into)
        return number

    def part(self, number: int) -> tuple[CaseId, CaseId] | None:
        """As it was before, the case and what it went on in; None where that is not possible."""
        row = self.conn.execute(GET, {"merge": number}).one_or_none()
        if row is None:
            return None
        came_back = {"case": row.case_id, "into": row.into_id}
        if self.change(COME_BACK, came_back).rowcount != 1:
            return None
        MergedRows(self.scope).come_back(number, of=row.into_id, to=row.case_id, since=row.at)
        if row.brought_holder:
            self.change(TAKE_HOLDER, {"case": row.into_id})
        self.change(PARTED, {"merge": number, "ended": self.now})
        return CaseId(row.case_id), CaseId(row.into_id)

    def joined(self, case_id: CaseId) -> tuple[JoinedCase, ...]:
        """The cases that go on in this one."""
        return tuple(
            JoinedCase(CaseId(row.id), row.summary if row.source == Source.BROUGHT_IN else "")
            for row in self.conn.execute(JOINED, {"case": case_id})
        )

    def threads(self, network: str, pairs: Iterable[Pair]) -> dict[Pair, CaseId]:
        """As `Cases.threads`, for those of cases that go on in an open one."""
        wanted = {pair for pair in pairs if all(pair)}
        if not wanted:
            return {}
        refs = sorted({user for _, user in wanted})
        # Apart from the open ones: one that is merged just now is seen only by a later look.
        found = self.conn.execute(self.for_engine(THREADS), {"network": network, "refs": refs})
        into = {
            (row.conversation_id, row.ref): CaseId(row.merged_into)
            for row in found
            if (row.conversation_id, row.ref) in wanted
        }
        heads = {one: self._head(one) for one in sorted(set(into.values()))}
        return {pair: head for pair, one in into.items() if (head := heads[one]) is not None}

    def _head(self, case_id: CaseId) -> CaseId | None:
        """Where it goes on, held; None where that is over."""
        row = self.conn.execute(HEAD, {"case": case_id}).one_or_none()
        if row is None or row.state == CaseState.RESOLVED:
            return None
        # Merged itself while it was waited for.
        return case_id if row.state == CaseState.OPEN else self._head(CaseId(row.merged_into))

    def _bring_holder(self, case_id: CaseId, into: CaseId) -> bool:
        row = self.conn.execute(HOLDER, {"case": case_id}).one()
        if row.holder is None:
            return False
        # Bound to the person, not to the case.
        values = {"who": row.holder, "name": row.holder_name_sealed, "at": self.now}
        return self.change(BRING_HOLDER, {"case": into, **values}).rowcount == 1
