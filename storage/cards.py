"""Where a case's card stands in Slack, so that the next edit finds it."""

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy import cast as sql_cast

from bot.model.delivery import Card
from bot.model.ids import CaseId
from storage.noun import Noun, upsert
from storage.tables import cards, cases
from storage.tables.types import Instant, Words

WHERE = select(cards.c.channel_id, cards.c.ts).where(cards.c.case_id == bindparam("case"))
# The workspace is the case's own, so nobody can get it wrong.
PLACED = upsert(
    cards,
    on=("case_id",),
    select=(
        ("case_id", "enterprise_id", "team_id", "channel_id", "ts", "placed_at"),
        select(
            cases.c.id,
            cases.c.enterprise_id,
            cases.c.team_id,
            bindparam("channel", type_=Words),
            bindparam("message", type_=Words),
            sql_cast(bindparam("at", type_=Instant), BigInteger),
        ).where(cases.c.id == bindparam("case")),
    ),
    setting=lambda new: {
        "channel_id": new.channel_id,
        "ts": new.ts,
        "placed_at": new.placed_at,
    },
)


class Cards(Noun):
    __slots__ = ()

    def where(self, case_id: CaseId) -> Card | None:
        row = self.conn.execute(WHERE, {"case": case_id}).one_or_none()
        return None if row is None else Card(channel_id=row.channel_id, ts=row.ts)

    def placed(self, case_id: CaseId, card: Card) -> None:
        self.change(
            PLACED,
            {"case": case_id, "channel": card.channel_id, "message": card.ts, "at": self.now},
        )
