"""What an answer takes on its way out, put together."""

from functools import cached_property

from bot.care.answering import Answering
from bot.care.reply_endings import Endings
from bot.care.trust import Trust
from bot.model.wishes import Wishes
from bot.stove import Stove


class Letterbox(Stove):
    @cached_property
    def answering(self) -> Answering:
        told = self.settings.replies
        quiet = Wishes(
            quiet_from=told.quiet_from, quiet_to=told.quiet_to, zone=str(self.settings.timezone)
        )
        return Answering(
            self.guard, self.rooms.outside.networks, self.settings.charter.disclosure, quiet
        )

    @cached_property
    def endings(self) -> Endings:
        return Endings(self.guard, self.answering)

    @cached_property
    def trust(self) -> Trust:
        return Trust(self.acts, self.guard)
