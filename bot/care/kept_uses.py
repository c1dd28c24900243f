"""Kept answers found again and used: they fill the form of a reply, and nothing more.

What was filled in goes the way of any words: seen before, guarded, approved where the policy says
so, and bound to its own text.
"""

from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed, existing
from bot.care.kept_answers import there
from bot.care.kept_words import filled
from bot.care.replies import Replies
from bot.care.reusing import Reusing
from bot.care.wording import shortened
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.ids import CaseId, KeptId
from bot.model.kept_answer import CountedAnswer
from bot.model.reply import Way
from bot.model.visit import Answer, Offer, Part, Visit
from storage.unit_of_work import Records, UnitOfWork

MOST = 5
"""So many fit a phone with their buttons; one word more finds fewer."""
MOST_SHOWN = 300
NOTHING_KEPT = (
    "No answer is kept yet. Coordinators and approvers keep one that went out, by the button where "
    "they read that it did, or with `/reply keep {case}`."
)
NOT_FOUND = "No kept answer has these words. Try fewer, or `/reply find {case}` for all of them."
OWN_WORDS = "/reply {case} – the form, for words of your own"
MORE = "There are more: one word more finds fewer."


@dataclass(frozen=True, slots=True)
class KeptUses:
    acts: Acts
    replies: Replies
    reusing: Reusing

    async def find(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        """Counted beside the writer, since it may take a while; decided and recorded there."""

        def count(unit: Records) -> tuple[str, list[CountedAnswer]]:
            self.acts.weigh(unit, visit.by, Action.FIND_ANSWER, None)
            topic = existing(unit, case_id).route
            return topic, unit.kept_answers.find(words, topic=topic, most=MOST + 1)

        try:
            topic, found = await self.acts.db.read(count)
        except Refusal as no:
            return await self.acts.refused(no, visit=visit, action=Action.FIND_ANSWER)

        def see(unit: Records) -> tuple[Answer, AuditEntry]:
            decision = self.acts.decide(unit, visit.by, Action.FIND_ANSWER, None)
            counted = (("found", str(min(len(found), MOST))),)
            line = allowed("answer.searched", decision, by=visit.by, case_id=case_id, facts=counted)
            more = (MORE,) if len(found) > MOST else ()
            lines = (*more, OWN_WORDS.format(case=case_id))
            if not found:
                nothing = NOT_FOUND if words.strip() else NOTHING_KEPT
                return Answer(nothing.format(case=case_id), lines=lines), line
            may_keep = self.reusing.may(unit, visit.by)
            parts = tuple(_part(each, case_id, may_keep=may_keep) for each in found[:MOST])
            heading = f"Kept answers for case {case_id}, those on {topic} first:"
            return Answer(heading, lines=lines, parts=parts), line

        return await self.acts.look(visit, Action.FIND_ANSWER, see, case_id=case_id)

    async def use(self, kept_id: KeptId, case_id: CaseId, *, visit: Visit) -> Answer:
        """The form of a reply, with these words in it."""

        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.FIND_ANSWER, None)
            kept = there(unit, kept_id)
            asked = self.replies.written(unit, case_id, "", way=Way.PUBLIC, visit=visit)
            if asked.form is None:
                return asked
            facts = (("kept", str(kept_id)),)
            unit.commit(
                allowed("answer.opened", decision, by=visit.by, case_id=case_id, facts=facts)
            )
            words = filled(kept.words, handle=case.author.handle)
            told = (*asked.form.filled, ("kept", str(kept_id)))
            return replace(asked, form=replace(asked.form, words=words, filled=told))

        return await self.acts.run(visit, Action.FIND_ANSWER, verb, case_id=case_id)

    async def write(
        self, kept_id: KeptId, case_id: CaseId, words: str, *, way: str, visit: Visit
    ) -> Answer:
        """As `Replies.write`, for words that began with a kept answer, changed since or not.

        One that was forgotten meanwhile is refused: whoever took it back had a reason.
        """

        def verb(unit: UnitOfWork) -> Answer:
            there(unit, kept_id)
            answer = self.replies.written(unit, case_id, words, way=way, visit=visit)
            # Given to copy: whether it was sent nobody tells us, so it counts.
            drafts = [] if answer.copy else unit.replies.of_case(case_id)
            mine = [each.id for each in drafts if each.author == visit.by.key]
            reply_id = mine[-1] if mine else None
            unit.kept_answers.use(kept_id, case_id=case_id, reply_id=reply_id, by=visit.by.key)
            if reply_id is None:
                facts = (("kept", str(kept_id)), ("reply", "by hand"))
                unit.commit(AuditEntry("answer.used", visit.by.key, case_id, facts=facts))
            return answer

        return await self.acts.run(visit, Action.DRAFT_REPLY, verb, case_id=case_id)


def _part(kept: CountedAnswer, case_id: CaseId, *, may_keep: bool) -> Part:
    times = "1 time" if kept.used == 1 else f"{kept.used} times"
    head = f"{kept.title} · {kept.topic} · used {times}, helped {kept.helped}"
    use = Offer("Use", "use_answer", f"{kept.id} {case_id}")
    forget = (Offer("Forget", "forget_answer", str(kept.id)),) if may_keep else ()
    return Part(f"{head}\n“{shortened(kept.words, MOST_SHOWN)}”", (use, *forget))
