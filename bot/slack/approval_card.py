"""The card of an approval: what is asked for, in exactly these words; and, once over, how it ended.

Who asked stands there with their account as well: anybody may call themselves as the approver is
called. Who answered is named by name alone.
"""

from bot.model.approval import Approval, ApprovalAnswer, ApprovalState, ApprovalView, Request
from bot.model.person import user_id_of
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
    preformatted,
    rich,
    sentence,
    words,
)
from bot.slack.fitting import fitting
from bot.slack.message import Block, SlackMessage
from bot.slack.text import escaped

_WORDS, _LINE, _TITLE = 3000, 600, 300
_MOST_LINES, _MOST_ANSWERS = 8, 5
_TITLES = {
    ApprovalState.OPEN: "Your yes or no",
    ApprovalState.GRANTED: "Approved",
    ApprovalState.REFUSED: "Rejected",
    ApprovalState.EXPIRED: "Nobody answered in time",
    ApprovalState.VOID: "Not wanted any more",
}
_CUT = "This is its beginning: the whole of it does not fit here. Ask for it before you say yes."
_OLDER = " · before the customer wrote again: it counts no more, and can be said anew"
_NEXT = {
    ApprovalState.OPEN: "Read it as those will for whom it is. You hear nothing more if you leave "
    "it to a colleague.",
    ApprovalState.GRANTED: "Nothing is left to do here.",
    ApprovalState.REFUSED: "Whoever asked has read why.",
    ApprovalState.EXPIRED: "Nothing was done. Whoever asked was told, and can ask again.",
    ApprovalState.VOID: "It changed since, or nobody wants it any more. Where it is still wanted, "
    "a newer card asks again.",
}


def approval_card(view: ApprovalView) -> SlackMessage:
    blocks = fitting(lambda share: _blocks(view, share=share))
    return SlackMessage(text=_text(view), blocks=blocks)


def _blocks(view: ApprovalView, *, share: float) -> tuple[Block, ...]:
    approval, request = view.approval, view.request
    limit, short = int(_WORDS * share), max(20, int(_LINE * share))
    parts = [_asked(approval)]
    if request is not None:
        parts.insert(0, sentence(words(request.title, max(40, int(_TITLE * share)), bold=True)))
        if request.words:
            parts.append(preformatted(request.words, limit))
        if len(request.words) > limit:
            parts.append(sentence(words(_CUT, 200, bold=True)))
        if shown_lines := request.lines[:_MOST_LINES]:
            parts.append(bullets(sentence(words(each, short)) for each in shown_lines))
    if approval.answers:
        parts.append(bullets(_answers(view, short)))
    parts.append(sentence(words(_NEXT[approval.state], 300)))
    shown = (header(_TITLES[approval.state]), rich(*parts))
    if approval.state is not ApprovalState.OPEN:
        left = offered(request.offers) if request is not None else []
        return (*shown, actions(f"approval.{approval.id}.over", left)) if left else shown
    number, stamp = str(approval.id), request.stamp if request is not None else ""
    pressed = (
        Offer("Approve", "approve", f"{number} {stamp}".strip(), primary=True),
        Offer("Reject…", "reject", number),
    )
    # An id of its own each time it changes, else an edit may leave the old buttons.
    block_id = f"approval.{number}.{len(approval.answers)}{stamp and f'.{stamp}'}"
    return (*shown, actions(block_id, offered(pressed)))


def _asked(approval: Approval) -> Block:
    name = approval.asked_by_name
    asked = [glue("Asked for ")]
    if name:
        account = f" (account {user_id_of(approval.asked_by)}) · "
        asked = [glue("Asked by "), words(name, 80), glue(account)]
    case = [glue(f" · case {approval.case_id}")] if approval.case_id is not None else []
    until = [glue(" · until "), moment(approval.expires_at)]
    still = until if approval.state is ApprovalState.OPEN else []
    persons = [glue(f" · takes {approval.needed} persons")] if approval.needed > 1 else []
    return sentence(*asked, moment(approval.asked_at), *case, *still, *persons)


def _answers(view: ApprovalView, limit: int) -> list[Block]:
    return [
        sentence(
            words(each.by_name or "A colleague", 80),
            glue(" said yes · " if each.yes else " said no · "),
            moment(each.at),
            *([glue(_OLDER)] if _is_older(each, view) else []),
            *([glue(": "), words(each.reason, limit)] if each.reason else []),
        )
        for each in view.approval.answers[-_MOST_ANSWERS:]
    ]


def _is_older(answer: ApprovalAnswer, view: ApprovalView) -> bool:
    """A yes to what the customer had written until then."""
    open_now = view.request if view.approval.state is ApprovalState.OPEN else None
    return answer.yes and open_now is not None and answer.about != open_now.about


def _text(view: ApprovalView) -> str:
    approval, request = view.approval, view.request
    said = [f"{_TITLES[approval.state]}: {_named(request)}"]
    if approval.state is ApprovalState.OPEN:
        said.append(f"Until {clock_text(approval.expires_at)}.")
        if request is not None and request.words:
            said.append(request.words)
    else:
        said += [
            f"{each.by_name or 'A colleague'} said {'yes' if each.yes else 'no'}."
            for each in approval.answers
        ]
    said.append(_NEXT[approval.state])
    return escaped("\n".join(said), MAX_TEXT)


def _named(request: Request | None) -> str:
    return "what a colleague asked for." if request is None else f"{request.title}."
