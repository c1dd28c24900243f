"""Cases in the record: opened in batches, changed by one conditional statement each."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select

from bot.model.case import Case, CaseState, CaseView, NewCase
from bot.model.guarded import Guarded
from bot.model.ids import CaseId, PersonKey
from bot.model.mention import Author
from bot.model.person import Person
from storage.authors import Authors, handle_alone
from storage.bulk import Bulk
from storage.case_changes import (
    CLAIM,
    HAND_BACK,
    HAND_TO,
    IDENTIFY,
    RELEASE,
    REOPEN,
    RESOLVE,
    TAKE_BACK,
    THIS,
    TOUCH,
    WITHDRAW,
)
from storage.case_lists import OPEN
from storage.case_rows import CASES, case_of, new_row, sealed_name
from storage.case_views import VIEW
from storage.handoffs import Handoffs
from storage.ledger import new_uid
from storage.mentions import MOST_SHOWN, RECENT, Recent, mention_of
from storage.merging import Merging
from storage.notes import Notes
from storage.noun import Noun, plainly, with_any
from storage.people import People
from storage.prepared import Prepared
from storage.replies import Replies
from storage.tables import authors, cases

Pair = tuple[str, str]
"""A conversation's id and its author's id at the network."""

someone = authors.alias("someone")

INSERT = Bulk(cases, plainly(cases))
# Uids of one hour stand side by side: two bounds find a whole batch.
NUMBERS = select(cases.c.uid, cases.c.id).where(
    cases.c.uid.between(bindparam("first"), bindparam("last"))
)
GET = Prepared(CASES.where(THIS))
HOLD = Prepared(CASES.where(THIS).with_for_update(of=cases, key_share=True))
THREADS = with_any(
    lambda any_of: (
        CASES.with_only_columns(cases.c.conversation_id, authors.c.ref, cases.c.id)
        .where(
            cases.c.author_id.in_(
                select(someone.c.id).where(
                    someone.c.network == bindparam("network"), any_of(someone.c.ref, "refs")
                )
            ),
            OPEN,
        )
        .order_by(cases.c.id)
        # Held until their words are kept, else somebody resolves the case in between; who did so
        # before us is waited for, and the case is no longer open. SQLite leaves this out.
        .with_for_update(of=cases, key_share=True)
    )
)
UNTOUCHED = dict.fromkeys(
    ("holder", "holder_name_sealed", "claimed_at", "first_claimed_at", "resolved_at")
)


class Cases(Noun):
    __slots__ = ()

    def open_many(self, new: Sequence[NewCase]) -> list[CaseId]:
        """The ids in the order given."""
        if not new:
            return []
        author_ids = Authors(self.scope).keep([(one.author, one.name) for one in new])
        uids = [new_uid(self.now) for _ in new]
        rows = [
            {
                **new_row(one, self.vault, uid=uid),
                "author_id": author_id,
                "state": CaseState.OPEN.value,
                "revision": 1,
                "opened_at": self.now,
                "due_at": None if one.answer_within is None else self.now + one.answer_within,
                **UNTOUCHED,
            }
            for one, author_id, uid in zip(new, author_ids, uids, strict=True)
        ]
        self.change_many(INSERT, rows)
        bounds = {"first": min(uids), "last": max(uids)}
        numbers = dict(self.conn.execute(NUMBERS, bounds).all())
        return [CaseId(numbers[uid]) for uid in uids]

    def get(self, case_id: CaseId) -> Case | None:
        row = GET.row(self.conn, {"case": case_id})
        return None if row is None else case_of(row, self.vault)

    def hold(self, case_id: CaseId) -> Case | None:
        """As `get`; nobody else changes it until this transaction, a writing one, has ended."""
        row = HOLD.row(self.conn, {"case": case_id})
        return None if row is None else case_of(row, self.vault)

    def view(self, case_id: CaseId) -> CaseView | None:
        rows = VIEW.rows(self.conn, {"case": case_id, "most": MOST_SHOWN})
        if not rows:
            return None
        row = rows[0]
        # All empty where nothing was said: the case stands in its row all the same.
        said = [last for each in rows if any(last := each[-len(RECENT.c) :])]
        case = case_of(row, self.vault)
        is_answered = bool(row.is_answered) and Replies(self.scope).answers_all(case_id)
        return CaseView(
            case=case.once_answered() if is_answered else case,
            mentions=tuple(mention_of(Recent(*one), self.vault) for one in said),
            notes=tuple(Notes(self.scope).of_case(case_id)) if row.is_noted else (),
            handoffs=tuple(Handoffs(self.scope).views(case_id)) if row.is_handed_off else (),
            blanked_by=self._who_blanked(row.blanked_by),
            answers=tuple(Replies(self.scope).views(case_id)) if row.is_answered else (),
            is_answered=is_answered,
            joined=Merging(self.scope).joined(case_id) if row.is_joined else (),
        )

    def claim(self, case_id: CaseId, *, by: Person) -> bool:
        """False when it is held already, resolved or unknown: one statement, one winner."""
        name = self._name(by.name, by.key)
        return self._changed(CLAIM, case_id, to=by.key, name=name, at=self.now)

    def release(self, case_id: CaseId, *, holder: PersonKey) -> bool:
        return self._changed(RELEASE, case_id, by=holder)

    def hand_back(self, holder: PersonKey, why: str) -> tuple[list[CaseId], list[CaseId]]:
        """Of somebody who is not there: the open cases, which wait for everybody again, and the
        merged ones, which will come back as nobody's."""
        theirs = {"by": holder, "why": why}
        rows = list(self.change(HAND_BACK, theirs))
        if any(row.state == CaseState.MERGED for row in rows):
            # A merge that was waited for may have made them the holder of the other one just now.
            rows += self.change(HAND_BACK, theirs)
        given = sorted(CaseId(row.id) for row in rows if row.state == CaseState.OPEN)
        return given, sorted({CaseId(row.id) for row in rows}.difference(given))

    def hand_to(self, case_id: CaseId, *, holder: PersonKey, to: PersonKey, to_name: str) -> bool:
        return self._changed(
            HAND_TO, case_id, by=holder, to=to, name=self._name(to_name, to), at=self.now
        )

    def resolve(self, case_id: CaseId, *, holder: PersonKey) -> bool:
        """The holder stays on record, so that a case opened again comes back to them."""
        return self._changed(RESOLVE, case_id, by=holder, at=self.now)

    def withdraw(self, case_id: CaseId, *, held_by: PersonKey | None) -> bool:
        """For undo: closed again, where it still is with that person, or with nobody."""
        return self._changed(WITHDRAW, case_id, by=held_by, at=self.now)

    def reopen(self, case_id: CaseId) -> bool:
        return self._changed(REOPEN, case_id)

    def take_back(
        self,
        case_id: CaseId,
        *,
        holder: PersonKey | None,
        now_held_by: PersonKey | None,
        name: str,
    ) -> bool:
        """For undo: `holder` again (None: nobody), where the case still is with `now_held_by`."""
        return self._changed(
            TAKE_BACK,
            case_id,
            by=now_held_by,
            to=holder,
            name=None if holder is None else self._name(name, holder),
            at=None if holder is None else self.now,
        )

    def touch(self, case_ids: Iterable[CaseId]) -> None:
        wanted = sorted(set(case_ids))
        if wanted:
            self.change(TOUCH, {"cases": wanted})

    def threads(self, network: str, pairs: Iterable[Pair]) -> dict[Pair, CaseId]:
        """Open cases by conversation and author; the newest where there are several.

        They stay open until this transaction ends, which must be a writing one.
        """
        wanted = {pair for pair in pairs if all(pair)}
        if not wanted:
            return {}
        refs = sorted({user for _, user in wanted})
        found = self.conn.execute(self.for_engine(THREADS), {"network": network, "refs": refs})
        return {
            (row.conversation_id, row.ref): CaseId(row.id)
            for row in found
            if (row.conversation_id, row.ref) in wanted
        }

    def identify(self, handle: str, author: Author, name: Guarded) -> list[CaseId]:
        """The open cases that knew only the handle; from now on they know the network's own id."""
        (author_id,) = Authors(self.scope).keep([(author, name)])
        alone = handle_alone(self.vault, handle)
        asked = {"where": author.network, "handle_alone": alone, "author": author_id}
        return sorted(CaseId(row.id) for row in self.change(IDENTIFY, asked))

    def _who_blanked(self, key: str | None) -> str:
        return (People(self.scope).name(PersonKey(key)) or "a coordinator") if key else ""

    def _name(self, name: str, holder: PersonKey) -> bytes:
        return sealed_name(name, self.vault, holder=holder)

    def _changed(self, statement: Prepared, case_id: CaseId, **values: object) -> bool:
        return self.change_one(statement, {"case": case_id, **values}) == 1
