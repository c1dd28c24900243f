"""The register of complaints for who may read it: its totals, and a page of cases at a time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from bot.care.acts import Acts, allowed
from bot.care.complaint_totals import Totals, since_of, table, totals_of
from bot.care.wording import ago
from bot.compliance import Action
from bot.errors import Misconfigured, Refusal
from bot.model.audit import AuditEntry
from bot.model.complaint import Complaint, Grievance, Promise
from bot.model.ids import CaseId
from bot.model.person import CLOCKWORK
from bot.model.visit import Answer, Offer, Visit
from bot.slack.forms.complaint import DISPOSITIONS, NATURES
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

PAGE = 10
MOST_COUNTED = 12
EVER = datetime(1970, 1, 1, tzinfo=UTC)
OPEN, LATE, SINCE = "open", "late", "since"
MORE = "complaint_list"
"""The button of the next page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which complaints somebody asked for; `said` is how they said since when."""

    since: datetime = EVER
    said: str = ""
    open: bool = False
    late: bool = False

    @property
    def typed(self) -> str:
        words = (OPEN if self.open else "", LATE if self.late else "")
        when = (SINCE, self.said) if self.said else ()
        return " ".join(word for word in (*words, *when) if word)


@dataclass(frozen=True, slots=True)
class _Found:
    wanted: Wanted
    totals: Totals
    shown: tuple[Complaint, ...]
    holders: tuple[str, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ComplaintRegister:
    acts: Acts
    promise: Promise
    zone: tzinfo

    async def show(self, typed: str, *, visit: Visit, after: CaseId | None = None) -> Answer:
        """`typed` may say open, late, or since when; `after` is the last case of the page before.

        Read beside the writer, since it may take a while; decided and recorded there.
        """
        action = Action.READ_COMPLAINTS

        def look(unit: Records) -> _Found:
            self.acts.weigh(unit, visit.by, action, None)
            return self._found(unit, self._wanted(typed), after)

        try:
            found = await self.acts.db.read(look)
        except Refusal as no:
            return await self.acts.refused(no, visit=visit, action=action)

        def see(unit: Records) -> tuple[Answer, AuditEntry]:
            decision = self.acts.decide(unit, visit.by, action, None)
            facts = (("cases", str(len(found.shown))), ("which", found.wanted.typed or "all"))
            line = allowed("complaint.listed", decision, by=visit.by, facts=facts)
            answer = self._answer(found, unit.now, first=after is None)
            return replace(answer, replaces=after is not None), line

        return await self.acts.look(visit, action, see)

    def _wanted(self, typed: str) -> Wanted:
        wanted, words = Wanted(), typed.casefold().split()
        while words:
            match words:
                case ["open", *words]:
                    wanted = replace(wanted, open=True)
                case ["late", *words]:
                    wanted = replace(wanted, late=True)
                case ["since", said, *words]:
                    wanted = replace(wanted, since=since_of(said, self.zone), said=said)
                case _:
                    raise Refusal(
                        "I know open, late and since, such as /case complaints open or "
                        "/case complaints since 2026-01.",
                        "complaints-which",
                    )
        return wanted

    def _found(self, unit: Records, wanted: Wanted, after: CaseId | None) -> _Found:
        rows, now = unit.complaints.since(wanted.since), unit.now
        fit = [one for one in rows if self._fits(one, wanted, now)]
        last = unit.complaints.get(after) if after is not None else None
        if last is not None:
            end = (last.received_at, last.case_id)
            fit = [one for one in fit if (one.received_at, one.case_id) < end]
        shown = tuple(fit[:PAGE])
        holders = tuple(unit.people.name(one.holder) if one.holder else "" for one in shown)
        totals = totals_of(rows, self.promise, now)
        return _Found(wanted, totals, shown, holders, len(fit) > PAGE)

    def _fits(self, one: Complaint, wanted: Wanted, now: datetime) -> bool:
        is_open = one.settled_at is None
        return (is_open or not wanted.open) and (self.promise.late(one, now) or not wanted.late)

    def _answer(self, found: _Found, now: datetime, *, first: bool) -> Answer:
        when = f" since {found.wanted.said}" if found.wanted.said else ""
        kind = " ".join(found.wanted.typed.partition(SINCE)[0].split())
        what = f"{kind} complaints" if kind else "complaints"
        if not found.shown:
            nothing = f"No {what}{when} stand in the register, and nothing is to be decided."
            return Answer(nothing if first else "Nothing more is there now.")
        lines = [
            self._line(one, holder, now)
            for one, holder in zip(found.shown, found.holders, strict=True)
        ]
        counted = _counted(found.totals) if first and not kind else ()
        heading = _heading(found.totals, when) if first and not kind else f"{what}{when}:"
        last = f"{found.shown[-1].case_id} {found.wanted.typed}".strip()
        more = (Offer("More", MORE, last),) if found.more else ()
        return Answer(heading[:1].upper() + heading[1:], lines=(*counted, *lines), offers=more)

    def _line(self, one: Complaint, holder: str, now: datetime) -> str:
        if one.answer is Grievance.UNSURE:
            said = f"to be decided: /case complaint {one.case_id}"
        else:
            nature = NATURES[one.nature] if one.nature else ""
            said = ", ".join(word for word in (one.line, nature.lower(), one.product) if word)
        words = [f"Case {one.case_id}", said, f"received {ago(one.received_at, now)} ago"]
        if one.settled_at and one.disposition:
            words.append(DISPOSITIONS[one.disposition].lower())
        else:
            words.append(f"with {holder}" if holder else "nobody holds it")
            words.append("answered" if one.acknowledged_at else "not answered yet")
        if self.promise.late(one, now):
            words.append("LATE")
        return " · ".join(words)


def _heading(totals: Totals, when: str) -> str:
    said = [f"Complaints{when}: {totals.total}, of them {totals.open} open."]
    said.append(f"Late: {totals.late}. To be decided: {totals.undecided}.")
    if totals.median_days is not None:
        said.append(f"Half of those settled took {_days(totals.median_days)} or less.")
    return " ".join(said)


def _days(days: float) -> str:
    return "a day" if days <= 1 else f"{days:.0f} days"


def _counted(totals: Totals) -> tuple[str, ...]:
    counts = {
        "By line": totals.by_line,
        "By nature": totals.by_nature,
        "By how it ended": totals.by_disposition,
    }
    return tuple(
        f"{heading}: {', '.join(f'{word} {number}' for word, number in found[:MOST_COUNTED])}"
        for heading, found in counts.items()
        if found
    )


def since_when(typed: str, zone: tzinfo) -> datetime:
    """Ever, where nothing is said. Raises `Misconfigured` for what is no day."""
    try:
        return since_of(typed, zone) if typed else EVER
    except Refusal as no:
        raise Misconfigured((f"--since: {no.sentence}",)) from no


async def export(db: Database, promise: Promise, since: datetime) -> str:
    """The register since then as CSV, and on record that it left by the operator's hand."""

    def work(unit: UnitOfWork) -> str:
        rows = unit.complaints.since(since)
        total = sum(one.answer is Grievance.YES for one in rows)
        facts = (("since", since.isoformat()), ("cases", str(total)))
        unit.commit(AuditEntry("complaint.exported", CLOCKWORK.key, facts=facts))
        return table(rows, promise, unit.now)

    return await db.write(work)
