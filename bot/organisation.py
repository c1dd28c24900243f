"""What app.yaml says, as the verbs take it: routes, desks, and what a look-up may show."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.care.customers import Disclosure
from bot.care.guidebook import Book
from bot.care.handoffs import Counter
from bot.care.routing import Route, Router, phrases
from bot.compliance import Policy
from bot.model.complaint import Promise
from bot.model.handoff import HandoffKind
from bot.settings import Settings
from bot.settings.sections import Otherwise


def router_of(settings: Settings) -> Router:
    routes = tuple(
        Route(
            name=one.name,
            channel=one.channel,
            phrases=phrases(one.words),
            languages=frozenset(language.split("-")[0] for language in one.languages),
            urgency=one.urgency,
            answer_within=_promised(one),
        )
        for one in settings.routes
    )
    rest = settings.otherwise
    otherwise = Route(
        "everything else", rest.channel, (), frozenset(), rest.urgency, _promised(rest)
    )
    return Router(routes, otherwise, phrases(settings.urgent_words))


def channels_of(settings: Settings) -> tuple[str, ...]:
    """All that app.yaml names, each once."""
    routes = (one.channel for one in (*settings.routes, settings.otherwise))
    asked = (settings.approvals.channel,) if settings.approvals.channel else ()
    return tuple(dict.fromkeys((*routes, settings.digest.channel, *asked)))


def counters_of(settings: Settings) -> Mapping[HandoffKind, Counter]:
    return {kind: Counter(to.desk, to.queue) for kind, to in settings.handoffs.items()}


def promise_of(settings: Settings) -> Promise:
    """When a complaint is to be answered and settled at the latest."""
    told = settings.complaints
    acknowledge = timedelta(days=told.acknowledge_within_days)
    return Promise(acknowledge, timedelta(days=told.settle_within_days))


def book_of(settings: Settings, policy: Callable[[], Policy]) -> Book:
    """What a guidebook may name: the charter's own words."""
    charter = settings.charter
    words = {
        "organisation": settings.organisation,
        "definition": charter.definition,
        "scope": charter.scope,
        "voice": charter.voice,
        "disclosure": charter.disclosure,
    }
    return Book(charter.guidebook, words, policy)


def disclosure_of(settings: Settings) -> Disclosure:
    lookup = settings.lookup
    return Disclosure(
        plain=_shown(lookup.fields, "plain"),
        masked=_shown(lookup.fields, "masked"),
        plain_by_role={role: _shown(more, "plain") for role, more in lookup.more.items()},
        masked_by_role={role: _shown(more, "masked") for role, more in lookup.more.items()},
        consent_versions=frozenset(lookup.consent_versions),
    )


def _promised(route: Otherwise) -> timedelta | None:
    hours = route.answer_within_hours
    return None if hours is None else timedelta(hours=hours)


def _shown(fields: Mapping[str, str], how: str) -> frozenset[str]:
    return frozenset(name for name, showing in fields.items() if showing == how)
