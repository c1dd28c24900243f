"""Answers kept for others to use again: what went out once, without whom it was for.

Keeping gives no clearance: whoever uses one sends it as any words of their own (kept_uses.py).
"""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing, needed
from bot.care.answering import Answering
from bot.care.kept_words import HANDLE, bare, computes, general, unnamed
from bot.care.reusing import WENT
from bot.care.wording import shortened
from bot.compliance import Action, Guard, Sink
from bot.errors import Refusal
from bot.model.guarded import Guarded
from bot.model.ids import CaseId, KeptId
from bot.model.kept_answer import KeptAnswer, NewKept
from bot.model.reply import Reply, ReplyId
from bot.model.visit import Answer, Form, Offer, Visit
from storage.unit_of_work import Records, UnitOfWork

MOST_TITLE = 100
NOT_YET = (
    "Only an answer that went out can be kept, and this one has not. The card of the case says "
    "when it stands there."
)
SAME = "The very same words are kept already. Forget those first, or keep other words."
GONE = "This answer is not kept any more. `/reply find 42` shows what is, for case 42."
EXAMPLE = "We are on it and write again today"


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """`topics` are the names of the routes."""

    acts: Acts
    guard: Guard
    answering: Answering
    topics: tuple[str, ...]

    async def ask_of(self, case_id: CaseId, *, visit: Visit) -> Answer:
        """As `ask`, for the answer that went out last in this case."""

        def verb(unit: UnitOfWork) -> Answer:
            existing(unit, case_id)
            went = [each for each in unit.replies.of_case(case_id) if each.state in WENT]
            return self._form(unit, went[-1] if went else None, visit)

        return await self.acts.run(visit, Action.KEEP_ANSWER, verb, case_id=case_id)

    async def ask(self, reply_id: ReplyId, *, visit: Visit) -> Answer:
        """The form with its words, as they would help the next customer."""

        def verb(unit: UnitOfWork) -> Answer:
            return self._form(unit, unit.replies.get(reply_id), visit)

        return await self.acts.run(visit, Action.KEEP_ANSWER, verb)

    async def keep(
        self, reply_id: ReplyId, words: str, *, title: str, topic: str, visit: Visit
    ) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.KEEP_ANSWER, None)
            reply = _went(unit, unit.replies.get(reply_id))
            new = self._new(unit, reply, words, title, topic, visit)
            kept_id = unit.kept_answers.keep(new)
            if kept_id is None:
                raise Refusal(SAME, "answer-kept", field_id="words")
            unit.people.seen(visit.by)
            facts = (("kept", str(kept_id)), ("reply", str(reply_id)), ("topic", topic))
            unit.commit(
                allowed("answer.kept", decision, by=visit.by, case_id=reply.case_id, facts=facts)
            )
            return Answer(
                f"Kept as “{new.title.masked}”, for {topic}.",
                lines=(new.words.masked, "/reply find 42 – shows it, while you answer case 42"),
                offers=(Offer("Forget", "forget_answer", str(kept_id)),),
            )

        return await self.acts.run(visit, Action.KEEP_ANSWER, verb)

    async def forget(self, kept_id: KeptId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.KEEP_ANSWER, None)
            kept = there(unit, kept_id)
            if not unit.kept_answers.forget(kept_id, visit.by.key):
                raise Refusal(GONE, "answer-gone")
            facts = (("kept", str(kept_id)),)
            unit.commit(
                allowed(
                    "answer.forgotten", decision, by=visit.by, case_id=kept.case_id, facts=facts
                )
            )
            undo = Offer("Undo", "remember_answer", str(kept_id))
            return Answer(f"“{kept.title}” is forgotten: nobody finds it now.", offers=(undo,))

        return await self.acts.run(visit, Action.KEEP_ANSWER, verb)

    async def remember(self, kept_id: KeptId, *, visit: Visit) -> Answer:
        """Takes back that it was forgotten."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.KEEP_ANSWER, None)
            kept = unit.kept_answers.get(kept_id)
            if kept is None or not unit.kept_answers.remember(kept_id):
                raise Refusal(SAME, "answer-kept")
            facts = (("kept", str(kept_id)), ("again", "yes"))
            unit.commit(
                allowed("answer.kept", decision, by=visit.by, case_id=kept.case_id, facts=facts)
            )
            return Answer(f"“{kept.title}” is kept again.")

        return await self.acts.run(visit, Action.KEEP_ANSWER, verb)

    def _form(self, unit: UnitOfWork, asked: Reply | None, visit: Visit) -> Answer:
        decision = self.acts.decide(unit, visit.by, Action.KEEP_ANSWER, None)
        reply = _went(unit, asked)
        case = existing(unit, reply.case_id)
        words = bare(
            reply.text,
            signature=self.guard.mask(self.answering.signature(reply.author_name)),
            footer=self.guard.mask(self.answering.network(case).footer(reply.way)),
        )
        line = allowed("answer.keep_asked", decision, by=visit.by, case_id=case.id)
        unit.commit(line)
        filled = (
            ("reply", str(reply.id)),
            ("topic", case.route),
            ("topics", "\n".join(self.topics)),
        )
        said = general(words, handle=case.author.handle, name=case.author.name)
        form = Form("keep_answer", case.id, words=said, filled=filled)
        return Answer("Which words should colleagues find again?", form=form)

    def _new(
        self, unit: Records, reply: Reply, words: str, title: str, topic: str, visit: Visit
    ) -> NewKept:
        if topic not in self.topics:
            topics = ", ".join(self.topics)
            raise Refusal(f"Please choose a topic. These are: {topics}.", "answer-topic")
        handle = existing(unit, reply.case_id).author.handle
        said = unnamed(needed(words, EXAMPLE, field_id="words"), handle=handle)
        named = shortened(needed(title, EXAMPLE, field_id="title"), MOST_TITLE)
        return NewKept(
            reply_id=reply.id,
            case_id=reply.case_id,
            topic=topic,
            title=self._for_all(unnamed(named, handle=handle), "title"),
            words=self._for_all(said, "words"),
            by=visit.by,
        )

    def _for_all(self, text: str, field_id: str) -> Guarded:
        """`Refusal` for what belongs to one person, or looks as if it were filled in."""
        guarded = self.guard.guard(text)
        if kinds := self.guard.hidden(text, sink=Sink.CHANNEL):
            raise Refusal(
                f"There is {' and '.join(kinds)} in it, and a kept answer goes to every customer. "
                "Please leave it out and try again.",
                "answer-personal",
                field_id=field_id,
            )
        if place := computes(guarded.kept):
            raise Refusal(
                f"Only {HANDLE} is filled in; “{shortened(place, 40)}” would go out as it stands. "
                "Please write it without braces.",
                "answer-computes",
                field_id=field_id,
            )
        return guarded


def there(unit: Records, kept_id: KeptId) -> KeptAnswer:
    kept = unit.kept_answers.get(kept_id)
    if kept is None or kept.forgotten:
        raise Refusal(GONE, "answer-gone")
    return kept


def _went(unit: Records, reply: Reply | None) -> Reply:
    if reply is None or reply.state not in WENT:
        raise Refusal(NOT_YET, "answer-not-sent")
    kept = unit.kept_answers.of_reply(reply.id)
    if kept is not None:
        raise Refusal(
            f"This answer is kept already, as “{kept.title}”. `/reply find {reply.case_id}` shows "
            "it.",
            "answer-kept",
        )
    return reply
