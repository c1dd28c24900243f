"""What the doors ask before anything else: may these words come in, may that leave."""

from dataclasses import dataclass, replace
from typing import TypeVar

from bot.care.acts import Acts
from bot.compliance import Guard, Sink
from bot.errors import Refusal
from bot.model.cleared import Cleared
from bot.model.visit import Answer, Visit

T = TypeVar("T")

STILL_SHOWN = "Your message still shows it: please delete it."


@dataclass(frozen=True, slots=True)
class Threshold:
    acts: Acts
    guard: Guard

    def admit(self, text: str, *, stays: bool = False) -> None:
        """Raise `Refusal` when somebody typed what must not be kept, such as a card number.

        The rest of their words is given back in it, but for `stays`: words of a message, which
        Slack shows on whatever we do with them.
        """
        try:
            self.guard.admit(text)
        except Refusal as no:
            if not stays:
                raise replace(no, copy=self.given_back(text)) from no
            raise Refusal(f"{no.sentence} {STILL_SHOWN}", no.rule) from no

    def given_back(self, text: str) -> str:
        """Words that are refused, as their author may copy them: they may stand nowhere else."""
        return self.guard.mask(text.strip())

    def clear(self, value: T) -> Cleared[T]:
        """What is on its way to one person."""
        return self.guard.clear(value, sink=Sink.PERSON)

    async def refused(self, no: Refusal, *, visit: Visit) -> Answer:
        """Record a refusal said at the door itself."""
        return await self.acts.refused(no, visit=visit, action="visit.enter")
