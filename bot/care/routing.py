"""Which channel listens for what, and how urgent it is, with the reason people read on the card."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.case import NewCase, Urgency
from bot.model.delivery import Wish
from bot.model.ids import CaseId, ChannelId
from bot.model.lanes import NOW, SOON, lane_to

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    channel: str
    """As app.yaml says it: "#care-billing" or a channel id; resolved when a card is posted."""
    phrases: tuple[str, ...]
    languages: frozenset[str]
    urgency: Urgency
    answer_within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Routed:
    name: str
    channel_id: ChannelId
    urgency: Urgency
    reason: str
    answer_within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Router:
    routes: tuple[Route, ...]
    otherwise: Route
    urgent_phrases: tuple[str, ...]

    def route(self, text: str, *, language: str) -> Routed:
        """The first route whose words or language fit. Words are whole words, in any case."""
        said = padded(text)
        found, reason = self._first(said, language)
        urgency = found.urgency
        if urgent := first_in(said, self.urgent_phrases):
            urgency, reason = Urgency.HIGH, said_words(urgent)
        channel = ChannelId(found.channel)
        return Routed(found.name, channel, urgency, reason, found.answer_within)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all routes: the topics there are."""
        return tuple(one.name for one in (*self.routes, self.otherwise))

    def channel(self, route: str) -> str | None:
        """Where this route's cards go now; None when app.yaml no longer knows it."""
        known = (*self.routes, self.otherwise)
        return next((one.channel for one in known if one.name == route), None)

    def _first(self, said: str, language: str) -> tuple[Route, str]:
        for route in self.routes:
            if phrase := first_in(said, route.phrases):
                return route, said_words(phrase)
            if language and language.split("-")[0].casefold() in route.languages:
                return route, f"written in {language}"
        return self.otherwise, ""


def said_words(phrase: str) -> str:
    return f"the word{'s' if ' ' in phrase else ''} “{phrase}”"


def padded(text: str) -> str:
    """`text` as single words between blanks, folded, so that a phrase is found by plain search."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def phrases(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in (padded(each).strip() for each in words) if word)


def first_in(said: str, wanted: tuple[str, ...]) -> str:
    return next((phrase for phrase in wanted if f" {phrase} " in said), "")


def first_card(case_id: CaseId, case: NewCase) -> Wish:
    """To be posted where the case was routed to; later wishes are edits, and need no lane."""
    priority = NOW if case.urgency is Urgency.HIGH else SOON
    return Wish(case_id, lane_to(case.channel_id), priority)
