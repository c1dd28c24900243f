"""How commands, buttons, forms, shortcuts and events describe themselves, for help and manifest."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.care import Care
from bot.errors import Refusal
from bot.model.delivery import Card
from bot.model.ids import CaseId
from bot.model.person import CLOCKWORK, Person, Workspace
from bot.model.visit import Answer, Form, Visit
from bot.slack.channel import SlackChannel
from bot.slack.people import People
from handlers.arguments import Misread, case_number


@dataclass(frozen=True, slots=True)
class Call:
    """A typed command. `typed` is what follows the command and its word, as Slack sent it."""

    care: Care
    people: People
    visit: Visit
    typed: str
    prefix: str
    thread: Card | None = None
    """Where it was said, for a mention inside a thread: the channel and the thread's first word."""
    event: Mapping[str, Any] = field(default_factory=dict)
    """For an event: what Slack told, such as the `tab` that was opened."""


UNKNOWN_BUTTON = "I do not know this button. Please use a newer card."


def number_in(carried: str) -> int:
    """What a button of ours carries, or a part of it; `Refusal` where it is no number."""
    try:
        number, rest = case_number(carried)
    except Misread as misread:
        raise Refusal(UNKNOWN_BUTTON) from misread
    # We put nothing there but the number; a person's way of writing one is not ours.
    if rest:
        raise Refusal(UNKNOWN_BUTTON)
    return number


@dataclass(frozen=True, slots=True)
class Press:
    """`value` is what the button carried, and comes from outside: it may be forged."""

    care: Care
    visit: Visit
    value: str
    place: Card | None = None
    """The message it stands on; None in a modal, a home tab and what only one person sees."""

    @property
    def number(self) -> int:
        """Raises `Refusal` where the button carries none, or more than that."""
        return number_in(self.value)

    @property
    def case_id(self) -> CaseId:
        return CaseId(self.number)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent off: what it was opened with, and each input by its block id."""

    care: Care
    visit: Visit
    form: Form
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a channel, chosen by somebody. `text` is plain, with names for its mentions."""

    place: Card
    thread: Card | None
    text: str
    url: str
    by: str
    """The author's user id, "" for an app."""
    ours: bool
    case_id: CaseId | None = None
    """For a card of ours: the case its buttons speak of."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A shortcut chosen; `said` is None for one that belongs to no message."""

    care: Care
    visit: Visit
    said: Said | None


@dataclass(frozen=True, slots=True)
class Told:
    """Something Slack told that nobody asked of us; there is nobody to answer."""

    care: Care
    people: People
    channel: SlackChannel
    workspace: Workspace
    event: Mapping[str, Any]
    by: Person = CLOCKWORK


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
    """`run` reads `case_id`, `number` or `value` of the press, whichever its button carries.

    `on_cards` marks the buttons of a case's card, which carry its number: pressed on a card whose
    place was never learned, they tell where it stands.
    """

    action_id: str
    run: Callable[[Press], Awaitable[Answer]]
    on_cards: bool = False


@dataclass(frozen=True, slots=True)
class Modal:
    """`mend_at` is the input under which a refusal of no other input is shown, "" for none."""

    name: str
    run: Callable[[Submission], Awaitable[Answer]]
    mend_at: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`name` is what people see, 24 characters at most; `where` it is offered."""

    callback_id: str
    name: str
    description: str
    where: Literal["global", "message"]
    run: Callable[[Pick], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Event:
    """A person speaks to us: decided and answered like a command; an empty answer says nothing."""

    name: str
    run: RunCall


@dataclass(frozen=True, slots=True)
class Notice:
    """Slack tells what nobody asked for. `matters` drops at once what is none of our business."""

    name: str
    run: Callable[[Told], Awaitable[None]]
    matters: Callable[[Told], Awaitable[bool]] | None = None
