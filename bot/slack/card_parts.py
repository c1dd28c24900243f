"""The middle of a card: who wrote, what they said, what colleagues noted and where it was handed.

Each part answers with rich text pieces and with none where there is nothing to show. `share` scales
every limit, for a card that would be too big for Slack.
"""

from bot.model.case import AnswerView, CaseView, HandoffView, JoinedCase, Source
from bot.model.mention import Mention
from bot.model.reply import Way
from bot.slack.blocks import bullets, glue, is_link, link, moment, quote, sentence, words
from bot.slack.message import Block
from bot.slack.text import from_right_to_left, line

_LAST_POSTS = 3
_EARLIER = 160
"""Characters of an earlier post: the buttons must not be a long way down; /case 42 shows it all."""
_LAST_NOTES = 3
_LAST_HANDOFFS = 5
_LAST_ANSWERS = 3
_LAST_JOINED = 3
_STATES = {"waiting": "waiting for its number", "stuck": "the desk does not take it yet"}


def who(view: CaseView) -> Block:
    """The customer and the moment, from their newest post where there is one."""
    author = view.case.author
    named = [words(author.name, 80, bold=True)] if author.name else []
    handle = words(f"@{author.handle.lstrip('@')}", 60, bold=not named)
    at = view.mentions[-1].created_at if view.mentions else view.case.opened_at
    names = [*named, glue(" "), handle] if named else [handle]
    # The first letter turns the whole line: after a name from right to left it would be jumbled.
    if named and from_right_to_left(author.name):
        names = [handle, glue(" "), *named]
    return sentence(*names, glue(" · "), moment(at))


def said(view: CaseView, *, share: float) -> tuple[Block, ...]:
    limit = max(60, int(2000 * share))
    if view.mentions:
        newest = view.mentions[-1]
        # Of cases that were merged it may be another customer.
        speaker = words(f"@{newest.author.handle.lstrip('@')}", 60, bold=True)
        other = newest.author.handle != view.case.author.handle
        lead = (sentence(speaker, glue(" wrote:")),) if other else ()
        return (*lead, quote(words(newest.words, limit)))
    brought_in = view.case.source is Source.BROUGHT_IN
    lead = (sentence(glue("Brought in by a colleague, in their words:")),) if brought_in else ()
    return (*lead, quote(words(view.case.summary, limit)))


def thread(view: CaseView, *, share: float) -> tuple[Block, ...]:
    earlier = view.mentions[:-1]
    if not earlier:
        return ()
    shown = earlier[-_LAST_POSTS:]
    hidden = len(earlier) - len(shown)
    title = f"Before that ({hidden} older not shown):" if hidden else "Before that:"
    limit = max(30, int(_EARLIER * share))
    whose = view.case.author.handle
    return (sentence(glue(title)), bullets(_post(post, limit, whose=whose) for post in shown))


def _post(post: Mention, limit: int, *, whose: str) -> Block:
    """The speaker is named only where it is not the customer of the card."""
    speaker = f"@{post.author.handle.lstrip('@')}"
    other = () if post.author.handle == whose else (words(speaker, 60), glue(" · "))
    return sentence(
        *other, moment(post.created_at), glue(": "), words(line(post.words, limit), limit)
    )


def notes(view: CaseView, *, share: float) -> tuple[Block, ...]:
    shown = view.notes[-_LAST_NOTES:]
    if not shown:
        return ()
    limit = max(30, int(400 * share))
    hidden = len(view.notes) - len(shown)
    title = f"Notes (the last {len(shown)} of {len(view.notes)}):" if hidden else "Notes:"
    items = (
        sentence(
            words(note.by_name, 80),
            glue(" · "),
            moment(note.at),
            glue(": "),
            words(note.words, limit),
        )
        for note in shown
    )
    return (sentence(glue(title)), bullets(items))


def answers(view: CaseView) -> tuple[Block, ...]:
    shown = view.answers[-_LAST_ANSWERS:]
    if not shown:
        return ()
    if len(shown) == 1:
        return (sentence(*_answer(shown[0])),)
    return (sentence(glue("Answered:")), bullets(sentence(*_answer(each)) for each in shown))


def _answer(each: AnswerView) -> tuple[Block, ...]:
    way = "Answered directly" if each.way is Way.DIRECT else "Answered"
    named = link(each.url, way) if is_link(each.url) else words(way, 40)
    return (named, glue(" by "), words(each.by_name, 80, bold=True), glue(" "), moment(each.at))


def joined(view: CaseView, *, share: float) -> tuple[Block, ...]:
    """The cases that go on in this one; their posts, notes and answers stand among its own."""
    limit = max(30, int(400 * share))
    return tuple(sentence(*_joined(each, limit)) for each in view.joined[-_LAST_JOINED:])


def _joined(each: JoinedCase, limit: int) -> tuple[Block, ...]:
    here = glue(f"Case {each.id} goes on here")
    return (here, glue(": "), words(each.words, limit)) if each.words else (here, glue("."))


def handoffs(view: CaseView, *, share: float) -> tuple[Block, ...]:
    shown = view.handoffs[-_LAST_HANDOFFS:]
    if not shown:
        return ()
    limit = max(20, int(120 * share))
    return (sentence(glue("Handed off:")), bullets(_handoff(each, limit) for each in shown))


def _handoff(each: HandoffView, limit: int) -> Block:
    kind = words(each.kind, 40, bold=True)
    if not each.ticket:
        where = f"{each.queue} at {each.desk}" if each.desk else each.queue
        state = words(_STATES.get(each.state, each.state), 60)
        return sentence(kind, glue(" · "), state, glue(" · "), words(where, limit))
    ticket = f"ticket {each.ticket}"
    named = link(each.url, ticket) if is_link(each.url) else words(ticket, 75)
    return sentence(kind, glue(" · "), named, glue(" in "), words(each.queue, limit))
