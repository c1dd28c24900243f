"""A policy that waits for a second person: asked by a card, again after a restart, and void once
another one waits in its place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import at_work
from bot.care.wording import in_eights
from bot.manual import manifest_for
from bot.model.ids import PersonKey
from bot.sandbox.driver import Message, View
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from storage.policies import Policies as Kept
from tests.canaries import watched
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.approving import approves, recorded, says_why
from tests.journeys.approving import card as asks
from tests.journeys.test_policy import ours
from tests.running import QUICK, VAULT_KEY, Running, heard, write_home

WANTED = "A new policy comes into force"


@pytest.fixture
async def sandbox(tmp_path: Path, database_url: str) -> AsyncIterator[Sandbox]:
    async with (
        Sandbox(manifest=manifest_for("")) as started,
        watched(started, tmp_path, database_url),
    ):
        yield started


@asynccontextmanager
async def started(
    sandbox: Sandbox, home: Path, database_url: str, profile: str, *, add: str = ""
) -> AsyncIterator[Running]:
    """In the same Slack as before, with another policy in the file."""
    variables = {
        **sandbox.environment(),
        "DATABASE_URL": database_url,
        "USHER_VAULT_KEY": VAULT_KEY,
        "USHER_HTTP": "127.0.0.1:0",
    }
    settings = load_settings(write_home(home, ours(home, profile, add=add)), variables)
    async with at_work(settings, listen_every=0.1, pace=QUICK) as usher:
        await usher.care.roles.look()
        await usher.care.settling.look()
        yield Running(sandbox, usher, home)


async def card(house: Running, name: str, words: str = WANTED) -> Message:
    return await house.person(name).sees(words, channel="@usher", timeout=10)


async def test_of_two_who_press_at_once_one_was_enough(
    sandbox: Sandbox, tmp_path: Path, database_url: str
) -> None:
    async with started(sandbox, tmp_path, database_url, "insurance"):
        pass
    async with started(sandbox, tmp_path, database_url, "insurance", add="# more\n") as house:
        new = house.usher.rooms.policy.hash
        pressed = [(name, await card(house, name)) for name in ("cora", "mina")]
        said = await asyncio.gather(*(approves(house, name, shown) for name, shown in pressed))
        assert sum("is in force now" in each for each in said) == 1
        assert sum("approved already" in each for each in said) == 1
        assert house.usher.care.policies.acts.policy.hash == new
        await recorded(database_url, "policy.accepted", 1)
        assert (await house.usher.verify()).broken == ()


async def test_other_words_are_asked_for_anew(
    sandbox: Sandbox, tmp_path: Path, database_url: str
) -> None:
    async with started(sandbox, tmp_path, database_url, "insurance") as house:
        before = house.usher.care.policies.acts.policy.hash
    async with started(sandbox, tmp_path, database_url, "shelter") as house:
        first = await card(house, "mina")
    async with started(sandbox, tmp_path, database_url, "shelter", add="# more\n") as house:
        mina = house.person("mina")
        void = await approves(house, "mina", first)
        assert "has changed since" in void
        assert "Rule: approval-void" in await says_why(house, "mina", void)
        assert house.usher.care.policies.acts.policy.hash == before

        async def two() -> bool:
            mine = [m for m in mina.messages("@usher") if WANTED in m.words or m.ts == first.ts]
            return len(mine) == 2 and "Not wanted any more" in mine[0].words and not mine[0].buttons

        await until_told(two)
        second = await asks(house, "mina", words=in_eights(house.usher.rooms.policy.hash))
        assert "is in force now" in await approves(house, "mina", second)


async def test_a_no_takes_the_new_policy_back(
    sandbox: Sandbox, tmp_path: Path, database_url: str
) -> None:
    async with started(sandbox, tmp_path, database_url, "insurance") as house:
        before = house.usher.care.policies.acts.policy.hash
    async with started(sandbox, tmp_path, database_url, "shelter") as house:
        mina = house.person("mina")
        form = await mina.clicks("Reject…", on=await card(house, "mina"))
        assert isinstance(form, View)
        await mina.submits(form, {"reason": "We need the second look."})
        told = await house.person("cora").sees("said no", channel="@usher", timeout=10)
        assert "We need the second look." in told.words
        assert "waits" not in heard(await mina.types("/usher policy"))
        assert house.usher.care.policies.acts.policy.hash == before


async def test_a_card_that_could_not_go_out_goes_out_after_a_restart(
    sandbox: Sandbox, tmp_path: Path, database_url: str
) -> None:
    async with started(sandbox, tmp_path, database_url, "insurance"):
        pass
    sandbox.workspace.faults.inject("chat.postMessage", kind="503", times=200)
    async with started(sandbox, tmp_path, database_url, "shelter"):

        async def wanted() -> bool:
            return await count(database_url, "approval_cards WHERE ts = ''") == 2

        await until_told(wanted)
    sandbox.workspace.faults.clear()
    async with started(sandbox, tmp_path, database_url, "shelter") as house:
        shown = await card(house, "mina")
        assert "is in force now" in await approves(house, "mina", shown)
        await recorded(database_url, "approval.asked", 1)


async def test_withdrawn_between_the_card_and_the_yes(
    sandbox: Sandbox, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a replica starts with the old file just then."""
    async with started(sandbox, tmp_path, database_url, "insurance") as house:
        before = house.usher.care.policies.acts.policy.hash
    accept = Kept.accept

    def late(self: Kept, digest: str, by: PersonKey) -> bool:
        self.withdraw()
        return accept(self, digest, by)

    monkeypatch.setattr(Kept, "accept", late)
    async with started(sandbox, tmp_path, database_url, "shelter") as house:
        said = await approves(house, "mina", await card(house, "mina"))
        assert "cannot be done any more" in said
        kept = await house.usher.rooms.db.read(lambda unit: unit.policies.in_force())
        assert kept is not None
        assert kept.hash == before == house.usher.care.policies.acts.policy.hash
        await recorded(database_url, "policy.accepted", 0)
        told = await house.person("cora").sees("waits no more", channel="@usher", timeout=10)
        assert "the one before stays in force" in told.words
