"""Personal data in the clear: for one person, for a time, with what for, and all of it on record.

The words go from the vault into that person's page and nowhere else: an answer that is kept says
only that there is a page, and they are read once, for the very visit that asked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.acts import Acts, allowed, existing_view
from bot.care.obligations import Brought
from bot.care.telling import tell
from bot.care.wording import quoted, shortened
from bot.compliance import Action, Decision, Guard, ObligationKind, Sink, worded
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, VisitKey
from bot.model.person import CLOCKWORK
from bot.model.reveal import Reveal, RevealId, RevealPage
from bot.model.visit import Answer, Form, Visit
from bot.slack.channel import SlackChannel
from bot.slack.forms import reveal as asking
from bot.slack.forms import revealed
from storage.unit_of_work import UnitOfWork

USUAL_SECONDS = 300
"""Where the policy names no time box: what is in the clear never stays for good."""
MOST_WORDS = 500
MOST_TOLD = 20
PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class Reveals:
    acts: Acts
    guard: Guard
    slack: SlackChannel

    async def reveal(self, case_id: CaseId, reason: str, *, visit: Visit) -> Answer:
        """The answer asks for the page, or for the form that asks what for."""
        said = worded(reason)

        def verb(unit: UnitOfWork) -> Answer:
            view = existing_view(unit, case_id)
            owed = self.acts.weigh(unit, visit.by, Action.REVEAL, view.case)
            if view.blanked_by:
                raise Refusal(_BLANKED.format(case=case_id), "reveal-blanked")
            if owed.asks(ObligationKind.REASON) and not any(map(str.isalnum, said)):
                line = allowed("reveal.form_shown", owed, by=visit.by, case_id=case_id)
                unit.commit(line)
                return Answer("What do you need it for?", form=Form(asking.NAME, case_id))
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
            if not unit.reveals.show(found.id):
                return _over(found)
            facts = (("reveal", str(found.id)),)
            unit.commit(AuditEntry("reveal.shown", found.by, found.case_id, facts=facts))
            said = unit.reveals.in_clear(found.case_id)
            return RevealPage(found.case_id, found.external_id, found.until, said)

        return self.guard.clear(await self.acts.db.write(draw), sink=Sink.REVEAL)

    async def close(self, subject: str) -> None:
        """The courier's: its time is over, and the page says so instead of the words."""
        reveal_id = RevealId(int(subject))
        found = await self.acts.db.read(lambda unit: unit.reveals.get(reveal_id))
        if found is None or found.closed_at is not None:
            return
        page = revealed.view(self.guard.clear(_over(found), sink=Sink.REVEAL))
        there = await self.slack.replace_page(found.external_id, page)
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


def tell_privacy(unit: UnitOfWork, guard: Guard, since: datetime) -> None:
    """Every look since then, to each who looks after privacy; nothing where there was none."""
    looks = unit.reveals.since(since)
    if not looks:
        return
    times = "once" if len(looks) == 1 else f"{len(looks)} times"
    lines = [f"Personal data was seen in the clear {times} since {since:%d %B, %H:%M} UTC:"]
    lines += [_told(each) for each in looks[:MOST_TOLD]]
    if len(looks) > MOST_TOLD:
        lines.append(f"And {len(looks) - MOST_TOLD} more; the record has them all.")
    text = guard.clear("\n".join(lines))
    for role, person in unit.roles.held():
        if role == PRIVACY:
            tell(unit, person, text)


def _told(look: Reveal) -> str:
    why = quoted(look.reason) if look.reason else "no reason was asked"
    return f"Case {look.case_id}, by {look.by_name or 'a colleague'}: {why}"


def _seconds(owed: Decision) -> int:
    boxes = [each.seconds for each in owed.asks(ObligationKind.TIME_BOX)]
    return min(boxes, default=USUAL_SECONDS)


def _over(found: Reveal) -> RevealPage:
    return RevealPage(found.case_id, found.external_id, found.until)


_BLANKED = (
    "A coordinator took the words of case {case} off the channel, and they are shown to nobody in "
    "the clear any more. `/case {case}` shows them masked."
)
