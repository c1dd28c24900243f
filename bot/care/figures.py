"""The house in numbers: nobody asked as a person, so nothing of it is on record."""

from dataclasses import dataclass

from bot.model.figures import HouseFigures
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Figures:
    db: Database

    async def house(self) -> HouseFigures:
        return await self.db.read(lambda unit: unit.figures.house())
