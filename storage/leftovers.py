"""What has served its purpose: kept for a while, for whoever asks what happened, then let go."""

from datetime import datetime

from sqlalchemy import Text, bindparam, cast, delete, exists, func, update

from bot.model.delivery import DeliveryKind
from storage.deliveries import DONE
from storage.noun import Noun
from storage.tables import deliveries, outgoing, set_aside, turns

DELIVERED = delete(deliveries).where(
    deliveries.c.state == DONE, deliveries.c.due_at < bindparam("before")
)
# A message and its delivery begin together: without an unfinished one it was posted.
POSTED = delete(outgoing).where(
    outgoing.c.at < bindparam("before"),
    ~exists().where(
        deliveries.c.kind == DeliveryKind.MESSAGE.value,
        deliveries.c.subject == cast(outgoing.c.id, Text),
        deliveries.c.state != DONE,
    ),
)
# A lane that nobody used for so long has all its turns free.
RESTED = delete(turns).where(
    turns.c.free_at < bindparam("before"), turns.c.rests_until < bindparam("before")
)
# The row stays: it is counted, and its digest knows the same item when it is shown again.
EMPTIED = (
    update(set_aside)
    .where(set_aside.c.at < bindparam("before"), func.length(set_aside.c.raw_sealed) > 0)
    .values(raw_sealed=b"")
)


class Leftovers(Noun):
    __slots__ = ()

    def purge(self, older_than: datetime) -> None:
        """Deliveries done, messages posted, idle lanes, and the posts of what was set aside."""
        for statement in (DELIVERED, POSTED, RESTED, EMPTIED):
            self.change(statement, {"before": older_than})
