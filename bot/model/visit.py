"""A visit: one command, press or submission by one person; and the answer they get."""

from dataclasses import dataclass, field

from bot.model.ids import CaseId, VisitKey
from bot.model.person import Person


@dataclass(frozen=True, slots=True)
class Visit:
    key: VisitKey
    by: Person


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page outside, such as *Open on X*."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A button under an answer; `action_id` is a member of `handlers.buttons.BUTTONS`."""

    label: str
    action_id: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A modal the answer asks for; `name` is a member of `bot.slack.forms.FORMS`."""

    name: str
    case_id: CaseId | None = None
    words: str = ""
    """What stands in its first field already."""
    source_url: str = ""
    """The Slack message the words come from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person reads. `text` is plain words, no markup; `copy` is offered verbatim."""

    text: str
    lines: tuple[str, ...] = ()
    copy: str = ""
    links: tuple[Link, ...] = field(default=())
    form: Form | None = None
    refused: bool = False
    offers: tuple[Offer, ...] = field(default=())
