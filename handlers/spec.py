"""How a command, a button, a form and an event describe themselves, for help and manifest too."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.care import Care
from bot.model.ids import CaseId
from bot.model.visit import Answer, Visit
from bot.slack.forms import Page
from bot.slack.people import People


@dataclass(frozen=True, slots=True)
class Call:
    """A typed command. `typed` is what follows the command and its word, as Slack sent it."""

    care: Care
    people: People
    visit: Visit
    typed: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Press:
    care: Care
    visit: Visit
    case_id: CaseId


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent off: what it was opened with, and each input by its block id."""

    care: Care
    visit: Visit
    page: Page
    values: Mapping[str, str]


RunCall = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word behind a command, such as `release` behind /case."""

    name: str
    usage: str
    help: str
    run: RunCall


@dataclass(frozen=True, slots=True)
class Command:
    """`run` gets what no word of `words` begins; `alone` is run where nothing was typed at all."""

    name: str
    usage_hint: str
    description: str
    run: RunCall | None = None
    words: tuple[Word, ...] = ()
    alone: RunCall | None = None


@dataclass(frozen=True, slots=True)
class Button:
    action_id: str
    run: Callable[[Press], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Modal:
    """`mend_at` is the input under which a refusal of the typed words is shown, "" for none."""

    name: str
    run: Callable[[Submission], Awaitable[Answer]]
    mend_at: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """`run` gets the words of the event as if they had been typed after a command."""

    name: str
    run: RunCall
