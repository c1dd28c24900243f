"""The verbs of trust of a whole Usher, which approvals call."""

from bot.care.trust import Trust
from bot.model.ids import PersonKey
from storage.unit_of_work import UnitOfWork
from tests.running import Running


def trust_of(house: Running) -> Trust:
    ambassadors, absence = house.usher.care.ambassadors, house.usher.care.absence
    return Trust(ambassadors.acts, absence.guard)


async def trusted(house: Running, name: str) -> None:
    """As after many answers: nobody else looks at theirs any more."""

    def earn(unit: UnitOfWork) -> None:
        for _ in range(10):
            trust_of(house).earned(unit, PersonKey(f"T0USHER:U0{name.upper()}"))

    await house.usher.rooms.db.write(earn)
