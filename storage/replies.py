"""Replies in the record: written once, and moved from state to state by one statement each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, insert, select, update

from bot.model.case import AnswerView
from bot.model.ids import ApprovalId, CaseId, PersonKey
from bot.model.reply import ENDED, GOING, NewReply, Reply, ReplyId, ReplyState, Sent, Way
from storage.noun import Noun
from storage.tables import mentions, replies
from storage.tables.types import Instant
from storage.vault import Vault

THIS = replies.c.id == bindparam("reply")
ALIVE = replies.c.state.not_in(sorted(each.value for each in ENDED))
GET = select(replies).where(THIS)
OF_CASE = select(replies).where(replies.c.case_id == bindparam("case")).order_by(replies.c.id)
ASKED = OF_CASE.where(replies.c.state == ReplyState.ASKED.value)
ON_THE_WAY = (
    select(replies.c.id)
    .where(replies.c.state.in_([state.value for state in GOING]))
    .order_by(replies.c.id)
)
CLEAR = (
    update(replies)
    .where(THIS, replies.c.state == ReplyState.ASKED.value)
    .values(state=ReplyState.CLEARED.value, reason="", approval_id=bindparam("approval"))
)
ASK = (
    update(replies)
    .where(THIS, replies.c.state.in_([state.value for state in GOING]))
    .values(state=ReplyState.ASKED.value, reason="", approval_id=None)
)
SENT = OF_CASE.where(replies.c.state == ReplyState.SENT.value)
NEWEST_WORDS = (
    select(func.max(mentions.c.received_at))
    .where(mentions.c.case_id == bindparam("case"))
    .scalar_subquery()
)
SPOKEN = select(
    exists().where(
        mentions.c.case_id == bindparam("case"),
        mentions.c.received_at > bindparam("since", type_=Instant),
    )
)
ANSWERED = select(
    exists().where(
        replies.c.case_id == bindparam("case"),
        replies.c.state == ReplyState.SENT.value,
        # Nothing was posted where the case was brought in.
        (replies.c.sent_at >= NEWEST_WORDS) | NEWEST_WORDS.is_(None),
    )
)
MOVE = (
    update(replies)
    .where(THIS, replies.c.state == bindparam("before"))
    .values(state=bindparam("after"), reason=bindparam("why"))
)
HELD = (
    update(replies)
    .where(THIS, ALIVE, replies.c.reason != bindparam("why"))
    .values(reason=bindparam("why"))
)
TRYING = (
    update(replies)
    .where(
        THIS,
        replies.c.state.in_([state.value for state in GOING]),
        replies.c.tries == bindparam("before"),
    )
    .values(
        state=ReplyState.SENDING.value,
        tried_at=func.coalesce(replies.c.tried_at, bindparam("at", type_=Instant)),
        tries=replies.c.tries + 1,
    )
)
UNTRIED = (
    update(replies)
    .where(
        THIS,
        replies.c.state == ReplyState.SENDING.value,
        replies.c.tries == bindparam("before") + 1,
    )
    .values(state=ReplyState.CLEARED.value, tried_at=None)
)
ARRIVED = (
    update(replies)
    # Also what was given up: whoever knows that it stands there knows better.
    .where(THIS, ALIVE | (replies.c.state == ReplyState.UNKNOWN.value))
    .values(
        state=ReplyState.SENT.value,
        reason="",
        sent_at=bindparam("at"),
        external_id=bindparam("number"),
        url=bindparam("address"),
    )
)


class Replies(Noun):
    __slots__ = ()

    def draft(self, new: NewReply) -> ReplyId:
        seal = self.vault.seal
        number = self.numbered(
            insert(replies),
            {
                "case_id": new.case_id,
                "way": new.way.value,
                "by_hand": new.by_hand,
                "post_id": new.post_id,
                "text_sealed": seal(new.text, place=_place("text", new.case_id)),
                "hash": new.hash,
                "author": new.author,
                "author_name_sealed": seal(new.author_name, place=_place("name", new.case_id)),
                "state": ReplyState.DRAFT.value,
                "reason": "",
                "made_at": self.now,
                "tries": 0,
                "external_id": "",
                "url": "",
            },
        )
        return ReplyId(number)

    def get(self, reply_id: ReplyId) -> Reply | None:
        row = self.conn.execute(GET, {"reply": reply_id}).one_or_none()
        return None if row is None else _reply(row, self.vault)

    def of_case(self, case_id: CaseId) -> list[Reply]:
        """All of them, oldest first."""
        return [_reply(row, self.vault) for row in self.conn.execute(OF_CASE, {"case": case_id})]

    def answers_all(self, case_id: CaseId) -> bool:
        """Whether something went out since the customer wrote last."""
        return bool(self.conn.scalar(ANSWERED, {"case": case_id}))

    def spoken_since(self, case_id: CaseId, since: datetime) -> bool:
        """Whether the customer, or whoever is in the case with them, wrote after that."""
        return bool(self.conn.scalar(SPOKEN, {"case": case_id, "since": since}))

    def asked(self, case_id: CaseId) -> Reply | None:
        """The one that waits for somebody's yes; a case has one at most."""
        rows = self.conn.execute(ASKED, {"case": case_id}).all()
        return _reply(rows[-1], self.vault) if rows else None

    def on_the_way(self) -> list[ReplyId]:
        """What may go as soon as nothing holds it."""
        return [ReplyId(number) for number in self.conn.scalars(ON_THE_WAY)]

    def move(
        self, reply_id: ReplyId, to: ReplyState, *, of: Iterable[ReplyState], reason: str = ""
    ) -> bool:
        """False where it is in none of those states any more."""
        values = {"reply": reply_id, "after": to.value, "why": reason}
        return any(
            self.change(MOVE, {**values, "before": state.value}).rowcount == 1 for state in of
        )

    def held(self, reply_id: ReplyId, reason: str) -> bool:
        """False where the same reason held it before."""
        return self.change(HELD, {"reply": reply_id, "why": reason}).rowcount == 1

    def clear(self, reply_id: ReplyId, by: ApprovalId) -> bool:
        """It goes out on that yes, and nothing else ever does: the table refuses it."""
        return self.change(CLEAR, {"reply": reply_id, "approval": by}).rowcount == 1

    def ask_again(self, reply_id: ReplyId) -> bool:
        """Its yes is none any more."""
        return self.change(ASK, {"reply": reply_id}).rowcount == 1

    def trying(self, reply: Reply) -> bool:
        """From now on the network may have it. False where somebody else took it up since."""
        values = {"reply": reply.id, "at": self.now, "before": reply.tries}
        return self.change(TRYING, values).rowcount == 1

    def untried(self, reply: Reply) -> bool:
        """The network has not taken it, for certain: `reply` as it was before that first try."""
        values = {"reply": reply.id, "before": reply.tries}
        return self.change(UNTRIED, values).rowcount == 1

    def sent(self, reply_id: ReplyId, sent: Sent) -> bool:
        """False when that is known already."""
        values = {"number": sent.external_id, "address": sent.url, "at": self.now}
        return self.change(ARRIVED, {"reply": reply_id, **values}).rowcount == 1

    def handed(self, reply_id: ReplyId) -> bool:
        """False when its author has it already."""
        values = {"reply": reply_id, "after": ReplyState.HANDED.value, "why": ""}
        return self.change(MOVE, {**values, "before": ReplyState.CLEARED.value}).rowcount == 1

    def views(self, case_id: CaseId) -> list[AnswerView]:
        return [
            AnswerView(
                at=row.sent_at,
                by_name=self.vault.open(row.author_name_sealed, place=_place("name", row.case_id)),
                way=Way(row.way),
                url=row.url,
            )
            for row in self.conn.execute(SENT, {"case": case_id})
        ]


def _reply(row: Row[Any], vault: Vault) -> Reply:
    return Reply(
        id=ReplyId(row.id),
        case_id=CaseId(row.case_id),
        way=Way(row.way),
        text=vault.open(row.text_sealed, place=_place("text", row.case_id)),
        hash=row.hash,
        author=PersonKey(row.author),
        author_name=vault.open(row.author_name_sealed, place=_place("name", row.case_id)),
        state=ReplyState(row.state),
        made_at=row.made_at,
        reason=row.reason,
        tried_at=row.tried_at,
        tries=row.tries,
        approval_id=None if row.approval_id is None else ApprovalId(row.approval_id),
        external_id=row.external_id,
        url=row.url,
        by_hand=row.by_hand,
        post_id=row.post_id,
    )


def _place(column: str, case_id: int) -> str:
    return f"replies.{column}/{case_id}"
