"""The register of complaints in numbers, and as a table for whoever examines it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from bot.errors import Refusal
from bot.model.complaint import Complaint, Grievance, Promise
from bot.slack.forms.complaint import DISPOSITIONS, NATURES

DAY = timedelta(days=1)
COLUMNS = (
    *("case", "received_at", "line", "nature", "product", "first_answered_at"),
    *("settled_at", "days_to_settle", "disposition", "late"),
)
_SINCE = re.compile(r"(2[0-9]{3})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", re.ASCII)
_FORMULA = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula."""

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """`total` are complaints alone; `undecided` are cases of which somebody is not sure."""

    total: int
    open: int
    late: int
    undecided: int
    by_line: Counts
    by_nature: Counts
    by_disposition: Counts
    median_days: float | None
    """From the customer's first words to the end; None where nothing has ended yet."""


def totals_of(rows: Sequence[Complaint], promise: Promise, now: datetime) -> Totals:
    found = [one for one in rows if one.answer is Grievance.YES]
    took = [one.settled_at - one.received_at for one in found if one.settled_at]
    return Totals(
        total=len(found),
        open=sum(one.settled_at is None for one in found),
        late=sum(promise.late(one, now) for one in rows if one.answer is not Grievance.NO),
        undecided=sum(one.answer is Grievance.UNSURE for one in rows),
        by_line=_counted(one.line for one in found),
        by_nature=_counted(NATURES[one.nature] for one in found if one.nature),
        by_disposition=_counted(
            DISPOSITIONS[one.disposition] for one in found if one.settled_at and one.disposition
        ),
        median_days=median(time / DAY for time in took) if took else None,
    )


def _counted(words: Iterable[str]) -> Counts:
    """The most frequent first."""
    return tuple(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def since_of(typed: str, zone: tzinfo) -> datetime:
    """The beginning of that year, month or day by the organisation's clock, in UTC."""
    found = _SINCE.fullmatch(typed)
    try:
        # What is no day at all reads as one that no calendar has.
        parts = (part or "1" for part in found.groups()) if found else "000"
        year, month, day = map(int, parts)
        return datetime(year, month, day, tzinfo=zone).astimezone(UTC)
    except ValueError as wrong:
        sentence = "I read since when as a year, a month or a day, such as 2026, 2026-01, "
        raise Refusal(f"{sentence}2026-01-31.", "complaints-since") from wrong


def table(rows: Iterable[Complaint], promise: Promise, now: datetime) -> str:
    """As CSV, the oldest first: complaints alone, masked, and no cell that computes."""
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(rows, key=lambda each: (each.received_at, each.case_id)):
        if one.answer is Grievance.YES:
            writer.writerow([harmless(cell) for cell in _cells(one, promise, now)])
    return paper.getvalue()


def _cells(one: Complaint, promise: Promise, now: datetime) -> tuple[str, ...]:
    took = f"{(one.settled_at - one.received_at) / DAY:.1f}" if one.settled_at else ""
    return (
        str(one.case_id),
        _hour(one.received_at),
        one.line,
        str(one.nature or ""),
        one.product,
        _hour(one.acknowledged_at),
        _hour(one.settled_at),
        took,
        str(one.disposition or "") if one.settled_at else "",
        "yes" if promise.late(one, now) else "no",
    )


def _hour(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def harmless(cell: str) -> str:
    """With a quote before what a spreadsheet would compute."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000\ufeff")[:1] in tuple(_FORMULA) else cell
