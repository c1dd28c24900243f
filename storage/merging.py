"""Two cases that are one matter: what belongs to one of them goes on in the other, and back."""

from collections.abc import Iterable

from sqlalchemy import bindparam, case, insert, select, update

from bot.model.case import CaseState, JoinedCase, Source
from bot.model.ids import CaseId, PersonKey
from storage.case_changes import CLAIM, NEXT, THIS
from storage.case_lists import OPEN
from storage.merged_rows import MERGE, MergedRows
from storage.noun import Noun, with_any
from storage.tables import authors, cases, merges

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
ROUTES = select(cases.c.route).where(cases.c.merged_into == bindparam("case")).distinct()
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
OF = select(merges.c.id, merges.c.into_id).where(
    merges.c.case_id == bindparam("case"), merges.c.parted_at.is_(None)
)
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

    def way(self, case_id: CaseId) -> tuple[tuple[int, CaseId], ...]:
        """The merges by which it came where it goes on, its own first, and into what each led."""
        steps: list[tuple[int, CaseId]] = []
        while (step := self.conn.execute(OF, {"case": case_id}).one_or_none()) is not None:
            case_id = CaseId(step.into_id)
            steps.append((step.id, case_id))
        return tuple(steps)

    def part(self, number: int, *, out_of: CaseId, holder_too: bool) -> CaseId | None:
        """The case that ended by this merge is one of its own again; None where it is by now, or
        does not go on in `out_of`, which is to be held.

        `holder_too`: who came to hold the other one by this merge holds it no more.
        """
        row = self.conn.execute(GET, {"merge": number}).one_or_none()
        if row is None:
            return None
        if self.change(COME_BACK, {"case": row.case_id, "into": out_of}).rowcount != 1:
            return None
        MergedRows(self.scope).come_back(number, of=out_of, to=row.case_id, since=row.at)
        if row.brought_holder and holder_too:
            self.change(TAKE_HOLDER, {"case": out_of})
        self.change(PARTED, {"merge": number, "ended": self.now})
        return CaseId(row.case_id)

    def joined(self, case_id: CaseId) -> tuple[JoinedCase, ...]:
        """The cases that go on in this one."""
        return tuple(
            JoinedCase(CaseId(row.id), row.summary if row.source == Source.BROUGHT_IN else "")
            for row in self.conn.execute(JOINED, {"case": case_id})
        )

    def routes(self, case_id: CaseId) -> list[str]:
        """Where the cases that go on in this one were routed to."""
        return list(self.conn.scalars(ROUTES, {"case": case_id}))

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
        values = {"to": row.holder, "name": row.holder_name_sealed, "at": self.now}
        return self.change_one(CLAIM, {"case": into, **values}) == 1
