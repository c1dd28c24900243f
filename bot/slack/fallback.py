"""The card in plain sentences: screen readers and notifications get all of it, in reading order."""

from collections.abc import Iterator

from bot.model.case import Case, CaseState, CaseView
from bot.slack.blocks import MAX_TEXT, clock_text
from bot.slack.faces import Face
from bot.slack.text import escaped, fit, line

_EACH = 300


def card_text(view: CaseView, face: Face, *, title: str) -> str:
    """Escaped, and short enough for an edit."""
    head = f"Case {view.case.id}, {line(title, 100)}, {face.title}."
    if view.case.merged_into is not None:
        parts = [f"{head} It goes on in case {view.case.merged_into}. {face.next_step}"]
    elif view.blanked_by:
        parts = [head, f"Blanked by {line(view.blanked_by, 80)}. {face.next_step}"]
    else:
        # What is to be done stands before what was said: a long text loses its end.
        parts = [f"{head} {_state(view.case)} Next: {face.next_step}", *_said(view)]
    return escaped("\n".join(parts), MAX_TEXT)


def _said(view: CaseView) -> Iterator[str]:
    case = view.case
    author = view.mentions[-1].author if view.mentions else case.author
    named = f"{line(author.name, 80)} " if author.name else ""
    spoken = view.mentions[-1].words if view.mentions else case.summary
    at = view.mentions[-1].created_at if view.mentions else case.opened_at
    handle = line(author.handle.lstrip("@"), 60)
    yield f"{named}@{handle} at {clock_text(at)}: {fit(spoken, 1200)}"
    yield f"{case.urgency.value.capitalize()} urgency{_reason(case)}."
    for each in view.mentions[:-1][-3:]:
        yield f"Before that, {clock_text(each.created_at)}: {line(each.words, _EACH)}"
    for note in view.notes[-3:]:
        yield f"Note by {line(note.by_name, 80)}: {line(note.words, _EACH)}"
    for handed in view.handoffs[-5:]:
        outcome = f"ticket {line(handed.ticket, 75)}" if handed.ticket else handed.state
        yield f"Handed off to {line(handed.kind, 40)}, {line(handed.queue, 60)}: {outcome}."
    yield from _joined(view)


def _joined(view: CaseView) -> Iterator[str]:
    for each in view.joined[-3:]:
        words = f": {line(each.words, _EACH)}" if each.words else "."
        yield f"Case {each.id} goes on here{words}"


def _state(case: Case) -> str:
    if case.state is CaseState.RESOLVED:
        by = f" by {line(case.holder_name, 80)}" if case.holder_name else ""
        return f"Resolved{by}."
    due = f" Answer due {clock_text(case.due_at)}." if case.due_at else ""
    if case.holder is None:
        return f"Nobody holds it yet, waiting since {clock_text(case.opened_at)}.{due}"
    return f"Held by {line(case.holder_name, 80)}.{due}"


def _reason(case: Case) -> str:
    return f": {line(case.urgency_reason, 300)}" if case.urgency_reason else ""
