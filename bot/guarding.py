"""The guard as app.yaml wants it: for `run`, and alone for `python -m bot guard`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.compliance import Guard
from bot.compliance.guard import KIND_NAMES, REGIONS
from bot.compliance.kinds.own_numbers import OwnNumber
from bot.errors import Misconfigured
from bot.settings.guarding import GuardChoice, load_guard
from bot.settings.page import Place
from bot.settings.words import nearest

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
    taken = set(KIND_NAMES)
    for index, own in enumerate(choice.numbers):
        if own.name in taken:
            yield ("guard", "numbers", index, "name"), "taken already; expected a name of its own"
        taken.add(own.name)
    for index, name in enumerate(choice.desk):
        if name not in taken:
            yield ("guard", "desk", index), f"no kind of the guard; {nearest(name, taken)}"
