"""Topics on which answers wait: stopped at once, by whoever may, and seen by everybody."""

from pathlib import Path

from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.approving import asked, asking, on_hold, says_no, says_why, says_yes
from tests.running import Running, heard


async def test_a_hold_is_one_persons_quick_decision(house: Running) -> None:
    cora, anna = house.person("cora"), house.person("anna")
    assert "Nothing is on hold" in heard(await anna.types("/usher holds"))
    assert "on outage are on hold" in heard(await cora.types("/usher hold OUTAGE: cause unknown"))
    seen = heard(await anna.types("/usher holds"))
    assert "on outage · just now · by Cora Lind: “cause unknown”" in seen
    again = heard(await cora.types("/usher hold outage"))
    assert "on hold already. /usher holds shows why." in again
    assert "Rule: hold-there" in await says_why(house, "cora", again)
    assert "The hold is lifted" in heard(await house.person("mina").types("/usher lift outage"))
    assert "Nothing is on hold on outage" in heard(await cora.types("/usher lift outage"))
    assert not await on_hold(house)


async def test_a_topic_is_a_route_or_all_of_them(house: Running) -> None:
    cora = house.person("cora")
    wrong = heard(await cora.types("/usher hold outages for now"))
    assert "These are: outage, billing, german, everything else, all." in wrong
    for word, usage in (("hold", "hold outage why"), ("lift", "lift outage")):
        said = heard(await cora.types(f"/usher {word}"))
        assert "Please name a topic" in said
        assert f"Type it like this: /usher {usage}" in said
    assert "on everything else are" in heard(await cora.types("/usher hold everything else why"))
    assert "on every topic are" in heard(await cora.types("/usher hold all"))
    again = heard(await cora.types("/usher hold all we do not know yet"))
    assert "To say it: /usher lift all, then /usher hold all why" in again
    held = await house.usher.rooms.db.read(lambda unit: "all" in unit.holds.in_force())
    assert held
    await cora.types("/usher lift all")
    held = await house.usher.rooms.db.read(lambda unit: "all" in unit.holds.in_force())
    assert not held


async def test_who_may_not_is_told_why(house: Running, database_url: str) -> None:
    for typed in ("/usher hold outage", "/usher lift outage"):
        refused = heard(await house.person("anna").types(typed))
        assert "Holds are for coordinators and managers" in refused
        assert "Rule: holds-by-role" in await says_why(house, "anna", refused)
    assert await count(database_url, "holds") == 0


async def test_a_number_in_a_reason_does_not_come_in(house: Running, database_url: str) -> None:
    refused = heard(
        await house.person("cora").types("/usher hold outage 4111 1111 1111 1111 was charged")
    )
    assert "Usher did not keep it" in refused
    assert await count(database_url, "holds") == 0


async def test_what_was_refused_may_be_asked_again_and_by_who_may_not_any_more_it_is_void(
    tmp_path: Path, database_url: str
) -> None:
    async with asking(tmp_path, database_url) as house:
        await asked(house)
        await says_no(house, "mina", "Too early.")
        for name in ("mina", "cora"):
            await house.person(name).sees("Rejected", channel="@usher", timeout=20)
        await asked_again(house)
        cora = house.person("cora")
        assert "1 of 2" in await says_yes(house, "mina")
        # Whoever asked is no coordinator any more when the last yes is said.
        await cora.changes_group("service", ["ben"])

        async def known() -> bool:
            held = await house.usher.rooms.db.read(lambda unit: unit.roles.held())
            return ("coordinator", "T0USHER:U0SAM") not in held

        await until_told(known)
        said = await says_yes(house, "cora")
        assert "it cannot be done any more" in said
        told = await house.person("sam").sees("could not be done", channel="@usher", timeout=10)
        assert "Holds are for coordinators and managers" in told.words
        assert await on_hold(house)


async def asked_again(house: Running) -> None:
    said = heard(await house.person("sam").types("/usher lift outage"))
    assert "two other persons" in said
