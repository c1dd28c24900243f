"""What lies in the inbox: enough to act upon, no word twice, and no card number anywhere."""

import json
from functools import partial
from typing import Any

import pytest

from bot.compliance import Guard
from handlers import knocks
from handlers.arguments import plain
from handlers.slimming import refused, slim
from handlers.threads import asked
from tests.handlers.conftest import House
from tests.handlers.forged import GRANTED, Body
from tests.handlers.signed import dispatch

CARD = "4111 1111 1111 1111"
GUARD = Guard()


def said(text: str) -> Body:
    """As Slack tells it: the words twice over, and the names of files beside them."""
    event: Body = {"type": "app_mention", "user": "U0ANNA", "team": "T0USHER", "text": text}
    event |= {"channel": "C0BILLING", "ts": "1.000001", "thread_ts": "1.0", "event_ts": "1.000001"}
    event["blocks"] = [{"type": "rich_text", "elements": [{"type": "text", "text": text}]}]
    event["files"] = [{"id": "F1", "name": f"statement of {CARD}.pdf", "title": CARD}]
    body: Body = {"event": event, "event_id": "Ev1", "event_time": 1_800_000_000}
    return body | {"authorizations": GRANTED, "token": "old", "team_id": "T0USHER"}


def heard(body: Body) -> str:
    return plain(asked(*knocks.around_mention(body)))


@pytest.mark.parametrize(
    ("text", "means", "no"),
    [
        ("<@U0USHER> claim 42", "claim 42", False),
        (f"<@U0USHER> note 3 it is {CARD}", "", True),
        ("<@U0USHER> note 3 <tel:4111111111111111|4111 1111 1111 1111>", "", True),
        ("<@U0USHER> note 3 *4111* 1111 1111 1111", "", True),
        (f"hers is {CARD}, <@U0USHER> claim 42", "claim 42", False),
        (f"{CARD} claim <@U0USHER> note 3 <@U0BEN> called &amp; wrote", "note 3", False),
    ],
)
def test_words_that_must_not_come_in_are_their_refusal(text: str, means: str, no: bool) -> None:
    whole = said(text)
    kept: Body = json.loads(json.dumps(slim(whole, GUARD.admit)))
    assert "1111" not in json.dumps(kept)
    assert heard(kept).startswith(means)
    assert (refused(kept) is not None) is no
    assert no or heard(kept) == heard(whole)
    read: list[Any] = [knocks.event_key, knocks.installed, knocks.happened_at]
    read.append(partial(knocks.of_event, what="event", typed=""))
    assert [each(kept) for each in read] == [each(whole) for each in read]


def test_of_a_colleague_and_a_channel_only_the_id_is_kept() -> None:
    colleague = {"id": "U0BEN", "profile": {"status_text": CARD}, "deleted": True}
    happened = {"type": "user_change", "user": colleague, "event_ts": "2.0"}
    kept = slim({"event": happened, "event_id": "Ev2", "event_time": 1}, GUARD.admit)
    assert kept["event"] == {"type": "user_change", "user": {"id": "U0BEN"}, "event_ts": "2.0"}


async def test_what_is_kept_is_slim_and_who_said_it_hears_why(house: House) -> None:
    body = json.dumps(said(f"<@U0USHER> note 3 it is {CARD}") | {"type": "event_callback"})
    await dispatch(house.app, body, secret=house.sandbox.workspace.signing_secret)
    await house.care.inbox.acted()
    (kept,) = house.care.inbox.bodies
    assert b"1111" not in kept
    assert [verb for verb, _ in house.care.visits] == ["refused"]
