"""The card of a case: one visual grammar, so that an eye finds the same thing in the same place.

Title and state, who and when, their words, what is known about the matter, what was done, what can
be done. Nothing about who the person is to the company: `CaseView` cannot even carry it.
"""

from collections.abc import Callable

from bot.model.case import Case, CaseState, CaseView, Source, Urgency
from bot.slack.blocks import (
    LINK_ACTION,
    MAX_SIZE,
    actions,
    button,
    glue,
    header,
    is_link,
    moment,
    rich,
    sentence,
    size,
    words,
)
from bot.slack.card_parts import handoffs, notes, said, thread, who
from bot.slack.fallback import card_text
from bot.slack.message import Block, SlackMessage

Actions = Callable[[Case], tuple[Block, ...]]

_NETWORK_NAMES = {"x": "X", "mastodon": "Mastodon"}
_SHARES = (1.0, 0.5, 0.25, 0.1, 0.04)
"""A card too big for Slack is built again with this share of every text's length."""


def card(view: CaseView, *, title: str, actions: Actions | None = None) -> SlackMessage:
    """`title` is what the matter is about, such as the route's name.

    `actions` gives the buttons, by default those that fit the case's state.
    """
    offered = (actions or buttons)(view.case)
    blocks: tuple[Block, ...] = ()
    for share in _SHARES:
        blocks = _blocks(view, title=title, offered=offered, share=share)
        if size(blocks) <= MAX_SIZE:
            break
    return SlackMessage(text=card_text(view, title=title), blocks=blocks)


def buttons(case: Case) -> tuple[Block, ...]:
    """What the state of the case allows; whether this person may is decided at the press."""
    value = str(case.id)
    offered: list[Block] = []
    if case.state is CaseState.OPEN and case.holder is None:
        offered.append(button("Claim", action_id="claim", value=value, primary=True))
    elif case.state is CaseState.OPEN:
        # What helps the customer comes first; giving the case up is under no hurried thumb.
        offered.append(button("Hand off", action_id="hand_off", value=value))
        offered.append(button("Resolve", action_id="resolve", value=value))
        offered.append(button("Release", action_id="release", value=value))
    if is_link(case.permalink):
        network = case.author.network
        label = f"Open on {_NETWORK_NAMES.get(network, network.capitalize())}"
        offered.append(button(label, action_id=f"{LINK_ACTION}.network", url=case.permalink))
    return tuple(offered)


def state_words(case: Case) -> str:
    if case.state is CaseState.RESOLVED:
        return "resolved"
    return "waiting" if case.holder is None else "in hand"


def _blocks(
    view: CaseView, *, title: str, offered: tuple[Block, ...], share: float
) -> tuple[Block, ...]:
    case = view.case
    parts = [
        who(view),
        *said(view, share=share),
        *thread(view, share=share),
        *_urgency(case, share=share),
        *notes(view, share=share),
        *handoffs(view, share=share),
        _holder(case),
    ]
    top = header(f"Case {case.id} · {title} · {state_words(case)}")
    if not offered:
        return (top, rich(*parts))
    return (top, rich(*parts), actions(f"case.{case.id}.{case.revision}", offered))


def _urgency(case: Case, *, share: float) -> tuple[Block, ...]:
    """That nothing is special is not worth a line."""
    is_high = case.urgency is Urgency.HIGH
    level = words(f"{case.urgency.value.capitalize()} urgency", 40, bold=is_high)
    if not case.urgency_reason:
        return () if case.urgency is Urgency.NORMAL else (sentence(level),)
    return (sentence(level, glue(": "), words(case.urgency_reason, max(30, int(300 * share)))),)


def _holder(case: Case) -> Block:
    if case.state is CaseState.RESOLVED:
        by = (words(case.holder_name, 80, bold=True), glue(" ")) if case.holder_name else ()
        at = (moment(case.resolved_at),) if case.resolved_at else ()
        return sentence(glue("Resolved "), *((glue("by "), *by) if by else ()), *at)
    if case.holder is None:
        waiting = moment(case.opened_at, style="{ago}")
        came = "They wrote" if case.source is Source.MENTION else "It was brought in"
        return sentence(glue(f"Nobody holds it yet. {came} "), waiting)
    since = (glue(", since "), moment(case.claimed_at)) if case.claimed_at else ()
    return sentence(glue("Held by "), words(case.holder_name, 80, bold=True), *since)
