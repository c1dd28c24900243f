"""The archive has an answer before the network does, where the house rules ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.archives.base import Archive
from bot.care.asking_for import taken
from bot.care.obligations import PREFIX, Brought
from bot.care.reply_endings import Endings
from bot.compliance import Decision, Guard, ObligationKind, Sink
from bot.errors import Misconfigured, Unavailable
from bot.model.archived import ArchiveRecord
from bot.model.case import Case
from bot.model.ids import PersonKey
from bot.model.reply import Reply

NOT_THERE = f"{PREFIX}{ObligationKind.ARCHIVE_FIRST}"
NO_ARCHIVE = (
    "the house rules want an answer in the archive before it goes out, and app.yaml names none: "
    "add one under archives"
)


@dataclass(frozen=True, slots=True)
class Keeping:
    guard: Guard
    archives: Mapping[str, Archive]
    endings: Endings

    async def kept(self, decision: Decision, reply: Reply, case: Case, brought: Brought) -> Brought:
        """Only what would be allowed goes into the archive; nothing at all where nobody asks it."""
        if not decision.asks(ObligationKind.ARCHIVE_FIRST) or _lacks(decision, brought):
            return brought
        if not self.archives:
            await self._waits(reply)
            raise Misconfigured((NO_ARCHIVE,))
        record = self.guard.clear(_record(reply, case, brought), sink=Sink.NETWORK)
        try:
            for archive in self.archives.values():
                await archive.keep(record)
        except Unavailable as away:
            await self._waits(reply)
            raise Unavailable("the archive", away.reason) from away
        return replace(brought, archived=True)

    async def _waits(self, reply: Reply) -> None:
        await self.endings.note(reply, lambda unit: self.endings.held(unit, reply, NOT_THERE))


def _lacks(decision: Decision, brought: Brought) -> bool:
    """A yes that does not count any more, such as one of last week."""
    owed = taken(decision)
    return owed is not None and len(brought.approvals) < owed[1]


def _record(reply: Reply, case: Case, brought: Brought) -> ArchiveRecord:
    yes: tuple[PersonKey, ...] = tuple(person for _, person in brought.approvals)
    return ArchiveRecord(
        key=f"usher-{case.id}-{reply.hash}",
        at=reply.made_at,
        case_id=case.id,
        network=case.author.network,
        way=reply.way.value,
        user_id=case.author.user_id,
        post_id=reply.post_id,
        author_id=reply.author,
        text=reply.text,
        approver_ids=yes,
    )
