"""A house watched from before it begins until after it ended: nothing planted may have strayed.

Nor may a mark of a format stand where Slack shows it as it is.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.canaries.kinds import KINDS, Kind
from tests.canaries.marks import marks
from tests.canaries.planting import plant
from tests.canaries.searching import Given, strays
from tests.canaries.sinks import given_away, log_read, pages_of


@dataclass(frozen=True, slots=True)
class Watch:
    pages: list[Given] = field(default_factory=list)

    async def reads(self, web_url: str) -> None:
        """Our own pages, while they are there."""
        self.pages.extend(await pages_of(web_url))


@asynccontextmanager
async def watched(
    sandbox: Sandbox, home: Path, database_url: str, *, also: tuple[Kind, ...] | None = ()
) -> AsyncIterator[Watch]:
    """`also` are kinds that a test plants itself; with None nothing is planted or looked for."""
    watch = Watch()
    if also is None:
        yield watch
        return
    plant(sandbox)
    with log_read() as log:
        yield watch
    given = [*watch.pages, *await given_away(sandbox, home, database_url, log)]
    strayed = [str(one) for one in strays(given, (*KINDS, *also))]
    assert strayed == [], "\n".join(strayed)
    shown = marks(given)
    assert shown == [], "\n".join(shown)
