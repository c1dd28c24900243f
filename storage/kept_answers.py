"""Kept answers: looked for by their words, and counted by what became of the cases they were for.

Nothing is counted ahead: whether an answer helped is asked of the cases when somebody looks.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Insert,
    Row,
    Select,
    bindparam,
    case,
    distinct,
    exists,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.model.case import CaseState
from bot.model.ids import CaseId, KeptId, PersonKey
from bot.model.kept_answer import QUIET_AFTER, CountedAnswer, KeptAnswer, NewKept
from bot.model.reply import ReplyId, ReplyState
from storage.case_rows import MOST_WORDS, like_pattern
from storage.folding import folded
from storage.noun import Noun
from storage.tables import authors, cases, kept_answers, kept_uses, mentions, replies
from storage.tables.kept_answers import UNFORGOTTEN
from storage.tables.types import MICROSECOND, Instant, Words

THIS = kept_answers.c.id == bindparam("kept")
STANDS = kept_answers.c.forgotten_at.is_(None)
WENT = or_(
    kept_uses.c.reply_id.is_(None),
    replies.c.state.in_((ReplyState.SENT.value, ReplyState.HANDED.value)),
)
"""It went out, or was given to whoever sends it by hand: what we are not told of counts as well."""
# A reply goes along where its case goes on in another one.
USED_ON = func.coalesce(replies.c.case_id, kept_uses.c.case_id)

others, again = authors.alias("others"), cases.alias("again")


def _instant(column: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)


ENDED = _instant(cases.c.resolved_at)
# By handle, since who was brought in by it and who wrote in public may be two rows.
WROTE_AGAIN = exists(
    select(mentions.c.id)
    .join(again, mentions.c.case_id == again.c.id)
    .join(others, again.c.author_id == others.c.id)
    .where(
        others.c.network == authors.c.network,
        others.c.handle_index == authors.c.handle_index,
        _instant(mentions.c.created_at) > ENDED,
        _instant(mentions.c.created_at) <= ENDED + QUIET_AFTER // MICROSECOND,
    )
    .correlate(authors, cases)
)
IN_CASES = (
    select(func.count(distinct(USED_ON)))
    .select_from(kept_uses)
    .join(replies, kept_uses.c.reply_id == replies.c.id, isouter=True)
    .where(kept_uses.c.kept_id == kept_answers.c.id, WENT)
)
USED = IN_CASES.correlate(kept_answers).scalar_subquery().label("used")
HELPED = (
    IN_CASES.join(cases, cases.c.id == USED_ON)
    .join(authors, cases.c.author_id == authors.c.id)
    .where(
        cases.c.state == CaseState.RESOLVED.value,
        cases.c.resolved_at <= bindparam("quiet_since", type_=Instant),
        ~WROTE_AGAIN,
    )
    .correlate(kept_answers)
    .scalar_subquery()
    .label("helped")
)
KEPT: Select[Any] = select(kept_answers)
GET = KEPT.where(THIS)
OF_REPLY = KEPT.where(kept_answers.c.reply_id == bindparam("reply"), STANDS)
FOUND = (
    KEPT.add_columns(USED, HELPED)
    .where(STANDS)
    .order_by(
        case((kept_answers.c.topic == bindparam("topic", type_=Words), 0), else_=1),
        HELPED.desc(),
        USED.desc(),
        kept_answers.c.id.desc(),
    )
    .limit(bindparam("most"))
)
INSERT: Mapping[str, Insert] = {
    "sqlite": sqlite.insert(kept_answers).on_conflict_do_nothing(
        index_elements=["digest"], index_where=UNFORGOTTEN
    ),
    "postgresql": postgresql.insert(kept_answers).on_conflict_do_nothing(
        index_elements=["digest"], index_where=UNFORGOTTEN
    ),
}
BY_DIGEST = select(kept_answers.c.id).where(kept_answers.c.digest == bindparam("same"), STANDS)
FORGET = (
    update(kept_answers)
    .where(THIS, STANDS)
    .values(forgotten_by=bindparam("who"), forgotten_at=bindparam("at"))
)
same = kept_answers.alias("same")
REMEMBER = (
    update(kept_answers)
    .where(
        THIS,
        kept_answers.c.forgotten_at.is_not(None),
        ~exists().where(same.c.digest == kept_answers.c.digest, same.c.forgotten_at.is_(None)),
    )
    .values(forgotten_by="", forgotten_at=None)
)
USE = insert(kept_uses)
USED_IN = (
    select(kept_uses.c.kept_id)
    .where(kept_uses.c.reply_id == bindparam("reply"))
    .distinct()
    .order_by(kept_uses.c.kept_id)
)


class KeptAnswers(Noun):
    __slots__ = ()

    def keep(self, new: NewKept) -> KeptId | None:
        """None where the very same words are kept already."""
        digest = self.vault.blind(folded(new.words.kept), purpose="kept_answers.words")
        row = {
            "enterprise_id": new.by.workspace.enterprise_id,
            "team_id": new.by.workspace.team_id,
            "case_id": new.case_id,
            "reply_id": new.reply_id,
            "topic": new.topic,
            "title": new.title.masked,
            "words": new.words.masked,
            "folded": folded(f"{new.title.masked}\n{new.words.masked}"),
            "words_sealed": self.vault.seal(new.words.kept, place=_place(new.reply_id)),
            "digest": digest,
            "kept_by": new.by.key,
            "kept_at": self.now,
            "forgotten_by": "",
        }
        if self.change(INSERT, row).rowcount != 1:
            return None
        return KeptId(self.conn.execute(BY_DIGEST, {"same": digest}).scalar_one())

    def get(self, kept_id: KeptId) -> KeptAnswer | None:
        row = self.conn.execute(GET, {"kept": kept_id}).one_or_none()
        return None if row is None else KeptAnswer(**self._facts(row))

    def of_reply(self, reply_id: ReplyId) -> KeptAnswer | None:
        """What was kept of it, and not forgotten."""
        row = self.conn.execute(OF_REPLY, {"reply": reply_id}).first()
        return None if row is None else KeptAnswer(**self._facts(row))

    def find(self, words: str, *, topic: str, most: int) -> list[CountedAnswer]:
        """Each of the words is in it. Of `topic` first, then those that helped most."""
        sought = [
            kept_answers.c.folded.like(
                bindparam(f"word_{number}", like_pattern(folded(word)), type_=Words), escape="\\"
            )
            for number, word in enumerate(words.split()[:MOST_WORDS])
        ]
        asked = {"topic": topic, "most": most, "quiet_since": self.now - QUIET_AFTER}
        found = self.conn.execute(FOUND.where(*sought), asked)
        return [
            CountedAnswer(**self._facts(row), used=row.used, helped=row.helped) for row in found
        ]

    def forget(self, kept_id: KeptId, by: PersonKey) -> bool:
        """False where it is forgotten already."""
        values = {"kept": kept_id, "who": by, "at": self.now}
        return self.change(FORGET, values).rowcount == 1

    def remember(self, kept_id: KeptId) -> bool:
        """False where it is not forgotten, or the same words were kept anew."""
        return self.change(REMEMBER, {"kept": kept_id}).rowcount == 1

    def use(
        self, kept_id: KeptId, *, case_id: CaseId, reply_id: ReplyId | None, by: PersonKey
    ) -> None:
        """An answer began with it: it counts once that went out. None: to be sent by hand."""
        row = {"kept_id": kept_id, "case_id": case_id, "reply_id": reply_id}
        self.change(USE, {**row, "person": by, "at": self.now})

    def used_in(self, reply_id: ReplyId) -> list[KeptId]:
        return [KeptId(number) for number in self.conn.scalars(USED_IN, {"reply": reply_id})]

    def _facts(self, row: Row[Any]) -> dict[str, Any]:
        return {
            "id": KeptId(row.id),
            "reply_id": ReplyId(row.reply_id),
            "case_id": CaseId(row.case_id),
            "topic": row.topic,
            "title": row.title,
            "words": self.vault.open(row.words_sealed, place=_place(row.reply_id)),
            "forgotten": row.forgotten_at is not None,
        }


def _place(reply_id: int) -> str:
    return f"kept_answers.words/{reply_id}"
