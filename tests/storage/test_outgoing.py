"""What is gathered for one person until the morning: no more in one message than Slack shows."""

import json

import pytest

from bot.model.cleared import Cleared
from bot.slack.render import plain
from storage.database import Database
from storage.outgoing import MOST_LETTERS, MOST_PARTS
from tests.storage.samples import written

HEADING = "What happened"


async def gather(db: Database, to: str, parts: list[str]) -> list[str]:
    """The messages they became, in their order."""
    numbers = [
        await written(
            db,
            lambda unit, part=part: unit.outgoing.gather(
                to, Cleared(part), heading=HEADING, delay=3600.0
            ),
        )
        for part in parts
    ]
    found = [await db.read(lambda unit, n=n: unit.outgoing.get(n)) for n in sorted(set(numbers))]
    return [each.text for each in found if each is not None]


@pytest.mark.parametrize("count", [1, MOST_PARTS, MOST_PARTS + 1, 3 * MOST_PARTS])
async def test_each_message_has_the_heading_and_at_most_so_many_parts(
    db: Database, count: int
) -> None:
    parts = [f"notice {number}" for number in range(count)]
    messages = await gather(db, "U1", parts)
    assert len(messages) == -(-count // MOST_PARTS)
    split = [message.split("\n\n") for message in messages]
    assert {each[0] for each in split} == {HEADING}
    assert [part for each in split for part in each[1:]] == parts


async def test_long_ones_do_not_share_a_message_that_slack_would_cut(db: Database) -> None:
    messages = await gather(db, "U1", ["🌴" * 300] * 6)
    assert len(messages) > 1
    for message in messages:
        assert len(json.dumps(message)) <= MOST_LETTERS
        shown = str(plain(message).blocks)
        assert shown.count("🌴" * 300) == message.count("🌴" * 300)
