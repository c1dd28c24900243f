"""What `bot check` tells beside what is wrong: it may be meant so, and mostly is not."""

from collections.abc import Iterator, Sequence

from bot.care.guidebook import QUIZ
from bot.care.holds import renamed_holds
from bot.care.routing import Route, first_in
from bot.care.thin_roles import thin_roles
from bot.compliance import Action, ObligationKind, Policy, Sink
from bot.errors import Misconfigured, Unavailable
from bot.guarding import guard_of
from bot.model.clock import utc_now
from bot.model.hold import ALL
from bot.organisation import book_of, router_of
from bot.rooms import address_of, idle_roles, policy_of, vault_of
from bot.settings import Settings
from storage.database import Database


async def hints(settings: Settings) -> list[str]:
    return _of_the_page(settings) + await _of_the_database(settings)


def _of_the_page(settings: Settings) -> list[str]:
    try:
        policy = policy_of(settings)
        idle = idle_roles(settings, policy)
        odd = [*_routes(settings), *_disclosure(settings), *_unsigned(policy), *_grave(settings)]
        chills = list(book_of(settings, lambda: policy_of(settings)).hints())
    except (Misconfigured, OSError, UnicodeDecodeError):
        return []
    return [*chills, *odd, *_thin(settings, policy)] + [
        f"Nobody is {role}: roles in app.yaml names nobody for it, and what its rules allow, "
        "nobody may do."
        for role in idle
    ]


def _routes(settings: Settings) -> Iterator[str]:
    """The names that holds understand as more than one route, and routes that never get a post."""
    routes = router_of(settings).routes
    for place, route in enumerate(routes):
        if by := _takers(route, routes[:place]):
            sentence = f"no post ever gets to {route.name}: what it wants goes to {by} before it"
            yield settings.complaint(("routes", place), f"{sentence}; move it up")
        if route.name.strip().casefold() in {ALL, router_of(settings).otherwise.name}:
            sentence = f"a route called {route.name}; /usher hold {ALL} means every topic there is"
            yield settings.complaint(("routes", place, "name"), f"{sentence}: name it otherwise")


def _takers(route: Route, before: Sequence[Route]) -> str:
    """Who takes all its words and languages; "" where something is left."""
    first: list[str] = []
    for phrase in route.phrases:
        takes = (each.name for each in before if first_in(f" {phrase} ", each.phrases))
        first.append(next(takes, ""))
    for language in route.languages:
        takes = (each.name for each in before if language in each.languages)
        first.append(next(takes, ""))
    return "" if "" in first else " and ".join(dict.fromkeys(first))


def _thin(settings: Settings, policy: Policy) -> Iterator[str]:
    """Who is in a group only Slack knows; a role that nobody has is idle, which is said already."""
    by_name = {
        role: frozenset(members)
        for role, members in settings.roles.items()
        if members and all(each.startswith(("U", "W")) for each in members)
    }
    return thin_roles(policy, by_name)


def _disclosure(settings: Settings) -> Iterator[str]:
    """As it signs an answer that is about to go out."""
    signed = settings.charter.disclosure.replace("{name}", "Anna")
    guard = guard_of(settings.guard, settings.complaint)
    if hidden := guard.hidden(signed, sink=Sink.NETWORK):
        sentence = f"the guard lets no answer out with this in it, for {' and '.join(hidden)}; "
        more = "leave it out, or name what you publish under guard: ours"
        yield settings.complaint(("charter", "disclosure"), f"{sentence}{more}")


def _grave(settings: Settings) -> Iterator[str]:
    """In the guidebook and its questions, which all colleagues read."""
    guard, book = guard_of(settings.guard, settings.complaint), settings.charter.guidebook
    for path in (book, book.parent / QUIZ):
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            if hidden := guard.hidden(line, sink=Sink.REVEAL):
                yield f"{path.name}:{number}: what looks like {hidden[0]} stands here; leave it out"


def _unsigned(policy: Policy) -> Iterator[str]:
    for action in (Action.DRAFT_REPLY, Action.SEND_REPLY):
        if rule := policy.first_without(ObligationKind.DISCLOSURE, action):
            yield (
                f"{rule} allows {action} without `obligations: [disclosure]`: nobody looks whether "
                "the words say who writes, as charter: disclosure in app.yaml wants it"
            )


async def _of_the_database(settings: Settings) -> list[str]:
    """Where one is there already, and fit for this version."""
    try:
        address, vault = address_of(settings), vault_of(settings)
        db = await Database.open(address, vault=vault, clock=utc_now, reading=True)
    except (Misconfigured, Unavailable):
        return []
    try:
        return await renamed_holds(db, router_of(settings).names)
    finally:
        await db.close()
