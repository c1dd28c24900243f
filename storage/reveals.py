"""Looks at personal data, each on record; and the one way from the vault to a person's eyes.

A merge opens notes to seal them anew where they go (merged_rows.py), and shows them to nobody.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, bindparam, insert, or_, select, update

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, PersonKey, VisitKey
from bot.model.reveal import InClear, Reveal, RevealId
from storage.authors import AUTHOR_COLUMNS, author_of
from storage.noun import Noun
from storage.people import People
from storage.tables import authors, cases, mentions, notes, reveals

MOST = 20
"""Of a case's posts and of its notes, the newest so many."""

INSERT = insert(reveals)
GET = select(reveals).where(reveals.c.id == bindparam("reveal"))
OF_VISIT = select(reveals).where(reveals.c.visit == bindparam("asked"))
# Held until they are marked: of two who tell, the second finds none. SQLite leaves this out.
UNTOLD = (
    select(reveals)
    .where(reveals.c.told_at.is_(None))
    .order_by(reveals.c.at, reveals.c.id)
    .with_for_update()
)
OLDEST_UNTOLD = (
    select(reveals.c.at).where(reveals.c.told_at.is_(None)).order_by(reveals.c.at).limit(1)
)
TOLD = (
    update(reveals)
    .where(reveals.c.id.in_(bindparam("those", expanding=True)))
    .values(told_at=bindparam("now"))
)
# With what goes on in the case, which shows its words as well.
OPEN_OF = (
    select(reveals.c.id)
    .where(
        reveals.c.closed_at.is_(None),
        reveals.c.case_id.in_(
            select(cases.c.id).where(
                or_(cases.c.id == bindparam("case"), cases.c.merged_into == bindparam("case"))
            )
        ),
    )
    .order_by(reveals.c.id)
)
SHOW = (
    update(reveals)
    .where(
        reveals.c.id == bindparam("reveal"),
        reveals.c.shown_at.is_(None),
        reveals.c.until > bindparam("now"),
    )
    .values(shown_at=bindparam("now"))
)
CLOSE = (
    update(reveals)
    .where(reveals.c.id == bindparam("reveal"), reveals.c.closed_at.is_(None))
    .values(closed_at=bindparam("over"))
)
POSTS: Select[Any] = (
    select(mentions.c.external_id, mentions.c.created_at, mentions.c.words_sealed, *AUTHOR_COLUMNS)
    .join_from(mentions, authors, mentions.c.author_id == authors.c.id)
    .where(mentions.c.case_id == bindparam("case"))
    .order_by(mentions.c.created_at.desc(), mentions.c.id.desc())
    .limit(MOST)
)
NOTES: Select[Any] = (
    select(notes.c.at, notes.c.by_name_sealed, notes.c.words_sealed)
    .where(notes.c.case_id == bindparam("case"))
    .order_by(notes.c.id.desc())
    .limit(MOST)
)
SUMMARY: Select[Any] = select(cases.c.uid, cases.c.opened_at, cases.c.summary_sealed).where(
    cases.c.id == bindparam("case")
)


class Reveals(Noun):
    __slots__ = ()

    def ask(
        self, case_id: CaseId, *, by: PersonKey, reason: Guarded, lasts: timedelta, visit: VisitKey
    ) -> Reveal:
        uid = f"reveal-{uuid4().hex}"
        row = {
            "uid": uid,
            "case_id": case_id,
            "person": by,
            "visit": visit,
            "reason": reason.masked,
            "reason_sealed": self.vault.seal(reason.kept, place=f"reveals.reason/{uid}"),
            "at": self.now,
            "until": self.now + lasts,
        }
        made = self.get(RevealId(self.numbered(INSERT, row)))
        if made is None:
            raise TypeError("a row that was just written is not there")
        return made

    def get(self, reveal_id: RevealId) -> Reveal | None:
        return self._reveal(self.conn.execute(GET, {"reveal": reveal_id}).one_or_none())

    def of_visit(self, visit: VisitKey) -> Reveal | None:
        return self._reveal(self.conn.execute(OF_VISIT, {"asked": visit}).one_or_none())

    def untold_since(self) -> datetime | None:
        """When the oldest was of which nobody has been told; None where there is none."""
        at: datetime | None = self.conn.execute(OLDEST_UNTOLD).scalar_one_or_none()
        return at

    def untold(self) -> list[Reveal]:
        """By mark, not by time: one that began before the last look may be kept after it."""
        rows = self.conn.execute(UNTOLD).all()
        return [found for row in rows if (found := self._reveal(row))]

    def told(self, those: Collection[RevealId]) -> None:
        self.change(TOLD, {"those": list(those), "now": self.now})

    def open_of(self, case_id: CaseId) -> list[RevealId]:
        """Whose pages may stand on a screen now."""
        return [RevealId(number) for number in self.conn.scalars(OPEN_OF, {"case": case_id})]

    def show(self, reveal_id: RevealId) -> bool:
        """True once, and in time: then, and for that page alone, its words may be read."""
        return self.change(SHOW, {"reveal": reveal_id, "now": self.now}).rowcount == 1

    def close(self, reveal_id: RevealId) -> bool:
        """False where it was closed before."""
        return self.change(CLOSE, {"reveal": reveal_id, "over": self.now}).rowcount == 1

    def in_clear(self, case_id: CaseId) -> tuple[InClear, ...]:
        """What customer and colleagues said, oldest first; of a case brought in its summary."""
        asked = {"case": case_id}
        posts = [self._post(row) for row in self.conn.execute(POSTS, asked)]
        said = posts or [self._summary(row) for row in self.conn.execute(SUMMARY, asked)]
        noted = [self._note(row, case_id) for row in self.conn.execute(NOTES, asked)]
        return tuple(each for each in (*reversed(said), *reversed(noted)) if each.words)

    def _post(self, row: Row[Any]) -> InClear:
        author = author_of(
            self.vault,
            network=row.network,
            ref=row.ref,
            handle_sealed=row.handle_sealed,
            name_sealed=row.name_sealed,
        )
        place = f"mentions.words/{row.network}/{row.external_id}"
        words = self.vault.open(row.words_sealed, place=place)
        return InClear(f"@{author.handle}", row.created_at, words)

    def _summary(self, row: Row[Any]) -> InClear:
        words = self.vault.open(row.summary_sealed, place=f"cases.summary/{row.uid}")
        return InClear("Summary", row.opened_at, words)

    def _note(self, row: Row[Any], case_id: CaseId) -> InClear:
        by = self.vault.open(row.by_name_sealed, place=f"notes.by_name/{case_id}")
        words = self.vault.open(row.words_sealed, place=f"notes.words/{case_id}")
        return InClear(f"Note by {by}", row.at, words)

    def _reveal(self, row: Row[Any] | None) -> Reveal | None:
        if row is None:
            return None
        by = PersonKey(row.person)
        return Reveal(
            id=RevealId(row.id),
            external_id=row.uid,
            case_id=CaseId(row.case_id),
            by=by,
            by_name=People(self.scope).name(by),
            reason=row.reason,
            at=row.at,
            until=row.until,
            closed_at=row.closed_at,
        )
