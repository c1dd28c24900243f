"""Which holds an answer has to wait for: of its case, of all that goes on in it, of what is said.

A case of two topics is held by either: else a merge would be a way round a hold.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.care.routing import Router
from bot.model.case import Case
from bot.model.hold import ALL
from bot.model.ids import CaseId
from storage.unit_of_work import Records


@dataclass(frozen=True, slots=True)
class Topics:
    router: Router

    def on_hold(self, unit: Records, case: Case, said: Iterable[str]) -> bool:
        """Of a name that app.yaml has no more, be it the hold's or the case's, nobody can tell any
        more what it is called now: that is held too."""
        held = unit.holds.in_force()
        if not held:
            return False
        routes = _routes(unit, case.id)
        if ALL in held or held & routes.union(*map(self._spoken_of, said)):
            return True
        return not (held | routes) <= set(self.router.names)

    def _spoken_of(self, words: str) -> frozenset[str]:
        """Where words tell nothing, the route of the case does."""
        name = self.router.route(words, language="").name
        return frozenset((name,)) - {self.router.otherwise.name}


def held_with(unit: Records, into: CaseId, *more: CaseId) -> str:
    """For who merges cases, or agrees to it: what waits from then on."""
    routes = _routes(unit, into).union(*(_routes(unit, one) for one in more))
    held = _named(unit.holds.in_force() & {ALL, *routes})
    return held and f"On hold are answers on {held}: with that, all answers in case {into} wait."


def held_just_now(unit: Records) -> str:
    return _named(unit.holds.in_force())


def _named(held: AbstractSet[str]) -> str:
    return "every topic" if ALL in held else ", ".join(sorted(held))


def _routes(unit: Records, case_id: CaseId) -> frozenset[str]:
    case = unit.cases.get(case_id)
    own = () if case is None else (case.route,)
    return frozenset((*own, *unit.merging.routes(case_id)))
