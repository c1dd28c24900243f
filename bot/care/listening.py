"""Listening to a network: fetch since the cursor, receive, and wait politely when it says so."""

import asyncio
from dataclasses import dataclass, field

import structlog
from prometheus_client import Counter, Gauge

from bot.care.duty import Duty
from bot.care.mentions import Mentions, Received
from bot.care.networks import Networks
from bot.errors import Misconfigured, Unavailable
from bot.model.mention import Batch
from bot.networks.base import Network

log = structlog.get_logger(__name__)

PAUSE_WHEN_REFUSED = 300.0
"""Seconds until a network that refused our credentials is asked again."""
MENTIONS = Counter(
    "usher_mentions",
    "Posts of a network by what became of them: opened a case, threaded into one, dropped (ours, "
    "reposts, known already), set_aside (unreadable).",
    ("network", "outcome"),
)
POLLED = Gauge(
    "usher_network_last_good_poll_timestamp_seconds",
    "When a network last answered this process.",
    ("network",),
)
NEWEST = Gauge(
    "usher_network_newest_post_timestamp_seconds",
    "When the newest post was written that this process fetched.",
    ("network",),
)


@dataclass(slots=True)
class Listening:
    mentions: Mentions
    networks: Networks
    duty: Duty
    troubles: dict[str, Unavailable | Misconfigured] = field(default_factory=dict)
    """Network name to what is wrong with it just now."""
    _quiet_until: dict[str, float] = field(default_factory=dict)

    async def listen(self, name: str) -> None:
        """One look at one network, if nobody else of the cluster is at it; never raises."""
        network = self.networks.named(name)
        now = asyncio.get_running_loop().time()
        if network is None or now < self._quiet_until.get(name, 0.0):
            return
        try:
            if await self.duty.mine(f"listen:{name}", seconds=network.poll_seconds * 3):
                await self._fetch(network)
        except Unavailable as away:
            self._pause(name, away.retry_after or network.poll_seconds, away)
        except Misconfigured as broken:
            self._pause(name, PAUSE_WHEN_REFUSED, broken)
        except Exception as unknown:  # an edge: the next look must come whatever happened in this
            log.exception("listening.failed", network=name)
            defect = Unavailable(network.title, f"unexpected {type(unknown).__name__}")
            self._pause(name, network.poll_seconds, defect)
        else:
            self.troubles.pop(name, None)

    def sentences(self) -> tuple[str, ...]:
        """What is wrong just now, one for each network in trouble."""
        titles = {network.name: network.title for network in self.networks.parts}
        said = ((titles[name], str(trouble)) for name, trouble in self.troubles.items())
        return tuple(what if what.startswith(who) else f"{who}: {what}" for who, what in said)

    async def hears(self, name: str) -> None:
        """Raise what only a human mends; a rate limit or an outage passes, and we stay in use."""
        trouble = self.troubles.get(name)
        if isinstance(trouble, Misconfigured):
            raise Misconfigured(trouble.problems)

    async def _fetch(self, network: Network) -> None:
        cursor = await self.mentions.cursor(network.name)
        batch = await network.fetch(cursor)
        POLLED.labels(network.name).set_to_current_time()
        if not batch.incoming and not batch.set_aside and batch.cursor == cursor:
            return
        received = await self.mentions.receive(batch, network=network.name)
        _count(network.name, batch, received)
        if not (received.opened or received.threaded or received.set_aside):
            return
        log.info(
            "mentions.received",
            network=network.name,
            opened=received.opened,
            threaded=received.threaded,
            set_aside=received.set_aside,
        )

    def _pause(self, name: str, seconds: float, trouble: Unavailable | Misconfigured) -> None:
        self.troubles[name] = trouble
        self._quiet_until[name] = asyncio.get_running_loop().time() + seconds
        log.warning("listening.paused", network=name, seconds=seconds, reason=str(trouble))


def _count(network: str, batch: Batch, received: Received) -> None:
    for outcome in ("opened", "threaded", "dropped", "set_aside"):
        MENTIONS.labels(network, outcome).inc(getattr(received, outcome))
    if batch.incoming:
        newest = max(post.created_at for post in batch.incoming)
        NEWEST.labels(network).set(newest.timestamp())
