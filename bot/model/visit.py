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
class Form:
    """A modal the answer asks for; `name` is a member of `bot.slack.forms.FORMS`."""

    name: str
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person reads. `text` is plain words, no markup; `copy` is offered verbatim."""

    text: str
    lines: tuple[str, ...] = ()
    copy: str = ""
    links: tuple[Link, ...] = field(default=())
    form: Form | None = None
    refused: bool = False
