"""A visit: one command, press or submission by one person; and the answer they get."""

from dataclasses import dataclass, field

from bot.model.ids import ApprovalId, CaseId, VisitKey
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
    primary: bool = False
    asks: str = ""
    """What is asked in a dialog before the press counts; nothing where it is empty."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words with buttons of their own under them, in a list of such."""

    text: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A modal the answer asks for; `name` is a member of `bot.slack.forms.FORMS`."""

    name: str
    case_id: CaseId | None = None
    words: str = ""
    """What stands in its first field already; masked, since it is kept with the visit."""
    source_url: str = ""
    """The Slack message the words come from."""
    version_id: str = ""
    """The guidebook's, for the form that shows it: that very text is accepted; "" asks nothing."""
    news: tuple[str, ...] = ()
    """What changed in the guidebook since this person accepted it."""
    filled: tuple[tuple[str, str], ...] = ()
    """What stands in further fields: block id and value."""
    cases: tuple[tuple[str, str], ...] = ()
    """Cases to choose among: number and a line about each."""
    approval_id: ApprovalId | None = None
    """For the form that says no to it."""
    over: bool = False
    """It stands over the form that was sent off, which is there again when this one is closed."""
    says: str = ""
    """A sentence above its fields, about what they were filled with."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases somebody asked for; each of the `words` must be met."""

    words: str = ""
    mine: bool = False
    waiting: bool = False
    first: CaseId | None = None
    """First and last case of the page that was shown."""
    last: CaseId | None = None


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
    field_id: str = ""
    """The input of the form that was sent off which a refusal speaks of."""
    mends: tuple[tuple[str, str], ...] = ()
    """Further inputs of that form, each with what is to be mended there."""
    repeated: bool = False
    """The same delivery came before, and was answered then."""
    replaces: bool = False
    """It stands in the place of the answer whose button was pressed, such as the next page."""
    query: Query | None = None
    """What was asked for, where there are more pages of it."""
    parts: tuple[Part, ...] = ()
    """What was found, where each can be pressed; shown between the text and the lines."""

    @property
    def empty(self) -> bool:
        return not (self.text or self.lines or self.copy or self.offers or self.links or self.parts)
