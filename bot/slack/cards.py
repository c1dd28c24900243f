"""The card of a case: one visual grammar, so that an eye finds the same thing in the same place.

Title and state, who and when, their words, what is known about the matter, what was done, what can
be done. Nothing about who the person is to the company: `CaseView` cannot even carry it.
"""

from datetime import datetime

from bot.model.case import TAKEN_BACK, Case, CaseState, CaseView, Source, Urgency
from bot.slack.blocks import (
    LINK_ACTION,
    actions,
    button,
    glue,
    header,
    is_link,
    link,
    moment,
    offered,
    rich,
    sentence,
    words,
)
from bot.slack.card_parts import answers, handoffs, joined, notes, said, thread, who
from bot.slack.faces import Face, face_of, offers
from bot.slack.fallback import card_text
from bot.slack.fitting import fitting
from bot.slack.message import Block, SlackMessage
from bot.slack.text import line

_NETWORK_NAMES = {"x": "X", "mastodon": "Mastodon"}


def card(view: CaseView, *, title: str, now: datetime, goes_on: str = "") -> SlackMessage:
    """`title` is what the matter is about, such as the route's name; `goes_on` is the address of
    the card of the case it was merged into, where that is known."""
    blanked, answered = bool(view.blanked_by), view.is_answered
    face = face_of(view.case, view.handoffs, now, blanked=blanked, answered=answered)
    number = f"Case {view.case.id}"
    wordless = blanked or view.case.merged_into is not None
    todo = (_stands(view, now, goes_on), _next(face))
    pressed = () if wordless else _buttons(view.case, face)

    def told(share: float) -> tuple[Block, ...]:
        return () if wordless else _told(view, share)

    def drawn(share: float) -> tuple[Block, ...]:
        top = header(f"{number} · {title} · {face.title}")
        return (top, rich(*told(share), *todo), *pressed)

    head = f"{number}, {line(title, 100)}, {face.title}"
    return SlackMessage(text=card_text(head, todo, told), blocks=fitting(drawn))


def _buttons(case: Case, face: Face) -> tuple[Block, ...]:
    """What the state of the case allows; whether this person may is decided at the press."""
    shown = offered(offers(case, face))
    if is_link(case.permalink):
        network = case.author.network
        label = f"Open on {_NETWORK_NAMES.get(network, network.capitalize())}"
        shown.append(button(label, action_id=f"{LINK_ACTION}.network", url=case.permalink))
    return (actions(f"case.{case.id}.{case.revision}", shown),) if shown else ()


def _told(view: CaseView, share: float) -> tuple[Block, ...]:
    return (
        who(view),
        *said(view, share=share),
        *thread(view, share=share),
        *_urgency(view.case, share=share),
        *notes(view, share=share),
        *handoffs(view, share=share),
        *answers(view),
        *joined(view, share=share),
    )


def _stands(view: CaseView, now: datetime, goes_on: str) -> Block:
    if view.case.merged_into is not None:
        return _goes_on(view.case, goes_on)
    return _blanked(view) if view.blanked_by else _holder(view.case, now)


def _goes_on(case: Case, address: str) -> Block:
    named = f"case {case.merged_into}"
    into = link(address, named) if is_link(address) else words(named, 40, bold=True)
    return sentence(glue("It goes on in "), into, glue("."))


def _blanked(view: CaseView) -> Block:
    return sentence(
        glue("Blanked by "),
        words(view.blanked_by, 80, bold=True),
        glue(": its words left the channel."),
    )


def _next(face: Face) -> Block:
    return sentence(words("Next:", 40, bold=True), glue(" "), words(face.next_step, 300))


def _urgency(case: Case, *, share: float) -> tuple[Block, ...]:
    """That nothing is special is not worth a line."""
    is_high = case.urgency is Urgency.HIGH
    level = words(f"{case.urgency.value.capitalize()} urgency", 40, bold=is_high)
    if not case.urgency_reason:
        return () if case.urgency is Urgency.NORMAL else (sentence(level),)
    return (sentence(level, glue(": "), words(case.urgency_reason, max(30, int(300 * share)))),)


def _holder(case: Case, now: datetime) -> Block:
    if case.state is CaseState.RESOLVED:
        by = (words(case.holder_name, 80, bold=True), glue(" ")) if case.holder_name else ()
        at = (moment(case.resolved_at),) if case.resolved_at else ()
        if case.handed_back == TAKEN_BACK:
            return sentence(glue("Taken back "), *((glue("by "), *by) if by else ()), *at, _NEVER)
        return sentence(glue("Resolved "), *((glue("by "), *by) if by else ()), *at)
    if case.holder is None:
        waiting = moment(case.opened_at, style="{ago}")
        came = "They wrote" if case.source is Source.MENTION else "It was brought in"
        left = _LEFT.get(case.handed_back, _GAVE_BACK) if case.handed_back else _NOBODY
        return sentence(glue(f"{left} {came} "), waiting, *_due(case, now))
    since = (glue(", since "), moment(case.claimed_at)) if case.claimed_at else ()
    return sentence(
        glue("Held by "), words(case.holder_name, 80, bold=True), *since, *_due(case, now)
    )


_NOBODY = "Nobody holds it yet."
_NEVER = glue(": as if it had not been brought in.")
_GAVE_BACK = "Its last holder gave it back."
_LEFT = {
    "away": "Its last holder is away, so it came back.",
    "left": "Its last holder has left, so it came back.",
}


def _due(case: Case, now: datetime) -> tuple[Block, ...]:
    if case.due_at is None:
        return ()
    due = "was due" if case.due_at <= now else "due"
    return (glue(f". Answer {due} "), moment(case.due_at))
