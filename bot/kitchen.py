"""The verbs, given the rooms they work in: the one place where `Care` is put together."""

from collections.abc import Mapping
from datetime import timedelta

from bot.care import Care
from bot.care.acts import Acts
from bot.care.ambassadors import Ambassadors, read_guidebook
from bot.care.cases import Cases
from bot.care.couriers import Couriers
from bot.care.customers import Customers, Disclosure
from bot.care.deliveries import Deliveries, Pace
from bot.care.digests import Digests, template_room
from bot.care.duty import Duty
from bot.care.evidence import Evidence
from bot.care.handoffs import Counter, Handoffs
from bot.care.listening import Listening
from bot.care.listing import Listing
from bot.care.mentions import Mentions
from bot.care.replies import Replies
from bot.care.routing import Route, Router, phrases
from bot.care.status import Status
from bot.care.threshold import Threshold
from bot.care.undo import Undoing
from bot.model.person import Workspace
from bot.rooms import Rooms
from bot.settings import Settings
from bot.settings.sections import Otherwise
from bot.slack.channel import SlackChannel
from bot.slack.slashes import Slashes


def kitchen(
    settings: Settings,
    rooms: Rooms,
    *,
    slack: SlackChannel,
    slashes: Slashes,
    workspace: Workspace,
    owner: str,
    pace: Pace,
) -> Care:
    """`owner` names this process among the replicas; `workspace` is where cards stand."""
    guard, router, duty = rooms.guard, _router(settings), Duty(rooms.db, owner)
    couriers = Couriers(rooms.db, guard, slack, rooms.outside.desks, router, slashes)
    deliveries = Deliveries(rooms.db, couriers.by_kind(), owner, pace)
    book = read_guidebook(settings.charter.guidebook)
    rooms.db.on_wish(deliveries.nudge)
    acts = Acts(rooms.db, rooms.policy, lambda: book.version)
    cases = Cases(acts, guard, router, rooms.outside.networks)
    mentions = Mentions(acts, guard, router, workspace)
    listening = Listening(mentions, rooms.outside.networks, duty)
    return Care(
        threshold=Threshold(acts, guard),
        cases=cases,
        listing=Listing(acts),
        undoing=Undoing(acts),
        customers=_customers(settings, rooms, acts),
        handoffs=Handoffs(
            acts,
            guard,
            {kind: Counter(to.desk, to.queue) for kind, to in settings.handoffs.items()},
        ),
        replies=Replies(acts, guard, rooms.outside.networks, settings.charter.disclosure),
        ambassadors=Ambassadors(acts, cases, book),
        digests=_digests(settings, rooms, acts, duty),
        mentions=mentions,
        listening=listening,
        duty=duty,
        deliveries=deliveries,
        status=Status(acts, listening),
        evidence=Evidence(acts, rooms.policy),
    )


def _router(settings: Settings) -> Router:
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


def _promised(route: Otherwise) -> timedelta | None:
    hours = route.answer_within_hours
    return None if hours is None else timedelta(hours=hours)


def _customers(settings: Settings, rooms: Rooms, acts: Acts) -> Customers:
    lookup = settings.lookup
    return Customers(
        acts,
        rooms.guard,
        rooms.outside.networks,
        rooms.outside.directories.get(lookup.directory),
        Disclosure(
            plain=_shown(lookup.fields, "plain"),
            masked=_shown(lookup.fields, "masked"),
            plain_by_role={role: _shown(more, "plain") for role, more in lookup.more.items()},
            masked_by_role={role: _shown(more, "masked") for role, more in lookup.more.items()},
            consent_versions=frozenset(lookup.consent_versions),
        ),
    )


def _shown(fields: Mapping[str, str], how: str) -> frozenset[str]:
    return frozenset(name for name, showing in fields.items() if showing == how)


def _digests(settings: Settings, rooms: Rooms, acts: Acts, duty: Duty) -> Digests:
    return Digests(
        acts,
        rooms.guard,
        duty,
        organisation=settings.organisation,
        zone=settings.timezone,
        channel=settings.digest.channel,
        stuck_after=timedelta(hours=settings.digest.stuck_after_hours),
        templates=template_room(),
    )
