"""How Usher puts cases into words: one place, so that every answer sounds the same."""

from datetime import datetime, timedelta

from bot.model.case import TAKEN_BACK, Case, CaseState, CaseView
from bot.model.ids import DecisionId
from bot.model.visit import Offer
from bot.slack.faces import FACES, Face, face_of
from bot.slack.text import from_right_to_left

LINE_WORDS = 90
QUOTED_WORDS = 500
DIGEST_WORDS = 200
BETWEEN = "z"


def shortened(text: str, limit: int) -> str:
    """`text` on one line, at most `limit` characters, with an ellipsis where it was cut."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= limit else one_line[: limit - 1].rstrip() + "…"


def quoted(words: str) -> str:
    """People's words on one line and between quotes, so that they cannot pose as lines of ours."""
    return f"“{shortened(words, QUOTED_WORDS)}”"


def digest_quote(words: str) -> str:
    """As the digest quotes a post: without the handle that it begins with."""
    handle, _, rest = words.partition(" ")
    return f"“{shortened(rest if handle.startswith('@') and rest else words, DIGEST_WORDS)}”"


def quotes(view: CaseView) -> tuple[str, ...]:
    """All the ways in which messages to colleagues quote this case."""
    said = (digest_quote(each.words) for each in view.mentions)
    return (quoted(view.case.summary), *said)


def in_eights(digest: str) -> str:
    """A hash with a letter it has not after every eight of its own: digits in a row may read like
    a card's number, and would be masked."""
    return BETWEEN.join(digest[at : at + 8] for at in range(0, len(digest), 8))


def ago(then: datetime, now: datetime) -> str:
    """`a moment`, `3 min`, `5 h`, `2 days`; the clock may jump, so never a negative time."""
    passed = max(now - then, timedelta())
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "a moment"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def lasting(then: datetime, now: datetime) -> str:
    """`for 3 min`, and `just now` for what has only begun."""
    return "just now" if now - then < timedelta(minutes=1) else f"for {ago(then, now)}"


def face(view: CaseView, now: datetime) -> Face:
    """Of the case itself: what a coordinator took off the channel is in the case all the same."""
    return face_of(view.case, view.handoffs, now, answered=view.is_answered)


def undo_offer(line: DecisionId) -> Offer:
    """Under the answer to an act; `line` is that act's line of the record."""
    return Offer("Undo", "undo", str(line))


def due(case: Case, now: datetime) -> str:
    """As seen by whoever reads it now; nothing where nothing was promised."""
    if case.due_at is None or case.state is not CaseState.OPEN:
        return ""
    if case.due_at <= now:
        return f"An answer was due {ago(case.due_at, now)} ago."
    return f"An answer is due in {ago(now, case.due_at)}."


def holder(case: Case) -> str:
    if case.merged_into is not None:
        return f"goes on in case {case.merged_into}"
    if case.state is CaseState.RESOLVED:
        return "taken back" if case.handed_back == TAKEN_BACK else "resolved"
    return f"with {case.holder_name}" if case.holder else "waits for someone"


def who(case: Case) -> str:
    name, handle = case.author.name, f"@{case.author.handle}"
    # The first letter turns the whole line: after a name from right to left it would be jumbled.
    return f"{handle} {name}" if from_right_to_left(name) else f"{name} {handle}".strip()


def case_line(case: Case, now: datetime) -> str:
    words = shortened(case.quotable, LINE_WORDS)
    return f"{case.id} · {who(case)}: “{words}” · {holder(case)} · {ago(case.opened_at, now)} ago"


def _standing(case: Case, shown: Face) -> str:
    """What the title says, and who has it, in as few words as say both."""
    plainly = holder(case)
    if shown in (FACES["waiting"], FACES["in hand"], FACES["resolved"]):
        return plainly
    return f"{shown.title}, {plainly if case.holder is None else f'held by {case.holder_name}'}"


def case_page(view: CaseView, now: datetime) -> tuple[str, tuple[str, ...]]:
    """A heading and the lines of one case; the one place where a blanked case has its words."""
    case = view.case
    shown = face(view, now)
    heading = f"Case {case.id}: {who(case)}, {_standing(case, shown)}, opened "
    heading += f"{ago(case.opened_at, now)} ago."
    urgency = f"{case.urgency.capitalize()} urgency: {case.urgency_reason}"
    lines = [urgency if case.urgency_reason else ""]
    if view.blanked_by:
        lines.append(f"Blanked by {view.blanked_by}: please keep its words out of the channels.")
    for m in view.mentions:
        other = "" if m.author.handle == case.author.handle else f"@{m.author.handle}, "
        lines.append(f"{other}{ago(m.created_at, now)} ago: {quoted(m.words)}")
    if not view.mentions:
        lines.append(f"Summary: {quoted(case.summary)}")
    lines += [f"Note by {n.by_name}: {quoted(n.words)}" for n in view.notes]
    lines += [
        f"Handed to {h.kind} ({h.desk}): {f'ticket {h.ticket}' if h.ticket else h.state}"
        for h in view.handoffs
    ]
    lines += [
        f"Case {each.id} goes on here{f': {quoted(each.words)}' if each.words else '.'}"
        for each in view.joined
    ]
    lines += [due(case, now), f"Next: {shown.next_step}"]
    return heading, tuple(line for line in lines if line)
