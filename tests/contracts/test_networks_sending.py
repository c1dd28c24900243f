"""What every network that can send promises: once, found again, refusals told apart."""

from collections.abc import AsyncIterator

import pytest

from bot.compliance import Guard, Sink
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.cleared import Cleared
from bot.model.reply import Sending, Way
from bot.networks import NETWORKS
from bot.networks.base import Network
from tests.contracts.network_stages import STAGES, NetworkStage

GUARD = Guard()
WORDS = "We are on it & look at <https://acme.example/status?a=1> ☂ – Anna, works at Acme"


@pytest.fixture(params=sorted(NETWORKS))
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[NetworkStage]:
    async with STAGES[request.param]() as stage:
        yield stage


async def answer_to(
    stage: NetworkStage, network: Network, *, way: Way = Way.PUBLIC, text: str = WORDS
) -> Cleared[Sending]:
    """To the newest of what was said to us."""
    post = (await network.fetch("")).incoming[-1]
    what = Sending(way, post.external_id, post.author.user_id, text, stage.clock())
    return GUARD.clear(what, sink=Sink.NETWORK)


def ways() -> list[Way]:
    return list(Way)


async def test_without_credentials_of_the_account_nothing_is_sent(stage: NetworkStage) -> None:
    network = stage.make()
    assert network.ways == ()
    await stage.says("jane", "my app is down")
    with pytest.raises(Misconfigured):
        await network.answer(await answer_to(stage, network))
    assert stage.ours() == []


@pytest.mark.parametrize("way", ways())
async def test_an_answer_stands_where_its_receipt_says(stage: NetworkStage, way: Way) -> None:
    network = stage.make_sender()
    assert way in network.ways
    await stage.says("jane", "my app is down")
    sending = await answer_to(stage, network, way=way)
    assert await network.find_answer(sending) is None
    sent = await network.answer(sending)
    assert sent.external_id
    assert sent.url.startswith("https://")
    (standing,) = stage.ours()
    assert standing.endswith(WORDS)
    assert await network.find_answer(sending) == sent


@pytest.mark.parametrize("way", ways())
async def test_a_lost_receipt_is_an_unknown_outcome_and_the_answer_is_found(
    stage: NetworkStage, way: Way
) -> None:
    network = stage.make_sender()
    await stage.says("jane", "my app is down")
    sending = await answer_to(stage, network, way=way)
    stage.hangs_up()
    with pytest.raises(Unavailable) as raised:
        await network.answer(sending)
    assert raised.value.unknown_outcome
    found = await network.find_answer(sending)
    assert found is not None
    assert len(stage.ours()) == 1


async def test_other_words_or_another_post_are_not_the_answer(stage: NetworkStage) -> None:
    network = stage.make_sender()
    await stage.says("jane", "my app is down")
    await network.answer(await answer_to(stage, network))
    assert await network.find_answer(await answer_to(stage, network, text="Other.")) is None
    await stage.says("jane", "and again")
    assert await network.find_answer(await answer_to(stage, network)) is None


async def test_who_did_not_summon_us_is_not_answered(stage: NetworkStage) -> None:
    network = stage.make_sender()
    post_id = await stage.says_to_nobody("jane", "my app is down, says nobody to nobody")
    author = await network.find("jane")
    assert author is not None
    what = Sending(Way.PUBLIC, post_id, author.user_id, WORDS, stage.clock())
    with pytest.raises(Refusal) as refused:
        await network.answer(GUARD.clear(what, sink=Sink.NETWORK))
    assert refused.value.rule == "network.refused"
    assert stage.ours() == []


async def test_the_same_words_twice_are_the_one_that_stands(stage: NetworkStage) -> None:
    network = stage.make_sender()
    await stage.says("jane", "my app is down")
    sending = await answer_to(stage, network)
    assert await network.answer(sending) == await network.answer(sending)
    assert len(stage.ours()) == 1


@pytest.mark.parametrize("way", ways())
async def test_a_footer_fits_beside_an_answer(stage: NetworkStage, way: Way) -> None:
    network = stage.make_sender()
    assert network.length(network.footer(way)) < network.length_limit / 2
