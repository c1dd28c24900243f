"""Where a case's card stands in Slack, so that the next edit finds it."""

from sqlalchemy import BigInteger, ColumnElement, bindparam, exists, select, update
from sqlalchemy import cast as sql_cast

from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId, PersonKey
from bot.model.lanes import EDIT
from storage.deliveries import Deliveries
from storage.noun import Noun, upsert
from storage.tables import cards, cases
from storage.tables.types import Instant, Words

THIS = cards.c.case_id == bindparam("case")
STANDS = cards.c.ts != ""
WHERE = select(cards.c.channel_id, cards.c.ts).where(THIS, STANDS)
AT = select(cards.c.case_id).where(
    cards.c.channel_id == bindparam("channel"), cards.c.ts == bindparam("message")
)
# The row stays, since a card that was blanked is blank wherever it is posted anew.
GONE = update(cards).where(THIS).values(ts="")
BLANK = update(cards).where(THIS).values(blanked_by=bindparam("by"))
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


def is_blanked(case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a coordinator took the words of this case off the channel."""
    return exists().where(cards.c.case_id == case_id, cards.c.blanked_by != "")


class Cards(Noun):
    __slots__ = ()

    def where(self, case_id: CaseId) -> Card | None:
        row = self.conn.execute(WHERE, {"case": case_id}).one_or_none()
        return None if row is None else Card(channel_id=row.channel_id, ts=row.ts)

    def at(self, place: Card) -> CaseId | None:
        """The case whose card stands there, which is also what its thread is about."""
        where = {"channel": place.channel_id, "message": place.ts}
        found = self.conn.scalars(AT, where).one_or_none()
        return None if found is None else CaseId(found)

    def placed(self, case_id: CaseId, card: Card) -> None:
        """From now on it is edited there."""
        self.change(
            PLACED,
            {"case": case_id, "channel": card.channel_id, "message": card.ts, "at": self.now},
        )
        Deliveries(self.scope).relane(DeliveryKind.CARD, case_id, EDIT)

    def gone(self, case_id: CaseId) -> None:
        """Its message can be edited no more: the next courier posts another one."""
        self.change(GONE, {"case": case_id})

    def blank(self, case_id: CaseId, *, by: PersonKey) -> None:
        """Its words are to leave the channel for good, also where it has no card yet."""
        if self.change(BLANK, {"case": case_id, "by": by}).rowcount == 0:
            self.change(PLACED, {"case": case_id, "channel": "", "message": "", "at": self.now})
            self.change(BLANK, {"case": case_id, "by": by})
