"""Deliveries of all kinds, each many times and in any order: what came of them is counted."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.model.delivery import Card
from bot.model.ids import ChannelId
from bot.sandbox.deliveries import Answer, Kind
from bot.sandbox.driver import Message, View
from bot.sandbox.payloads import event
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.running import Running, case_number

CHANNEL = "#care-billing"
AT_ONCE = 16
STILL = "Still working"

Delivery = tuple[Kind, dict[str, Any]]


@dataclass(slots=True)
class Flood:
    """`people` are colleagues who are enrolled; each does one thing of every kind in a round."""

    house: Running
    card: Message
    people: tuple[str, ...]
    dice: random.Random
    made: int = 0
    different: list[set[str]] = field(default_factory=list)

    async def pours(self, copies: int) -> int:
        """One round, shuffled; how many deliveries that were."""
        own = [each async for each in _all(self._of(name) for name in self.people)]
        self.made += sum(1 for _, _, counts in own if counts)
        many = [(place, kind, body) for place, (kind, body, _) in enumerate(own)] * copies
        self.dice.shuffle(many)
        said: defaultdict[int, set[str]] = defaultdict(set)
        waiting = iter(many)

        async def one_after_another() -> None:
            for place, kind, body in waiting:
                said[place].add(_words(await self._told(kind, body)))

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
        self.different += [words for words in said.values() if len(words - {STILL}) > 1]
        return len(many)

    async def _told(self, kind: Kind, body: dict[str, Any]) -> Answer:
        """Slack tells an event again that was not acknowledged, and nothing else."""
        deliver = self.house.sandbox.workspace.deliveries.send
        answer = await deliver(kind, body)
        if kind == "events_api" and not answer.acked:
            answer = await deliver(kind, body)
        # On a busy machine three seconds pass: nobody was answered then, and the copies follow.
        assert answer.acked or answer.outcome == "timeout", (kind, answer)
        return answer

    async def acts(self, url: str) -> int:
        """What is on record of all that was poured, once nothing of it is under way."""

        async def quiet() -> bool:
            waits = "deliveries WHERE kind = 'event' AND state != 'done'"
            return await count(url, waits) == 0

        await until_told(quiet, seconds=60)
        actions = "'case.noted', 'case.added', 'case.claimed', 'case.released', 'case.new_asked'"
        return await count(url, f"audit_events WHERE action IN ({actions})")

    async def _of(self, name: str) -> list[tuple[Kind, dict[str, Any], bool]]:
        number, workspace = case_number(self.card), self.house.sandbox.workspace
        who, channel = workspace.person(name), workspace.channel(CHANNEL)
        url = workspace.response_urls.new(who.id, channel.id)
        payloads = workspace.payloads
        form = await self.house.person(name).types(f"/case note {number}")
        assert isinstance(form, View)
        view = workspace.views.find(form.id)
        filled = {"words": {"words": {"type": "plain_text_input", "value": "By the form."}}}
        sent = payloads.submission(view, who)
        sent = sent | {"view": sent["view"] | {"state": {"values": filled}}}
        noted = payloads.slash(
            who, channel, command="/case", text=f"note {number} By hand.", response_url=url
        )
        press = {"type": "button", "action_id": "claim", "block_id": "b", "value": "987654"}
        pressed = payloads.message_click(
            who, channel, self.card, action=press, typed=None, response_url=url
        )
        # Global, so that its form opens while its trigger is young, or a sentence says why not.
        picked = payloads.shortcut(who, "bring_in")
        said = {"type": "app_mention", "user": who.id, "channel": channel.id, "team": "T0USHER"}
        said |= {"text": f"<@U0USHER> case note {number} By name.", "ts": self._stamp()}
        told = event(said, shared=False, now=workspace.clock())
        return [
            ("slash_commands", noted, True),
            ("interactive", sent, True),
            ("interactive", pressed, False),
            ("interactive", picked, True),
            ("events_api", told, True),
        ]

    def _stamp(self) -> str:
        return f"17{self.dice.randrange(10**8):08d}.{self.dice.randrange(10**6):06d}"


async def _all(parts: Iterator[Any]) -> Any:
    for part in parts:
        for each in await part:
            yield each


def _words(answer: Answer) -> str:
    words = str(answer.payload or "")
    return STILL if STILL in words or not answer.acked else words


async def known(house: Running, card: Message) -> None:
    """Until the record knows where the card stands."""
    place = Card(ChannelId(card.channel), card.ts)

    async def there() -> bool:
        return await house.usher.care.adding.case_of(place) is not None

    await until_told(there)
