"""The Home tab: mine first, then what waits for anyone, then how Usher and I get along.

Pure: what is true is asked elsewhere. Slack takes 100 blocks; a case takes three.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.model.absence import Source
from bot.model.case import Case
from bot.model.home import HomeCase, HomeView
from bot.model.person import Enrolment
from bot.model.visit import Offer
from bot.model.wishes import How, Wishes
from bot.slack.blocks import (
    LINK_ACTION,
    actions,
    bullets,
    button,
    context,
    glue,
    header,
    is_link,
    moment,
    offered,
    quote,
    rich,
    sentence,
    words,
)
from bot.slack.faces import FACES, Face, face_of, offers
from bot.slack.fitting import fitting
from bot.slack.message import Block
from bot.slack.prose import spoken
from bot.slack.text import line

MOST_CASES = 10
"""Of each kind; the rest is a word away."""
_MOST_LINES = 12
_MOST_NEWS = 3
_QUOTED = 200
_LARGEST = 60_000
"""Characters of JSON: far below what Slack takes, and quick on a phone."""


def home(view: HomeView) -> dict[str, Any]:
    blocks = fitting(lambda share: _blocks(view, share), most=_LARGEST)
    return {"type": "home", "blocks": list(blocks)}


def closed(reason: str) -> dict[str, Any]:
    """For whom the policy refuses: the sentence that says why and what to do."""
    return {
        "type": "home",
        "blocks": [header("Usher is not for you here"), rich(spoken(reason, 2000))],
    }


def _blocks(view: HomeView, share: float) -> list[Block]:
    return [
        *_away(view),
        *_guidebook(view),
        header("Your cases"),
        *(_cases(view.mine, view, share) if view.mine else [_said(_NOTHING_MINE)]),
        actions("home.begin", offered([Offer("Bring in a customer", "new_case")])),
        header(_waiting_title(view.waiting_in_all)),
        *(_cases(view.waiting, view, share) if view.waiting else [_said(_NOTHING_WAITS)]),
        *_more(view),
        header("How I tell you"),
        _said(wishes_words(view.wishes)),
        actions("home.wishes", offered([Offer("Change", "wishes")])),
        *_accepted(view),
        *_house(view.house),
    ]


_NOTHING_MINE = "You hold no case. Claim one that waits, or bring in a customer who wrote to you."
_NOTHING_WAITS = "Nobody is waiting. Well done, all."
_READ_FIRST = "Before your first case comes the guidebook. It is one page."
_READ_AGAIN = (
    "Your cases stay yours, and you can claim as before. Before your next answer, please read it "
    "and accept it again."
)


def _away(view: HomeView) -> list[Block]:
    if view.away is None:
        return []
    why = "Your Slack status says so. " if view.away.source is Source.STATUS else ""
    until = view.away.until
    ends = glue("you say otherwise") if until is None else moment(until)
    said = sentence(glue(f"{why}Nobody can pass you a case until "), ends, glue("."))
    back = actions("home.back", offered([Offer("I am back", "back")]))
    return [header("You are away"), rich(said), back]


def _accepted(view: HomeView) -> list[Block]:
    """Of whom nothing is asked: that it is so, and the way to look it up."""
    if view.enrolment is not Enrolment.YES or view.accepted_at is None:
        return []
    at = moment(view.accepted_at, style="{date}")
    said = sentence(glue("You accepted it on "), at, glue("."))
    read = actions("home.accepted", offered([Offer("Read it again", "read_guidebook")]))
    return [header("The guidebook"), rich(said), read]


def _guidebook(view: HomeView) -> list[Block]:
    if view.enrolment is Enrolment.YES:
        return []
    read = offered([Offer("Read the guidebook", "enroll", primary=True)])
    button = actions("home.guidebook", read)
    if view.enrolment is Enrolment.NO:
        return [header("Welcome"), _said(_READ_FIRST), button]
    news = [sentence(words(line(each, 200), 200)) for each in view.news[:_MOST_NEWS]]
    changed = [rich(bullets(news))] if news else []
    return [header("The guidebook, once more"), _said(_READ_AGAIN), *changed, button]


def _waiting_title(count: int) -> str:
    return f"Waiting for someone: {count}" if count else "Waiting for someone"


def _cases(cases: Iterable[HomeCase], view: HomeView, share: float) -> Iterator[Block]:
    for place, each in enumerate(cases):
        if place:
            yield {"type": "divider"}
        face = face_of(each.case, each.handoffs, view.now, answered=each.is_answered)
        yield _case(each, face, share)
        if pressed := _buttons(each.case, face):
            yield actions(f"home.{each.case.id}.{each.case.revision}", pressed)


def _case(shown: HomeCase, face: Face, share: float) -> Block:
    case = shown.case
    author = case.author
    name = f"{author.name} @{author.handle.lstrip('@')}" if author.name else f"@{author.handle}"
    late = "was due" if face is FACES["overdue"] else "due"
    said = case.quotable if case.is_blanked or not shown.newest else shown.newest
    at = shown.newest_at
    again = () if at is None else (glue(" · wrote again "), moment(at, style="{ago}"))
    due = () if case.due_at is None else (glue(f" · answer {late} "), moment(case.due_at))
    return rich(
        sentence(
            words(f"Case {case.id}", 40, bold=True),
            glue(" · "),
            words(line(name, 120), 120),
            glue(f" · {face.title} · "),
            moment(case.opened_at, style="{ago}"),
            *again,
            *due,
        ),
        quote(words(line(said, max(40, int(_QUOTED * share))), _QUOTED)),
        sentence(glue(face.next_step)),
    )


def _buttons(case: Case, face: Face) -> list[Block]:
    shown = offered(offers(case, face), suffix=f".{case.id}")
    if is_link(case.permalink):
        shown.append(button("Open", action_id=f"{LINK_ACTION}.home{case.id}", url=case.permalink))
    return shown


def _more(view: HomeView) -> list[Block]:
    hidden = view.waiting_in_all - len(view.waiting)
    return [context(f"And {hidden} more; the most urgent stand here.")] if hidden > 0 else []


def wishes_words(wishes: Wishes) -> str:
    how = (
        "Once a day, in the morning, in one direct message."
        if wishes.how is How.DIGEST
        else "At once, by a direct message."
    )
    if wishes.quiet_from is None or wishes.quiet_to is None:
        return f"{how} No hour is quiet."
    return f"{how} Never from {wishes.quiet_from:%H:%M} to {wishes.quiet_to:%H:%M} of your clock."


def _house(lines: tuple[str, ...]) -> list[Block]:
    if not lines:
        return []
    shown = [sentence(words(each, 400)) for each in lines[:_MOST_LINES]]
    return [header("For coordinators"), rich(bullets(shown))]


def _said(text: str) -> Block:
    return rich(sentence(words(text, 600)))
