"""The card in plain sentences: screen readers and notifications get all of it, in reading order."""

from bot.model.case import Case, CaseState, CaseView
from bot.slack.blocks import clock_text
from bot.slack.text import escape, fit, line

_LIMIT = 3000
_EACH = 400


def card_text(view: CaseView, *, title: str) -> str:
    """Escaped, at most 3,000 characters before escaping."""
    case = view.case
    author = case.author
    named = f"{line(author.name, 80)} " if author.name else ""
    spoken = view.mentions[-1].words if view.mentions else case.summary
    at = view.mentions[-1].created_at if view.mentions else case.opened_at
    sentences = [
        f"Case {case.id}, {line(title, 100)}. {_state(case)}",
        f"{named}@{line(author.handle.lstrip('@'), 60)} at {clock_text(at)}: {fit(spoken, 1500)}",
        f"{case.urgency.value.capitalize()} urgency{_reason(case)}.",
    ]
    before = view.mentions[:-1][-3:]
    sentences += [
        f"Before that, {clock_text(m.created_at)}: {line(m.words, _EACH)}" for m in before
    ]
    sentences += [f"Note by {line(n.by_name, 80)}: {line(n.words, _EACH)}" for n in view.notes[-3:]]
    for each in view.handoffs[-5:]:
        outcome = f"ticket {line(each.ticket, 75)}" if each.ticket else each.state
        sentences.append(f"Handed off to {line(each.kind, 40)}, {line(each.queue, 60)}: {outcome}.")
    return escape(fit("\n".join(sentences), _LIMIT))


def _state(case: Case) -> str:
    if case.state is CaseState.RESOLVED:
        return "Resolved."
    if case.holder is None:
        return f"Nobody holds it yet, waiting since {clock_text(case.opened_at)}."
    return f"Held by {line(case.holder_name, 80)}."


def _reason(case: Case) -> str:
    return f": {line(case.urgency_reason, 300)}" if case.urgency_reason else ""
