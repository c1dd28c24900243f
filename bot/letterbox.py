"""What an answer takes on its way out, put together."""

from functools import cached_property

from bot.care.answering import Answering
from bot.care.reply_archive import Keeping
from bot.care.reply_endings import Endings
from bot.care.reusing import Reusing
from bot.care.topics import Topics
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
            self.guard,
            self.rooms.outside.networks,
            self.settings.charter.disclosure,
            quiet,
            Topics(self.router),
        )

    @cached_property
    def endings(self) -> Endings:
        return Endings(self.rooms.db, self.guard, self.answering, self.reusing, self.trust)

    @cached_property
    def keeping(self) -> Keeping:
        return Keeping(self.guard, self.rooms.outside.archives, self.endings)

    @cached_property
    def reusing(self) -> Reusing:
        return Reusing(self.acts)

    @cached_property
    def trust(self) -> Trust:
        return Trust(self.acts, self.guard)
