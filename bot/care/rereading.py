"""Whoever has to read the guidebook again is told once: the text changed, or it was long ago.

Nobody is told by a replica that still has an older text: the one that began last is in force.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.care.acts import Acts
from bot.care.guidebook import Book
from bot.care.redrawing import redraw
from bot.care.telling import tell
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

LOOK_SECONDS = 600.0
AT_ONCE = 100
"""People told in one transaction."""
MOST_NEWS = 3
_AGAIN = (
    "Please read the guidebook once more: /usher enroll. Your cases stay yours, and you can claim "
    "as before; only your next answer waits for it."
)


@dataclass(frozen=True, slots=True)
class Rereading:
    acts: Acts
    guard: Guard
    book: Book

    async def begin(self) -> None:
        """At the start, before any door opens: our text is the one in force."""

        def work(unit: UnitOfWork) -> None:
            if unit.guidebooks.newest() != self.book.version:
                self._in_force(unit)

        for hint in self.book.hints():
            log.warning("guidebook.chills", what=hint)
        await self.acts.db.write(work)

    async def look(self) -> None:
        # A file that was away may be there again.
        self.book.shows()
        while await self.acts.db.write(self._told):
            pass

    def _told(self, unit: UnitOfWork) -> bool:
        """Whether there may be more of them."""
        version = self.book.version
        if unit.guidebooks.text(version) is None:
            # A policy that came into force while we are at work changed what stands there.
            self._in_force(unit)
        elif unit.guidebooks.newest() != version:
            return False
        days = timedelta(days=self.acts.policy.settings.attest_days)
        due = unit.guidebooks.to_be_told(version, before=unit.now - days, limit=AT_ONCE)
        ours = [key for key in due if unit.guidebooks.told(key, version)]
        for key in ours:
            tell(unit, key, self.guard.clear(self._words(unit, key)))
            redraw(unit, key)
        if ours:
            facts = (("version", version), ("people", str(len(ours))))
            unit.commit(AuditEntry("guidebook.announced", CLOCKWORK.key, facts=facts))
        return len(due) == AT_ONCE

    def _words(self, unit: UnitOfWork, key: PersonKey) -> str:
        news = self.book.news(unit, key)
        more = ("…",) if len(news) > MOST_NEWS else ()
        return "\n".join((_AGAIN, *(f"• {each}" for each in (*news[:MOST_NEWS], *more))))

    def _in_force(self, unit: UnitOfWork) -> None:
        book = self.book.last()
        unit.guidebooks.begin(book.version, book.markdown)
        facts = (("version", book.version),)
        unit.commit(AuditEntry("guidebook.in_force", CLOCKWORK.key, facts=facts))
