"""Story 1, step 10: the manager reads it in the customers' own (masked) words."""

import pytest

from tests.running import Running, heard


@pytest.mark.main_journey
async def test_manager_reads_and_others_may_not(house: Running) -> None:
    await house.card(
        "jane",
        "@acme you charged me twice, 4111 1111 1111 1111",
        channel="#care-billing",
        seen="charged me twice",
    )
    said = heard(await house.person("mina").types("/digest today"))
    assert "charged me twice" in said
    assert "1111 1111" not in said
    assert said.count("(Europe/Berlin)") == 1
    assert "D-" in heard(await house.person("ben").types("/digest today"))


async def test_nothing_to_show_says_so(house: Running) -> None:
    assert "Nobody wrote" in heard(await house.person("mina").types("/digest today"))


async def test_the_morning_digest_is_posted_once(house: Running) -> None:
    await house.card("jane", "@acme refund us", channel="#care-billing", seen="refund us")
    await house.usher.care.digests.send_once()
    await house.usher.care.digests.send_once()
    seen = await house.person("mina").sees("In their own words", channel="#managers", timeout=10)
    assert "refund us" in seen.words
    assert seen.words.count("(Europe/Berlin)") == 1
    posted = [
        m for m in house.person("mina").messages("#managers") if "what customers said" in m.words
    ]
    assert len(posted) == 1
