"""Story 2: what a customer says on X stands as a card in the channel that listens for it."""

import json

import pytest

from bot.care.unreadable import guarded
from bot.compliance import Guard
from bot.model.mention import Batch, SetAside
from bot.sandbox.records import Json
from storage.vault import Vault
from tests.faults.databases import rows
from tests.journeys.kept import kept
from tests.running import VAULT_KEY, Running, case_number, heard

CARD = "4111 1111 1111 1111"


@pytest.mark.main_journey
async def test_card_shows_who_what_and_why_with_the_number_masked(house: Running) -> None:
    card = await house.card(
        "jane",
        f"@acme your app charged me twice, card {CARD}",
        channel="#care-billing",
        seen="charged me twice",
    )
    assert "jane" in card.words
    assert "twice" in card.words
    assert "1111 1111" not in card.words
    assert "waiting" in card.words.casefold()
    assert card.buttons[0] == "Claim"


async def test_no_card_number_reaches_slack_or_the_database(
    house: Running, database_url: str
) -> None:
    await house.card("jane", f"@acme refund {CARD} please", channel="#care-billing", seen="refund")
    journal = repr(house.sandbox.workspace.journal)
    assert "4111 1111" not in journal
    assert "4111111111111111" not in journal
    stored = await kept(database_url, house.home)
    assert b"billing" in stored, "or nothing was searched"
    assert b"4111 1111" not in stored
    assert b"41111111" not in stored


async def test_reply_threads_into_its_open_case(house: Running) -> None:
    post = await house.sandbox.x.posts("jane", "@acme my invoice is wrong")
    cora = house.person("cora")
    first = await cora.sees("invoice is wrong", channel="#care-billing", timeout=10)
    await house.sandbox.x.posts("jane", "@acme it says 90 euro", in_reply_to=post.id)
    second = await cora.sees("90 euro", channel="#care-billing", timeout=10)
    assert second.ts == first.ts
    assert case_number(second) == case_number(first)


async def test_own_posts_and_reposts_open_nothing(house: Running) -> None:
    await house.sandbox.x.posts("acme", "@acme we are hiring, refund included", author_is_us=True)
    post = await house.sandbox.x.posts("jane", "@acme refund the first")
    await house.sandbox.x.posts("tom", "RT @acme refund the first", repost_of=post.id)
    await house.person("cora").sees("refund the first", channel="#care-billing", timeout=10)
    await house.card("mia", "@acme payment fails", channel="#care-billing", seen="payment fails")
    cards = [one for one in house.person("cora").messages("#care-billing") if one.buttons]
    assert len(cards) == 2


async def test_broken_item_is_set_aside_and_the_rest_goes_on(
    house: Running, database_url: str
) -> None:
    """It is kept to look into, but for what is kept nowhere."""
    house.sandbox.x.faults.inject("malformed_item", times=1)
    await house.sandbox.x.posts("jane", "@acme bill one")
    await house.sandbox.x.posts("tom", "@acme bill two")
    await house.person("cora").sees("bill two", channel="#care-billing", timeout=10)
    status = heard(await house.person("cora").types("/usher status"))
    assert "Set aside because they could not be read: 1" in status
    mentions, item = house.usher.care.mentions, SetAside("x", f'["her card {CARD}"]'.encode(), "")
    await mentions.receive(Batch((), (item,), await mentions.cursor("x")), network="x")
    newest = "SELECT raw_sealed FROM set_aside ORDER BY id DESC LIMIT 1"
    ((sealed,),) = await rows(database_url, newest)
    raw = Vault.from_text(VAULT_KEY).open_bytes(sealed, place="set_aside.raw")
    assert b"her card [" in raw
    assert b"1111 1111" not in raw


@pytest.mark.parametrize("escaped", [True, False])
def test_what_nobody_could_read_is_guarded_in_each_field(escaped: bool) -> None:
    """Digits that JSON writes as escapes too, and in what is no JSON at all."""
    text = json.dumps({"id": "5", "note": {"text": [f"hers: {CARD}", None, True, 1.5]}})
    wide = text.replace("4111", "".join(chr(0xFEE0 + ord(digit)) for digit in "4111"))
    said = wide if escaped else text[:-1]
    raw = json.dumps(json.loads(said)).encode() if escaped else said.encode()
    item = guarded(SetAside("x", raw, "no author", "5"), Guard())
    assert b"hers: [card" in item.raw
    assert b"1111 1111" not in item.raw
    assert (item.external_id, item.reason) == ("5", "no author")


async def test_x_in_trouble_loses_nothing(house: Running) -> None:
    for trouble in ("429:1", "503", "garbage"):
        house.sandbox.x.faults.inject(trouble, times=1)
    await house.card(
        "jane", "@acme is this bill right?", channel="#care-billing", seen="bill right"
    )


async def test_slack_in_trouble_posts_each_card_in_the_end(house: Running) -> None:
    house.sandbox.workspace.faults.inject("chat.postMessage", kind="503", times=1)
    house.sandbox.workspace.faults.inject("chat.postMessage", kind="429:1", times=1)
    card = await house.card(
        "jane", "@acme refund my ticket", channel="#care-billing", seen="refund my ticket"
    )
    assert "jane" in card.words


async def test_hostile_words_ping_nobody(house: Running) -> None:
    hostile = "@acme refund <!channel> <@U0ANNA> \u202eevil\u202c & <https://evil.example|bank>"
    card = await house.card("jane", hostile, channel="#care-billing", seen="refund")
    assert "\u202e" not in card.words
    journal = house.sandbox.workspace.journal
    posts = [*journal.calls("chat.postMessage"), *journal.calls("chat.update")]
    assert posts
    parsed = [words for call in posts for words in parsed_by_slack(call.args)]
    assert any("refund" in words for words in parsed)
    for words in parsed:
        assert not [sign for sign in ("<!", "<@", "<#", "<http") if sign in words]
    for call in posts:
        assert not acting(call.args.get("blocks"))


def parsed_by_slack(message: Json) -> list[str]:
    """The fallback, and every text of its blocks that Slack reads as its own markup."""
    marked = [node for node in nodes(message.get("blocks")) if node.get("type") == "mrkdwn"]
    return [str(message.get("text", "")), *(str(node.get("text")) for node in marked)]


def acting(blocks: object) -> list[Json]:
    """Elements that ping somebody by themselves."""
    pings = {"user", "usergroup", "broadcast", "channel"}
    return [node for node in nodes(blocks) if node.get("type") in pings]


def nodes(value: object) -> list[Json]:
    if isinstance(value, dict):
        return [value, *(node for inner in value.values() for node in nodes(inner))]
    if isinstance(value, list | tuple):
        return [node for inner in value for node in nodes(inner)]
    return []
