"""A period in figures: counts over the record, without a single name."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, select, type_coerce

from bot.model.case import CaseState
from bot.model.digest import DigestFigures, PeriodFigures
from bot.model.ids import CaseId
from storage.cards import is_blanked
from storage.case_rows import UNMERGED
from storage.mentions import MENTIONS, mention_of
from storage.noun import Noun
from storage.tables import cases, handoffs, mentions, storms

MOST_WORDS = 8
MOST_STUCK = 20
MICROSECONDS_A_MINUTE = 60_000_000

COUNT = func.count()
WAITS = cases.c.state == CaseState.OPEN.value, cases.c.holder.is_(None)


def _within(moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return (moment >= bindparam("since")) & (moment < bindparam("until"))


CLAIMED = _within(cases.c.first_claimed_at) & UNMERGED
OPENED = _within(cases.c.opened_at) & UNMERGED
WAIT = type_coerce(cases.c.first_claimed_at, BigInteger) - type_coerce(
    cases.c.opened_at, BigInteger
)
COUNTS = select(
    select(COUNT).where(_within(mentions.c.received_at)).scalar_subquery(),
    select(func.count(mentions.c.author_id.distinct()))
    .where(_within(mentions.c.received_at))
    .scalar_subquery(),
    select(COUNT).where(OPENED).scalar_subquery(),
    select(COUNT).where(CLAIMED).scalar_subquery(),
    select(COUNT).where(_within(cases.c.resolved_at)).scalar_subquery(),
)
# The one or two in the middle.
MIDDLE = (
    select(WAIT).where(CLAIMED).order_by(WAIT).offset(bindparam("skip")).limit(bindparam("take"))
)
BY_ROUTE = (
    select(cases.c.route, COUNT)
    .where(OPENED)
    .group_by(cases.c.route)
    .order_by(COUNT.desc(), cases.c.route)
)
BY_KIND = (
    select(handoffs.c.kind, COUNT)
    .where(_within(handoffs.c.asked_at))
    .group_by(handoffs.c.kind)
    .order_by(COUNT.desc(), handoffs.c.kind)
)
WAITING = select(COUNT).select_from(cases).where(*WAITS)
STUCK = (
    select(cases.c.id, cases.c.route, cases.c.opened_at)
    .where(*WAITS, cases.c.opened_at < bindparam("before"))
    .order_by(cases.c.opened_at, cases.c.id)
    .limit(MOST_STUCK)
)
WORDS = (
    MENTIONS.where(_within(mentions.c.received_at), ~is_blanked(mentions.c.case_id))
    .order_by(mentions.c.received_at.desc(), mentions.c.id.desc())
    .limit(MOST_WORDS)
)


STORMS = (
    select(storms.c.channel, COUNT, COUNT.filter(*WAITS))
    .join_from(storms, cases, cases.c.storm_id == storms.c.id)
    .where(
        UNMERGED,
        storms.c.opened_at < bindparam("until"),
        storms.c.ended_at.is_(None) | (storms.c.ended_at >= bindparam("since")),
    )
    .group_by(storms.c.id, storms.c.channel)
    .order_by(storms.c.id)
)


class Digests(Noun):
    __slots__ = ()

    def figures(self, since: datetime, until: datetime, stuck_before: datetime) -> DigestFigures:
        """`since` belongs to the period, `until` does not. Stuck: at most 20, the oldest first."""
        period = {"since": since, "until": until}
        these = self._period(since, until)
        stuck = self.conn.execute(STUCK, {"before": stuck_before})
        words = self.conn.execute(WORDS, period).all()
        return DigestFigures(
            mentions=these.mentions,
            customers=these.customers,
            cases_opened=these.cases_opened,
            by_route=self._pairs(BY_ROUTE, period),
            claimed=these.claimed,
            resolved=these.resolved,
            median_wait_minutes=these.median_wait_minutes,
            waiting_now=self.conn.execute(WAITING).scalar_one(),
            stuck=tuple(
                (CaseId(row.id), row.route, int((self.now - row.opened_at).total_seconds() // 3600))
                for row in stuck
            ),
            handoffs_by_kind=self._pairs(BY_KIND, period),
            words=tuple(mention_of(row, self.vault) for row in words),
            previous=self._period(since - (until - since), since),
            storms=tuple(
                (channel, count, waiting)
                for channel, count, waiting in self.conn.execute(STORMS, period)
            ),
        )

    def _period(self, since: datetime, until: datetime) -> PeriodFigures:
        period = {"since": since, "until": until}
        said, customers, opened, claimed, resolved = self.conn.execute(COUNTS, period).one()
        return PeriodFigures(
            mentions=said,
            customers=customers,
            cases_opened=opened,
            claimed=claimed,
            resolved=resolved,
            median_wait_minutes=self._median(claimed, period),
        )

    def _median(self, count: int, period: dict[str, Any]) -> float | None:
        if count == 0:
            return None
        middle = {"skip": (count - 1) // 2, "take": 2 - count % 2}
        waits = self.conn.scalars(MIDDLE, period | middle).all()
        return sum(waits) / len(waits) / MICROSECONDS_A_MINUTE

    def _pairs(self, query: Any, period: dict[str, Any]) -> tuple[tuple[str, int], ...]:
        return tuple((name, count) for name, count in self.conn.execute(query, period))
