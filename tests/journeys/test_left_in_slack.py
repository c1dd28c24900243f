"""What must not be kept is kept nowhere by us; that Slack still shows it is said where it does."""

import pytest

from bot.sandbox.driver import Message, View
from tests.faults.flood import known
from tests.journeys.test_shortcuts import filled
from tests.running import Running, heard

CHANNEL = "#care-billing"
CARD = "4111 1111 1111 1111"
MINE = "Your message still shows it: please delete it."
THEIRS = "Their message still shows it: please ask them to delete it."


async def test_who_says_a_card_number_to_usher_is_told_that_the_message_stays(
    house: Running,
) -> None:
    card, ben = await house.card("jane", "@acme refund", channel=CHANNEL), house.person("ben")
    await known(house, card)
    for words in (f"@usher note she says {CARD}", f"@usher add {CARD}", f"@usher {CARD}"):
        said = await ben.says(words, channel=CHANNEL, thread=card)
        told = await newest(house, said)
        assert "That looks like a card number" in told.words
        assert MINE in told.words


async def newest(house: Running, than: Message) -> Message:
    """The whisper that answers that message."""
    ben = house.person("ben")

    def look() -> Message | None:
        whispers = [one for one in ben.messages(CHANNEL) if one.ephemeral and one.ts > than.ts]
        return whispers[0] if whispers else None

    found = await house.sandbox.workspace.bell.until(look, timeout=10)
    assert found is not None
    return found


async def test_what_is_typed_behind_a_slash_stands_in_no_message(house: Running) -> None:
    ben = house.person("ben")
    said = heard(await ben.types(f"/case new @jane says {CARD}"))
    assert "That looks like a card number" in said
    assert "still shows it" not in said


@pytest.mark.parametrize(
    ("name", "block_id"), [("Add to a case", "words"), ("Open a case", "summary")]
)
async def test_a_message_brought_in_says_whose_it_is_to_delete(
    house: Running, name: str, block_id: str
) -> None:
    anna, ben = house.person("anna"), house.person("ben")
    said = await ben.says(f"She gave me {CARD} for it.", channel=CHANNEL)
    for person, whose in ((anna, THEIRS), (ben, MINE)):
        form = await person.uses(name, on=said)
        assert isinstance(form, View)
        assert f"That looks like a card number. Usher did not keep it. {whose}" in form.words
        assert "4111" not in filled(form, block_id)
        await person.closes(form)
    harmless = await ben.says("She called twice, jane@example.com", channel=CHANNEL)
    form = await anna.uses(name, on=harmless)
    assert isinstance(form, View)
    assert "still shows it" not in form.words
