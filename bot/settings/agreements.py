"""What two sections must agree on: a desk that is named must be there, and so on.

They are read from the values as written, so that they are told in the same breath as everything
else that is wrong; a place of the wrong shape is skipped here, since the models name it already.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from bot.settings.page import Page, Place
from bot.settings.sections import ApprovalChoice, ComplaintChoice
from bot.settings.words import nearest

KNOWN_ROLES = (
    "coordinator",
    "manager",
    "service",
    "approver",
    "privacy",
    "auditor",
    "principal",
    "platform",
)
"""What the delivered profiles and app.yaml speak of; an organisation may add its own."""

Found = Iterator[tuple[Place, str]]


def disagreements(page: Page) -> list[str]:
    found = (
        *_desks(page.values),
        *_directory(page.values),
        *_roles(page.values),
        *_routes(page.values),
        *_approvals(page.values),
        *_quiet_hours(page.values),
        *_complaints(page.values),
    )
    return [page.complain(place, sentence) for place, sentence in found]


def _mapping(values: object, *way: str) -> Mapping[str, object]:
    for key in way:
        values = values.get(key) if isinstance(values, Mapping) else None
    return values if isinstance(values, Mapping) else {}


def _desks(values: Mapping[str, object]) -> Found:
    desks = _mapping(values, "desks")
    for kind in _mapping(values, "handoffs"):
        desk = _mapping(values, "handoffs", kind).get("desk")
        if isinstance(desk, str) and desk not in desks:
            hint = nearest(desk, desks)
            yield ("handoffs", kind, "desk"), f"found {desk}, expected a desk of desks; {hint}"


def _directory(values: Mapping[str, object]) -> Found:
    name = _mapping(values, "lookup").get("directory")
    known = _mapping(values, "directories")
    if isinstance(name, str) and name not in known:
        hint = nearest(name, known)
        yield ("lookup", "directory"), f"found {name}, expected one of directories; {hint}"


def _roles(values: Mapping[str, object]) -> Found:
    roles = _mapping(values, "roles")
    for role in roles:
        close = get_close_matches(role, KNOWN_ROLES, n=1, cutoff=0.8)
        if close and role not in KNOWN_ROLES:
            yield ("roles", role), f"not known here; did you mean {close[0]}?"
    for role in _mapping(values, "lookup", "more"):
        if role not in roles:
            yield ("lookup", "more", role), f"not a role of roles; {nearest(role, roles)}"


def _routes(values: Mapping[str, object]) -> Found:
    routes = values.get("routes")
    names: set[str] = set()
    for index, route in enumerate(routes if isinstance(routes, list) else ()):
        if not isinstance(route, Mapping):
            continue
        if not route.get("words") and not route.get("languages"):
            yield ("routes", index), "fits nothing, expected words or languages"
        name = route.get("name")
        if isinstance(name, str) and name in names:
            yield ("routes", index, "name"), f"found {name} a second time, expected a new name"
        names.add(str(name))


def _approvals(values: Mapping[str, object]) -> Found:
    """Left out, they are the defaults of the section."""
    told = _mapping(values, "approvals")
    remind = told.get("remind_after_hours", ApprovalChoice().remind_after_hours)
    expire = told.get("expire_after_hours", ApprovalChoice().expire_after_hours)
    if not isinstance(remind, int | float) or not isinstance(expire, int | float):
        return
    if remind >= expire:
        sentence = f"found {remind}, expected less than expire_after_hours ({expire})"
        yield ("approvals", "remind_after_hours"), sentence


def _complaints(values: Mapping[str, object]) -> Found:
    """Left out, they are the defaults of the section."""
    told, usual = _mapping(values, "complaints"), ComplaintChoice()
    answer = told.get("acknowledge_within_days", usual.acknowledge_within_days)
    end = told.get("settle_within_days", usual.settle_within_days)
    if isinstance(answer, int | float) and isinstance(end, int | float) and answer > end:
        sentence = f"found {answer}, expected no more than settle_within_days ({end})"
        yield ("complaints", "acknowledge_within_days"), sentence
    lines = told.get("lines")
    lines = lines if isinstance(lines, list) else []
    for index, line in enumerate(lines):
        if line in lines[:index]:
            yield ("complaints", "lines", index), f"found {line} a second time, expected it once"


def _quiet_hours(values: Mapping[str, object]) -> Found:
    """One hour alone would look like quiet and be none: answers would go out all night."""
    told = _mapping(values, "replies")
    begins, ends = told.get("quiet_from"), told.get("quiet_to")
    if begins is None and ends is None:
        return
    if begins is None or ends is None:
        here, other = ("quiet_to", "quiet_from") if begins is None else ("quiet_from", "quiet_to")
        yield ("replies", here), f"stands alone, expected {other} beside it"
    elif begins == ends:
        yield ("replies", "quiet_to"), f"found {ends} again, expected another hour than quiet_from"
