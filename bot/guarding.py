"""The guard as app.yaml wants it: for `run`, and alone for `python -m bot guard`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.compliance import Guard
from bot.compliance.guard import KIND_NAMES, REGIONS
from bot.compliance.kinds import KINDS
from bot.compliance.kinds.own_numbers import OwnNumber
from bot.compliance.own_patterns import plain_pattern
from bot.errors import Misconfigured
from bot.settings.guarding import GuardChoice, load_guard
from bot.settings.page import Place
from bot.settings.words import nearest, shown

FEWEST_OF_OURS = 5
"""Letters and digits: m@x.de. What is shorter the guard takes for nobody's."""
Complain = Callable[[Place, str], str]


def guard_of(choice: GuardChoice, complain: Complain) -> Guard:
    """Raises one `Misconfigured` with every name that the guard does not know."""
    if wrong := tuple(complain(place, sentence) for place, sentence in _unknown(choice)):
        raise Misconfigured(wrong)
    return Guard(
        regions=choice.regions,
        numbers=[
            OwnNumber(own.name, own.pattern, destroy=own.action == "destroy")
            for own in choice.numbers
        ],
        ours=choice.ours,
        desk=choice.desk,
    )


def guard_alone(path: Path) -> Guard:
    choice, page = load_guard(path)
    return guard_of(choice, page.complain)


def _unknown(choice: GuardChoice) -> Iterator[tuple[Place, str]]:
    for index, region in enumerate(choice.regions):
        if region not in REGIONS:
            sentence = f"found {region}, expected a country's two letters, such as US or DE"
            yield ("guard", "regions", index), sentence
    yield from _numbers(choice)
    yield from _ours(choice)
    yield from _desk(choice)


def _numbers(choice: GuardChoice) -> Iterator[tuple[Place, str]]:
    taken = set(KIND_NAMES)
    for index, own in enumerate(choice.numbers):
        place = ("guard", "numbers", index)
        if own.name in taken:
            yield (*place, "name"), "taken already; expected a name of its own"
        taken.add(own.name)
        try:
            plain_pattern(own.pattern)
        except ValueError as expected:
            yield (*place, "pattern"), f"found {shown(own.pattern)}, expected {expected}"


def _ours(choice: GuardChoice) -> Iterator[tuple[Place, str]]:
    """What counts for nothing there, or would be shown nowhere all the same."""
    guard = Guard(regions=("US",))
    for index, own in enumerate(choice.ours):
        if guard.left_out(own):
            sentence = "what stands here is kept nowhere, expected a number or address you publish"
            yield ("guard", "ours", index), sentence
        elif sum(sign.isalnum() for sign in own) < FEWEST_OF_OURS:
            sentence = f"found {shown(own)}, expected a whole telephone number or address"
            yield ("guard", "ours", index), sentence


def _desk(choice: GuardChoice) -> Iterator[tuple[Place, str]]:
    destroyed = {kind.name for kind in KINDS if kind.destroyed}
    destroyed |= {own.name for own in choice.numbers if own.action == "destroy"}
    known = {*KIND_NAMES, *(own.name for own in choice.numbers)}
    for index, name in enumerate(choice.desk):
        if name not in known:
            hint = nearest(name, known - destroyed)
            yield ("guard", "desk", index), f"no kind of the guard; {hint}"
        elif name in destroyed:
            sentence = f"found {name}, which is kept nowhere: no desk can read it; take it out"
            yield ("guard", "desk", index), sentence
