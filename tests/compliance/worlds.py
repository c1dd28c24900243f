"""Every question there is: small enough to ask them all."""

from collections.abc import Iterator
from itertools import chain, combinations, product

from bot.compliance import Action, CaseFacts, NoCase, Question
from bot.model.case import Source
from bot.model.person import Membership

ROLES = ("coordinator", "manager", "service")
CASES: tuple[CaseFacts | NoCase, ...] = (
    NoCase(),
    *(
        CaseFacts(is_open, held, mine, source)
        for is_open, (held, mine), source in product(
            (True, False), ((False, False), (True, False), (True, True)), Source
        )
    ),
)
ROLE_SETS = tuple(
    frozenset(roles)
    for roles in chain.from_iterable(combinations(ROLES, size) for size in range(len(ROLES) + 1))
)


def every_question() -> Iterator[Question]:
    everything = product(Action, Membership, ROLE_SETS, (True, False), CASES)
    for action, membership, roles, enrolled, case in everything:
        yield Question(action, membership, roles, enrolled, case)
