"""Personal data in the clear: for one person, for a time, with what for, and all of it on record.

The words go from the vault into that person's page and nowhere else: an answer that is kept says
only that there is a page, and they are read once, for the very visit that asked.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.care.acts import Acts, allowed, existing_view
from bot.care.obligations import Brought
from bot.care.privacy import has_privacy
from bot.care.reasons import is_reason
from bot.care.wording import shortened
from bot.compliance import Action, Decision, Guard, ObligationKind, Sink, worded
from bot.errors import Refusal, Unavailable
from bot.model.audit import AuditEntry
from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, VisitKey
from bot.model.person import CLOCKWORK
from bot.model.reveal import Reveal, RevealId, RevealPage
from bot.model.visit import Answer, Form, Visit
from bot.slack.border import PARTY
from bot.slack.channel import SlackChannel
from bot.slack.forms import reveal as asking
from bot.slack.forms import revealed
from storage.unit_of_work import UnitOfWork

USUAL_SECONDS = 300
"""Where the policy names no time box: what is in the clear never stays for good."""
MOST_WORDS = 500
OPENING, AGAIN = timedelta(minutes=1), 10.0
"""So long after it was asked for a page may still open; and seconds until we look once more."""


@dataclass(frozen=True, slots=True)
class Reveals:
    acts: Acts
    guard: Guard
    slack: SlackChannel

    async def reveal(self, case_id: CaseId, reason: str, *, visit: Visit) -> Answer:
        """The answer asks for the page, or for the form that asks what for."""
        said, visit = worded(reason), await self.acts.anew(visit)

        def verb(unit: UnitOfWork) -> Answer:
            view = existing_view(unit, case_id)
            owed = self.acts.weigh(unit, visit.by, Action.REVEAL, view.case)
            if view.blanked_by:
                raise Refusal(_BLANKED.format(case=case_id), "reveal-blanked")
            if owed.asks(ObligationKind.REASON) and not is_reason(said):
                line = allowed("reveal.form_shown", owed, by=visit.by, case_id=case_id)
                unit.commit(line)
                read = ((asking.READ, "yes"),) if has_privacy(unit) else ()
                form = Form(asking.NAME, case_id, filled=read)
                return Answer("What do you need it for?", form=form)
            seconds = _seconds(owed)
            brought = Brought(reason=said, closes_after=seconds)
            decision = self.acts.decide(unit, visit.by, Action.REVEAL, view.case, brought=brought)
            self._shown(unit, case_id, said, decision, visit, timedelta(seconds=seconds))
            text = f"The words of case {case_id} in the clear are for your eyes alone."
            return Answer(text, form=Form(revealed.NAME, case_id))

        return await self.acts.run(visit, Action.REVEAL, verb, case_id=case_id)

    async def page(self, slip: VisitKey, case_id: CaseId | None) -> Cleared[RevealPage]:
        """For that very visit, once and in time with the words; else it says that it is over."""

        def draw(unit: UnitOfWork) -> RevealPage:
            found = unit.reveals.of_visit(slip)
            if found is None:
                return RevealPage(case_id or CaseId(0), "", unit.now)
            if not _in_channels(unit, found.case_id) or not unit.reveals.show(found.id):
                return _over(found)
            facts = (("reveal", str(found.id)),)
            unit.commit(AuditEntry("reveal.shown", found.by, found.case_id, facts=facts))
            said = unit.reveals.in_clear(found.case_id)
            return RevealPage(found.case_id, found.external_id, found.until, said)

        return self.guard.clear(await self.acts.db.write(draw), sink=Sink.REVEAL)

    async def close(self, subject: str) -> None:
        """The courier's: its time is over, and the page says so instead of the words.

        Or its case was blanked, perhaps while Slack was opening the page: it is there soon then.
        """
        reveal_id = RevealId(int(subject))
        found, now = await self.acts.db.read(lambda unit: (unit.reveals.get(reveal_id), unit.now))
        if found is None or found.closed_at is not None:
            return
        page = revealed.view(self.guard.clear(_over(found), sink=Sink.REVEAL))
        there = await self.slack.replace_page(found.external_id, page)
        if not there and now < min(found.until, found.at + OPENING):
            raise Unavailable(PARTY, "the page is not there yet", retry_after=AGAIN)
        facts = (("reveal", str(reveal_id)), ("page", "there" if there else "gone"))

        def note(unit: UnitOfWork) -> None:
            if unit.reveals.close(reveal_id):
                unit.commit(AuditEntry("reveal.closed", CLOCKWORK.key, found.case_id, facts=facts))

        await self.acts.db.write(note)

    def _shown(
        self,
        unit: UnitOfWork,
        case_id: CaseId,
        said: str,
        decision: Decision,
        visit: Visit,
        lasts: timedelta,
    ) -> None:
        unit.people.seen(visit.by)
        reason = self.guard.guard(shortened(said, MOST_WORDS))
        made = unit.reveals.ask(
            case_id, by=visit.by.key, reason=reason, lasts=lasts, visit=visit.key
        )
        unit.deliveries.want(DeliveryKind.REVEAL, made.id, delay=lasts.total_seconds())
        until = made.until.isoformat(timespec="seconds")
        facts = (("reveal", str(made.id)), ("until", until))
        unit.commit(
            allowed("customer.revealed", decision, by=visit.by, case_id=case_id, facts=facts)
        )


def _seconds(owed: Decision) -> int:
    boxes = [each.seconds for each in owed.asks(ObligationKind.TIME_BOX)]
    return min(boxes, default=USUAL_SECONDS)


def close_all_of(unit: UnitOfWork, case_id: CaseId) -> None:
    """Whoever reads it in the clear now does so no longer."""
    for reveal_id in unit.reveals.open_of(case_id):
        unit.deliveries.want(DeliveryKind.REVEAL, reveal_id)


def _in_channels(unit: UnitOfWork, case_id: CaseId) -> bool:
    """As when it was asked for: neither blanked since, nor gone on in another case."""
    view = unit.cases.view(case_id)
    return view is not None and not view.blanked_by and view.case.merged_into is None


def _over(found: Reveal) -> RevealPage:
    return RevealPage(found.case_id, found.external_id, found.until)


_BLANKED = (
    "A coordinator took the words of case {case} off the channel, and they are shown to nobody in "
    "the clear any more. `/case {case}` shows them masked."
)
