"""Looks at personal data, each on record; and the one way from the vault to the words themselves.

Nothing else opens them, so whoever looks for who reads what was said looks here.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, bindparam, insert, select, update

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
SINCE = select(reveals).where(reveals.c.at >= bindparam("begin")).order_by(reveals.c.id)
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

    def since(self, begin: datetime) -> list[Reveal]:
        rows = self.conn.execute(SINCE, {"begin": begin}).all()
        return [found for row in rows if (found := self._reveal(row))]

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
