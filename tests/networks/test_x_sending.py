"""X's side of an answer: who may write, what its refusals come to, and what it does with words."""

from collections.abc import AsyncIterator

import pytest

from bot.compliance import Guard, Sink
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.cleared import Cleared
from bot.model.reply import Sending, Way
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.peers.x import XPeer, x_peer

GUARD = Guard()


@pytest.fixture
async def peer() -> AsyncIterator[XPeer]:
    async with x_peer() as made:
        yield made


async def to_jane(peer: XPeer, text: str, *, way: Way = Way.PUBLIC) -> Cleared[Sending]:
    post = await peer.api.posts("jane", "@acme help")
    what = Sending(way, post.id, post.author_id, text, peer.clock())
    return GUARD.clear(what, sink=Sink.NETWORK)


@pytest.mark.parametrize("name", sorted(OUR_ACCOUNT))
async def test_a_half_set_of_keys_is_named(peer: XPeer, name: str) -> None:
    keys = {each: value for each, value in OUR_ACCOUNT.items() if each != name}
    with pytest.raises(Misconfigured, match=f"{name} is not set"):
        peer.connector(keys=keys)


@pytest.mark.parametrize("name", sorted(OUR_ACCOUNT))
async def test_a_wrong_key_asks_a_human(peer: XPeer, name: str) -> None:
    network = peer.connector(keys={**OUR_ACCOUNT, name: "wrong"})
    with pytest.raises(Misconfigured, match="X_API_KEY"):
        await network.answer(await to_jane(peer, "Hello."))
    assert peer.ours() == []


@pytest.mark.parametrize("fault", ["503", "503:1", "timeout:1"])
async def test_whether_it_came_through_is_not_known(peer: XPeer, fault: str) -> None:
    network = peer.sender(timeout_seconds=0.3)
    sending = await to_jane(peer, "Hello.")
    peer.api.faults.inject(fault, on="create")
    with pytest.raises(Unavailable) as away:
        await network.answer(sending)
    assert away.value.unknown_outcome


async def test_a_used_up_window_says_how_long(peer: XPeer) -> None:
    network = peer.sender()
    sending = await to_jane(peer, "Hello.")
    peer.api.faults.inject("429:120", on="create")
    for _ in range(2):
        with pytest.raises(Unavailable) as away:
            await network.answer(sending)
        assert away.value.retry_after == pytest.approx(120, abs=1)
        assert not away.value.unknown_outcome
    # Reading goes on: each kind of call has a window of its own.
    assert (await network.fetch("")).incoming
    assert await network.find_answer(sending) is None


async def test_a_deleted_post_is_told(peer: XPeer) -> None:
    post = await peer.api.posts("jane", "@acme help")
    await peer.api.deletes(post)
    what = Sending(Way.PUBLIC, post.id, post.author_id, "Hello.", peer.clock())
    with pytest.raises(Refusal) as refused:
        await peer.sender().answer(GUARD.clear(what, sink=Sink.NETWORK))
    assert refused.value.rule == "network.gone"


async def test_who_takes_no_messages_gets_none(peer: XPeer) -> None:
    sending = await to_jane(peer, "Hello.", way=Way.DIRECT)
    peer.api.writing.closed_to_messages.add(sending.value.user_id)
    with pytest.raises(Refusal, match="X"):
        await peer.sender().answer(sending)


async def test_without_a_privacy_page_there_are_no_direct_messages(peer: XPeer) -> None:
    assert peer.connector(keys=OUR_ACCOUNT).ways == (Way.PUBLIC,)
    assert "https://" in peer.sender().footer(Way.DIRECT)


async def test_an_answer_on_a_later_page_is_found(peer: XPeer) -> None:
    network = peer.sender()
    sending = await to_jane(peer, "Hello.")
    sent = await network.answer(sending)
    for number in range(150):
        await peer.api.posts("acme", f"News {number}", author_is_us=True)
    assert await network.find_answer(sending) == sent


async def test_what_is_not_searched_to_the_end_is_not_said_to_be_absent(peer: XPeer) -> None:
    network = peer.sender()
    sending = await to_jane(peer, "Hello.")
    for number in range(900):
        await peer.api.posts("acme", f"News {number}", author_is_us=True)
    with pytest.raises(Unavailable):
        await network.find_answer(sending)
