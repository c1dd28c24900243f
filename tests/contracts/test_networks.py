"""What every network promises, asked of every network in the list."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from bot.errors import Misconfigured, Unavailable
from bot.networks import NETWORKS
from tests.contracts.network_stages import STAGES, NetworkStage


@pytest.fixture(params=sorted(NETWORKS))
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[NetworkStage]:
    async with STAGES[request.param]() as stage:
        yield stage


def test_every_network_has_a_stage() -> None:
    assert set(STAGES) == set(NETWORKS)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_section_with_a_misspelt_setting_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        NETWORKS[name].settings.model_validate({"no_such_setting": 1})


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_settings_do_not_change(name: str) -> None:
    assert NETWORKS[name].settings.model_config["frozen"] is True


async def test_a_network_is_called_as_in_the_list(stage: NetworkStage) -> None:
    network = stage.make()
    assert network.name in NETWORKS
    assert network.title
    assert network.poll_seconds > 0


async def test_what_was_said_comes_oldest_first(stage: NetworkStage) -> None:
    said = [await stage.says("jane", "my app is down"), await stage.says("tom", "so is mine")]
    batch = await stage.make().fetch("")
    assert [post.external_id for post in batch.incoming] == said
    first = batch.incoming[0]
    assert "my app is down" in first.text
    assert first.author.handle == "jane"
    assert first.author.user_id
    assert first.author.network == first.network
    assert first.created_at.utcoffset() == timedelta(0)
    assert first.permalink.startswith("https://")
    assert batch.set_aside == ()


async def test_the_next_fetch_goes_on_from_the_cursor(stage: NetworkStage) -> None:
    await stage.says("jane", "one")
    cursor = (await stage.make().fetch("")).cursor
    two = await stage.says("jane", "two")
    batch = await stage.make().fetch(cursor)
    assert two in {post.external_id for post in batch.incoming}
    assert batch.cursor != cursor


async def test_where_nothing_is_said_the_cursor_stays(stage: NetworkStage) -> None:
    empty = await stage.make().fetch("")
    assert (empty.incoming, empty.cursor) == ((), "")
    await stage.says("jane", "one")
    cursor = (await stage.make().fetch("")).cursor
    assert (await stage.make().fetch(cursor)).cursor == cursor


async def test_a_handle_is_found_with_its_id(stage: NetworkStage) -> None:
    await stage.says("jane", "hello")
    batch = await stage.make().fetch("")
    assert await stage.make().find("jane") == batch.incoming[0].author


@pytest.mark.parametrize("handle", ["nobody_at_all", "", "not a handle", "jane/../1000", "ја́ne"])
async def test_who_is_not_there_is_not_found(stage: NetworkStage, handle: str) -> None:
    assert await stage.make().find(handle) is None


async def test_bad_credentials_ask_a_human(stage: NetworkStage) -> None:
    network = stage.make_with_bad_credentials()
    with pytest.raises(Misconfigured):
        await network.fetch("")
    with pytest.raises(Misconfigured):
        await network.find("jane")


async def test_a_bad_moment_is_told_and_loses_nothing(stage: NetworkStage) -> None:
    said = await stage.says("jane", "still here")
    network = stage.make()
    stage.is_down()
    with pytest.raises(Unavailable) as raised:
        await network.fetch("")
    assert not raised.value.unknown_outcome
    assert [post.external_id for post in (await network.fetch("")).incoming] == [said]


async def test_the_answer_page_has_post_and_words(stage: NetworkStage) -> None:
    words = "Sorry & thanks: 100% – we look into it #1 ☂\nAnna"
    url = urlsplit(stage.make().answer_url("17", words))
    assert url.scheme == "https"
    values = {value for values in parse_qs(url.query).values() for value in values}
    assert words in values
    assert "17" in f"{url.path} {values}"


async def test_lengths_begin_at_nothing_and_grow(stage: NetworkStage) -> None:
    network = stage.make()
    assert network.length("") == 0
    assert network.length("word") == 4
    assert network.length("word " * 400) > network.length_limit


async def test_a_profile_is_a_page(stage: NetworkStage) -> None:
    assert stage.make().profile_url("jane").startswith("https://")
    assert "jane" in stage.make().profile_url("jane")


async def test_closing_twice_is_harmless(stage: NetworkStage) -> None:
    network = stage.make()
    await network.close()
    await network.close()


async def test_our_own_account_is_no_customers(stage: NetworkStage) -> None:
    network = stage.make()
    assert [network.is_ours(handle) for handle in ("acme", "ACME", "jane")] == [True, True, False]
