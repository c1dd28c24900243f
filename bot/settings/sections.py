"""The sections of app.yaml as frozen types: what an organisation can say about itself."""

import re
from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic import ValidationInfo as Info

from bot.model.case import Urgency
from bot.model.complaint import LINES
from bot.model.handoff import HandoffKind
from bot.settings.guarding import GuardChoice
from bot.settings.page import SECRET
from bot.settings.words import nearest

CHANNEL = re.compile(r"^(?:#[^\s#<>@,.:]{1,80}|[CG][A-Z0-9]{5,})$")
LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
MEMBER = re.compile(r"^(?:@[a-z0-9][a-z0-9._-]*|[UW][A-Z0-9]{4,})$")
PREFIX = re.compile(r"^(?:[a-z0-9][a-z0-9_-]{0,15})?$")
EMOJI = re.compile(r"^:[a-z0-9_+'-]+:$")
HOUR = re.compile(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$")


@cache
def _zones() -> frozenset[str]:
    """All folders of the machine's zones are walked for it."""
    return frozenset(available_timezones())


def _zone(value: object) -> ZoneInfo:
    names = _zones()
    if isinstance(value, str) and value in names:
        return ZoneInfo(value)
    hint = nearest(str(value), names) if str(value) else ""
    short = f"; {hint}" if hint.startswith("did") else ""
    raise ValueError(f"an IANA time zone such as Europe/Berlin{short}")


def _matching(pattern: re.Pattern[str], expected: str) -> BeforeValidator:
    def check(value: object) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        raise ValueError(expected)

    return BeforeValidator(check)


def _hour(value: object) -> time:
    if isinstance(value, str) and HOUR.fullmatch(value):
        return time.fromisoformat(value)
    raise ValueError('an hour and minutes, such as "08:00"')


def _findable(value: str) -> str:
    if any(sign.isalnum() for sign in value):
        return value
    raise ValueError("a word with a letter or a digit in it: signs alone are never found in a post")


def _file(value: object, info: Info) -> Path:
    home: Path = (info.context or {}).get("home", Path())
    if not isinstance(value, str) or not value or SECRET.search(value):
        raise ValueError("the name of a file")
    path = home / value
    if not path.is_file():
        raise ValueError(f"a file that is there ({path} is not)")
    return path


def _disclosure(value: object) -> str:
    if isinstance(value, str) and "{name}" in value:
        rest = value.replace("{name}", "")
        if "{" in rest:
            raise ValueError("no other braces than {name}")
        if not any(map(str.isalnum, rest)):
            raise ValueError("words beside {name} that say for whom they write")
        return value
    raise ValueError("{name} in it, the place of the colleague's first name")


Channel = Annotated[str, _matching(CHANNEL, 'a channel such as "#care" or C0123ABCD, in quotes')]
Language = Annotated[str, _matching(LANGUAGE, "a language code such as de")]
Member = Annotated[str, _matching(MEMBER, 'a user group such as "@care-leads", or a person U0123')]
Prefix = Annotated[str, _matching(PREFIX, 'up to 16 of a-z, 0-9, "-" and "_", or ""')]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Searched = Annotated[Words, AfterValidator(_findable)]
Section = Annotated[
    Mapping[str, object], BeforeValidator(lambda value: {} if value is None else value)
]
"""A connector's own settings, kept as written until its own class reads them."""


class Part(BaseModel):
    """What all sections share: unknown keys are typos, and nothing changes while we run."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Charter(Part):
    definition: Words
    scope: Words
    voice: Words
    guidebook: Annotated[Path, BeforeValidator(_file)]
    disclosure: Annotated[str, BeforeValidator(_disclosure)]


class Otherwise(Part):
    channel: Channel
    urgency: Urgency = Urgency.NORMAL
    answer_within_hours: Annotated[float, Field(gt=0, le=24 * 365)] | None = None


class Route(Otherwise):
    name: Words
    words: tuple[Searched, ...] = ()
    languages: tuple[Language, ...] = ()


class PolicyChoice(Part):
    profile: Words


class HandoffTarget(Part):
    desk: Words
    queue: Words


Showing = Literal["plain", "masked"]


class Lookup(Part):
    directory: Words
    fields: Mapping[str, Showing]
    more: Mapping[str, Mapping[str, Showing]] = Field(default_factory=dict)
    consent_versions: Annotated[tuple[Words, ...], Field(min_length=1)]


class Digest(Part):
    channel: Channel
    at: Annotated[time, BeforeValidator(_hour)]
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    stuck_after_hours: Annotated[float, Field(gt=0, le=24 * 365)]


class Absence(Part):
    """Status emojis that say somebody is away; words in a status are never read."""

    emojis: tuple[Annotated[str, _matching(EMOJI, 'an emoji such as ":palm_tree:"')], ...] = ()


class ApprovalChoice(Part):
    """Without a channel each person who may answer is asked in a direct message."""

    channel: Channel | None = None
    remind_after_hours: Annotated[float, Field(gt=0, le=24 * 365)] = 12
    expire_after_hours: Annotated[float, Field(gt=0, le=24 * 365)] = 24


class ReplyChoice(Part):
    """Hours of the organisation's clock in which no answer goes out for anybody."""

    quiet_from: Annotated[time, BeforeValidator(_hour)] | None = None
    quiet_to: Annotated[time, BeforeValidator(_hour)] | None = None


class ComplaintChoice(Part):
    """Lines of business, and days from the customer's first words."""

    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)] = LINES
    acknowledge_within_days: Annotated[float, Field(gt=0, le=3650)] = 15
    settle_within_days: Annotated[float, Field(gt=0, le=3650)] = 40


class Sections(Part):
    """app.yaml as a whole, in its own order."""

    organisation: Words
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)]
    prefix: Prefix = ""
    charter: Charter
    networks: Mapping[str, Section] = Field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    otherwise: Otherwise
    urgent_words: tuple[Searched, ...] = ()
    absence: Absence = Absence()
    roles: Mapping[str, tuple[Member, ...]] = Field(default_factory=dict)
    policy: PolicyChoice
    approvals: ApprovalChoice = ApprovalChoice()
    replies: ReplyChoice = ReplyChoice()
    complaints: ComplaintChoice = ComplaintChoice()
    guard: GuardChoice = GuardChoice()
    handoffs: Mapping[HandoffKind, HandoffTarget] = Field(default_factory=dict)
    desks: Mapping[str, Section] = Field(default_factory=dict)
    directories: Mapping[str, Section] = Field(default_factory=dict)
    archives: Mapping[str, Section] = Field(default_factory=dict)
    lookup: Lookup
    digest: Digest
