"""The rolling card of a storm: how many wrote, what they say, and the way to the next of them.

It is edited while more come, so that a channel reads one message instead of two thousand.
"""

from bot.model.mention import Mention
from bot.model.storm import StormView
from bot.model.visit import Offer
from bot.slack.blocks import (
    MAX_TEXT,
    actions,
    bullets,
    clock_text,
    glue,
    header,
    moment,
    offered,
    rich,
    sentence,
    words,
)
from bot.slack.fitting import fitting
from bot.slack.message import Block, SlackMessage
from bot.slack.text import escaped, line

_MOST_ROUTES = 5
_WORDS = 280


def storm_card(view: StormView) -> SlackMessage:
    blocks = fitting(lambda share: _blocks(view, limit=int(_WORDS * share)))
    return SlackMessage(text=_text(view), blocks=blocks)


def _blocks(view: StormView, *, limit: int) -> tuple[Block, ...]:
    parts = [
        _why(view),
        sentence(
            glue("Waiting: "),
            _number(view.waiting),
            glue(" · in hand: "),
            _number(view.held),
            glue(" · resolved: "),
            _number(view.resolved),
        ),
    ]
    if len(view.by_route) > 1:
        parts.append(sentence(glue("About: "), words(_routes(view), 300)))
    if view.newest:
        parts.append(sentence(words("The newest words:", 40, bold=True)))
        parts.append(bullets(_said(each, limit) for each in view.newest))
    parts.append(sentence(words(next_step(view), 300)))
    shown = (header(_title(view)), rich(*parts))
    if not view.waiting:
        return shown
    number = str(view.storm.id)
    pressed = (
        Offer("Take the next one", "take_next", number, primary=True),
        Offer("Show the list", "storm_list", number),
    )
    # An id of its own each time it changes, else an edit may leave the old buttons.
    block_id = f"storm.{number}.{view.waiting}.{view.held}.{view.resolved}"
    return (*shown, actions(block_id, offered(pressed)))


def _title(view: StormView) -> str:
    what = "Storm" if view.storm.ended_at is None else "The storm is over"
    return f"{what} · {view.cases:,} cases · {waiting_words(view)}"


def waiting_words(view: StormView) -> str:
    if not view.waiting:
        return "nobody waits"
    return f"{view.waiting:,} wait{'s' if view.waiting == 1 else ''}"


def _why(view: StormView) -> Block:
    if view.storm.ended_at is not None:
        return sentence(
            glue("New cases have cards of their own again, since "),
            moment(view.storm.ended_at),
            glue("."),
        )
    return sentence(
        glue("Since "),
        moment(view.storm.opened_at),
        glue(
            " more customers write than fit in here one by one. Each has a case of their own, "
            "and this card counts them."
        ),
    )


def next_step(view: StormView) -> str:
    if not view.waiting:
        return "Somebody took each of them. Thank you, all."
    return (
        "Take the next one: the most urgent first, then who waits longest. "
        "Everyone who waits is on the list."
    )


def _number(count: int) -> Block:
    return words(f"{count:,}", 20, bold=True)


def _routes(view: StormView) -> str:
    return " · ".join(f"{line(name, 60)} {count:,}" for name, count in view.by_route[:_MOST_ROUTES])


def _said(each: Mention, limit: int) -> Block:
    return sentence(
        words(f"@{each.author.handle.lstrip('@')}", 60, bold=True),
        glue(" · "),
        moment(each.created_at),
        glue(": "),
        words(line(each.words, limit), limit),
    )


def _text(view: StormView) -> str:
    sentences = [f"{_title(view)}. In hand: {view.held:,}, resolved: {view.resolved:,}."]
    if len(view.by_route) > 1:
        sentences.append(f"About: {_routes(view)}.")
    sentences.append(next_step(view))
    sentences += [
        f"@{line(each.author.handle.lstrip('@'), 60)} at {clock_text(each.created_at)}: "
        f"{line(each.words, _WORDS)}"
        for each in view.newest
    ]
    return escaped("\n".join(sentences), MAX_TEXT)
