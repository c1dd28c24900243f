"""X on its bad days: what it shows late, twice, broken, or not at all."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import Misconfigured, Unavailable
from bot.model.mention import Batch
from tests.peers.x import XPeer, x_peer


@pytest.fixture
async def peer() -> AsyncIterator[XPeer]:
    async with x_peer() as peer:
        yield peer


def ids(batch: Batch) -> list[str]:
    return [post.external_id for post in batch.incoming]


@pytest.mark.parametrize("naming", ["tweet", "post"])
async def test_both_namings_are_read(peer: XPeer, naming: str) -> None:
    peer.api.naming = naming  # type: ignore[assignment]  # a parameter of pytest is any text
    first = await peer.api.posts("jane", "@acme is it down?", lang="de")
    peer.clock.passes(1)
    await peer.api.posts("acme", "We look into it", in_reply_to=first.id, author_is_us=True)
    await peer.api.posts("tom", "Same here", in_reply_to=first.id)
    await peer.api.posts("mia", "", repost_of=first.id)
    batch = await peer.connector(naming=naming).fetch("")
    by_author = {post.author.handle: post for post in batch.incoming}
    asked = by_author["jane"]
    assert (asked.language, asked.parent_id, asked.summoned) == ("de", "", True)
    assert by_author["tom"].parent_id == first.id
    assert by_author["tom"].conversation_id == asked.conversation_id == first.id
    assert by_author["mia"].repost
    assert not asked.repost
    assert asked.permalink == f"https://x.com/jane/status/{first.id}"
    assert f"{naming}.fields" in dict(peer.api.calls[-1].params)


async def test_what_we_said_is_ours(peer: XPeer) -> None:
    await peer.api.posts("acme", "@acme talking to ourselves", author_is_us=True)
    (post,) = (await peer.connector().fetch("")).incoming
    assert post.ours
    assert not post.summoned


async def test_a_post_shown_late_is_seen(peer: XPeer) -> None:
    late = await peer.api.posts("jane", "@acme shown late", late=True)
    peer.clock.passes(60)
    shown = await peer.api.posts("tom", "@acme shown at once")
    before = await peer.connector().fetch("")
    assert ids(before) == [shown.id]
    peer.api.release(late)
    assert ids(await peer.connector().fetch(before.cursor)) == [late.id, shown.id]


async def test_the_overlap_ends_where_it_is_set_to(peer: XPeer) -> None:
    await peer.api.posts("jane", "@acme long ago")
    peer.clock.passes(121)
    newer = await peer.api.posts("jane", "@acme now")
    cursor = (await peer.connector().fetch("")).cursor
    assert ids(await peer.connector(overlap_seconds=120).fetch(cursor)) == [newer.id]


async def test_all_pages_are_read_but_the_first_run_takes_one(peer: XPeer) -> None:
    said = []
    for number in range(23):
        peer.clock.passes(1)
        said.append((await peer.api.posts("jane", f"@acme number {number}")).id)
    x = peer.connector(page_size=5)
    assert ids(await x.fetch("")) == said[-5:]
    assert ids(await x.fetch(said[0])) == said
    assert (await x.fetch(said[0])).cursor == said[-1]


async def test_small_pages_bring_all_that_x_reaches_back_to(peer: XPeer) -> None:
    said = []
    for number in range(120):
        peer.clock.passes(1)
        said.append((await peer.api.posts("jane", f"@acme number {number}")).id)
    x = peer.connector(page_size=5, overlap_seconds=0)
    assert ids(await x.fetch(said[0])) == said[1:]


async def test_the_position_stays_before_a_page_nobody_read(peer: XPeer) -> None:
    # More than X has ever shown, so that pages are left when we have read as many as we may.
    peer.api.reach = 10_000
    said = []
    for number in range(1000):
        peer.clock.passes(1)
        said.append((await peer.api.posts("jane", f"@acme number {number}")).id)
    batch = await peer.connector(page_size=100, overlap_seconds=0).fetch("1")
    assert 800 <= len(batch.incoming) < len(said)
    assert ids(batch) == said[-len(batch.incoming) :]
    assert batch.cursor == "1"


async def test_a_check_takes_one_call_and_looks_whose_account_it_is(peer: XPeer) -> None:
    await peer.connector().check()
    assert len(peer.api.calls) == 1
    with pytest.raises(Misconfigured, match="account 1000, not account 999"):
        await peer.connector(account_id="999").check()
    with pytest.raises(Misconfigured, match="nobody's handle"):
        await peer.connector(handle="nobody_is_so").check()
    with pytest.raises(Misconfigured, match="X_BEARER_TOKEN"):
        await peer.connector(token="stale").check()


async def test_a_post_shown_twice_comes_once(peer: XPeer) -> None:
    said = await peer.api.posts("jane", "@acme once")
    peer.api.repeats(said)
    assert ids(await peer.connector().fetch("")) == [said.id]


async def test_a_broken_item_is_set_aside_and_the_rest_goes_on(peer: XPeer) -> None:
    whole = await peer.api.posts("jane", "@acme whole")
    peer.clock.passes(1)
    broken = await peer.api.posts("tom", "@acme broken")
    peer.api.faults.inject("malformed_item")
    batch = await peer.connector().fetch("")
    assert ids(batch) == [whole.id]
    (aside,) = batch.set_aside
    assert (aside.network, aside.external_id) == ("x", broken.id)
    assert b'"text":17' in aside.raw.replace(b" ", b"")
    assert aside.reason
    assert batch.cursor == whole.id


async def test_a_rate_limit_tells_how_long(peer: XPeer) -> None:
    peer.api.faults.inject("429:40")
    x = peer.connector()
    with pytest.raises(Unavailable) as raised:
        await x.fetch("")
    assert raised.value.retry_after is not None
    assert 39 <= raised.value.retry_after <= 41
    calls = len(peer.api.calls)
    with pytest.raises(Unavailable) as again:
        await x.fetch("")
    assert again.value.retry_after
    assert len(peer.api.calls) == calls  # a call sure to be refused is not made
    peer.clock.passes(42)
    await x.fetch("")


async def test_a_reset_far_away_is_not_believed(peer: XPeer) -> None:
    peer.api.faults.inject("429:90000")
    x = peer.connector()
    with pytest.raises(Unavailable) as raised:
        await x.fetch("")
    assert raised.value.retry_after == 900
    peer.clock.passes(900)
    with pytest.raises(Unavailable):
        await x.fetch("")
    assert len(peer.api.calls) == 2


async def test_a_slow_answer_is_not_waited_for(peer: XPeer) -> None:
    peer.api.faults.inject("timeout:1")
    with pytest.raises(Unavailable, match="in time"):
        await peer.connector(timeout_seconds=0.1).fetch("")


@pytest.mark.parametrize(
    ("fault", "says"),
    [("401", "X_BEARER_TOKEN"), ("402", "credits")],
)
async def test_what_only_a_human_mends(peer: XPeer, fault: str, says: str) -> None:
    peer.api.faults.inject(fault)
    with pytest.raises(Misconfigured, match=says):
        await peer.connector().fetch("")


@pytest.mark.parametrize("fault", ["503", "garbage"])
async def test_what_time_mends(peer: XPeer, fault: str) -> None:
    peer.api.faults.inject(fault, times=2)
    with pytest.raises(Unavailable):
        await peer.connector().fetch("")
    with pytest.raises(Unavailable):
        await peer.connector().find("jane")


async def test_nobody_at_the_address(peer: XPeer) -> None:
    peer.url = "http://127.0.0.1:9"
    with pytest.raises(Unavailable, match="connection failed"):
        await peer.connector().fetch("")


async def test_an_account_x_does_not_know(peer: XPeer) -> None:
    with pytest.raises(Misconfigured, match="account_id"):
        await peer.connector(account_id="999999").fetch("")


async def test_another_address_than_the_api(peer: XPeer) -> None:
    peer.url = peer.url.removesuffix("/x")
    with pytest.raises(Misconfigured, match="X_API_URL"):
        await peer.connector().fetch("")


async def test_a_kept_position_that_is_none(peer: XPeer) -> None:
    with pytest.raises(Misconfigured, match="position"):
        await peer.connector().fetch("yesterday")


async def test_an_address_that_is_none(peer: XPeer) -> None:
    peer.url = "api.example.com"
    with pytest.raises(Misconfigured, match="X_API_URL"):
        peer.connector()


async def test_without_a_token_nothing_begins(peer: XPeer) -> None:
    with pytest.raises(Misconfigured, match="X_BEARER_TOKEN"):
        peer.connector(token="")
