"""The verbs of trust of a whole Usher, which approvals call."""

from bot.care.trust import Trust
from tests.running import Running


def trust_of(house: Running) -> Trust:
    ambassadors, absence = house.usher.care.ambassadors, house.usher.care.absence
    return Trust(ambassadors.acts, absence.guard)
