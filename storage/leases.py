"""Who runs a recurring job now, so that of a whole cluster one does."""

from datetime import timedelta

from storage.noun import Noun, upsert
from storage.tables import leases

TAKE = upsert(
    leases,
    on=("name",),
    setting=lambda new: {"owner": new.owner, "taken_at": new.taken_at, "until": new.until},
    where=lambda new: (
        (leases.c.owner == new.owner)
        | (leases.c.until <= new.taken_at)
        # Twice its length ahead: the clock was set back, and its owner may be long gone.
        | (leases.c.until + new.taken_at > new.until + new.until)
    ),
)


class Leases(Noun):
    __slots__ = ()

    def take(self, name: str, *, owner: str, seconds: float) -> bool:
        """True for the one owner until it runs out; taking it again prolongs it."""
        until = self.now + timedelta(seconds=seconds)
        values = {"name": name, "owner": owner, "taken_at": self.now, "until": until}
        return self.change(TAKE, values).rowcount == 1
