"""The faces a case can have: what its title says, what comes next, and what can be pressed.

One table, so that the card, Home and `/case 42` never disagree. Whether a person may do what is
offered is decided at the press.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case, CaseState, HandoffView
from bot.model.handoff import HandoffState
from bot.model.visit import Offer

LABELS = {
    "claim": "Claim",
    "hand_off": "Hand off",
    "resolve": "Resolve",
    "release": "Release",
}
"""What helps the customer comes first; giving the case up is under no hurried thumb."""

STILL_OPEN = "A desk still works on it. Is the customer helped already? Their ticket stays open."


@dataclass(frozen=True, slots=True)
class Face:
    """`next_step` is one sentence without any command, since commands may bear a prefix."""

    title: str
    next_step: str
    buttons: tuple[str, ...] = ()
    asks: str = ""
    """Asked before *Resolve* counts."""


_TAKE, _WORK = ("claim",), ("hand_off", "resolve", "release")

FACES = {
    "waiting": Face("waiting", "Claim it to greet this customer.", _TAKE),
    "overdue": Face("overdue", "An answer is overdue: claim it and greet them now.", _TAKE),
    "handed back": Face("handed back", "Claim it, read the notes and go on from there.", _TAKE),
    "in hand": Face("in hand", "Answer the customer or hand it off, then resolve it.", _WORK),
    "answered": Face(
        "answered", "Resolve it if that helped. If they write again, the card says so.", _WORK
    ),
    "with a desk": Face(
        "with a desk",
        "The desk works on it. Resolve it once the customer has their answer.",
        _WORK,
        asks=STILL_OPEN,
    ),
    "stuck at a desk": Face(
        "stuck at a desk",
        "The desk does not take it until a coordinator mends a setting. I go on trying.",
        _WORK,
        asks=STILL_OPEN,
    ),
    "resolved": Face("resolved", "Nothing is left to do. If they write again, a new case opens."),
    "merged": Face("merged", "All of it stands in that case: go on there."),
    "blanked": Face(
        "blanked",
        "The case itself goes on, and is found by its number.",
    ),
}


def face_of(
    case: Case,
    handoffs: Sequence[HandoffView],
    now: datetime,
    *,
    blanked: bool = False,
    answered: bool = False,
) -> Face:
    """`answered`: since the customer wrote last."""
    return FACES[_name(case, handoffs, now, blanked=blanked, answered=answered)]


def _name(
    case: Case,
    handoffs: Sequence[HandoffView],
    now: datetime,
    *,
    blanked: bool,
    answered: bool,
) -> str:
    if case.merged_into is not None:
        return "merged"
    if blanked:
        return "blanked"
    if case.state is CaseState.RESOLVED:
        return "resolved"
    if case.holder is None:
        return _nobodys(case, now)
    if any(each.state == HandoffState.STUCK for each in handoffs):
        return "stuck at a desk"
    if handoffs:
        return "with a desk"
    return "answered" if answered else "in hand"


def _nobodys(case: Case, now: datetime) -> str:
    if case.due_at is not None and case.due_at <= now:
        return "overdue"
    return "handed back" if case.handed_back else "waiting"


def offers(case: Case, face: Face) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            LABELS[name],
            name,
            str(case.id),
            primary=name == "claim",
            asks=face.asks if name == "resolve" else "",
        )
        for name in face.buttons
    )
