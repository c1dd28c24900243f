"""Those who look after the house, as far as roles are known to us, and telling all of them."""

from bot.care.telling import tell
from bot.model.cleared import Cleared
from bot.model.ids import PersonKey
from storage.unit_of_work import Records, UnitOfWork

COORDINATOR = "coordinator"


def coordinators(unit: Records) -> list[PersonKey]:
    return sorted(person for role, person in unit.roles.held() if role == COORDINATOR)


def tell_coordinators(unit: UnitOfWork, words: Cleared[str]) -> None:
    for key in coordinators(unit):
        tell(unit, key, words)
