"""Buttons, links and mentions: acknowledged at once, answered to the one who pressed or asked."""

import pytest

from bot.model.delivery import Card
from bot.model.ids import ChannelId
from bot.sandbox.driver import Message, View
from bot.slack.blocks import actions, button, header
from tests.handlers.conftest import House

BLOCKS = [
    header("Case 42"),
    actions(
        "case.42.1",
        [
            button(label, action_id=action_id, value="42")
            for label, action_id in (
                ("Claim", "claim"),
                ("Release", "release"),
                ("Hand off", "hand_off"),
                ("Resolve", "resolve"),
            )
        ]
        + [button("Open on X", action_id="link.network", url="https://x.com/jane")],
    ),
]


async def card(house: House, blocks: list[dict[str, object]] | None = None) -> Message:
    await house.app.client.chat_postMessage(
        channel="C0BILLING", text="Case 42", blocks=blocks or BLOCKS
    )
    return await house.sandbox.person("cora").sees("Case 42", channel="#care-billing")


@pytest.mark.parametrize(
    ("label", "words"),
    [("Release", "waits again"), ("Resolve", "resolved")],
)
async def test_the_presser_alone_hears_the_answer(house: House, label: str, words: str) -> None:
    on = await card(house)
    anna, ben = house.sandbox.person("anna"), house.sandbox.person("ben")
    await anna.clicks(label, on=on)
    message = await anna.sees(words, channel="#care-billing")
    assert message.ephemeral
    await ben.sees_not(words, channel="#care-billing", within=0.2)
    assert (await ben.sees("Case 42", channel="#care-billing")).blocks == on.blocks


async def test_claim_by_button_leads_through_the_guidebook(house: House) -> None:
    on = await card(house)
    anna = house.sandbox.person("anna")
    guidebook = await anna.clicks("Claim", on=on)
    assert isinstance(guidebook, View)
    after = await anna.submits(guidebook, {})
    assert isinstance(after, View)
    assert "Case 42 is yours" in after.words
    await house.sandbox.person("ben").clicks("Claim", on=on)
    assert house.care.holders == {42: "Anna Berg"}


async def test_hand_off_by_button_opens_the_form(house: House) -> None:
    on = await card(house)
    form = await house.sandbox.person("anna").clicks("Hand off", on=on)
    assert isinstance(form, View)
    assert form.labels == ["Who can help?", "What should they know?"]


async def test_a_link_is_acknowledged_and_nothing_happens(house: House) -> None:
    on = await card(house)
    heard = await house.sandbox.person("anna").clicks("Open on X", on=on)
    assert heard is None
    assert house.care.visits == []


@pytest.mark.parametrize("value", ["", "forty-two", "-1", "42; drop", "<@U0BEN>", "9" * 40])
async def test_a_forged_button_is_refused_with_a_sentence(house: House, value: str) -> None:
    forged = [actions("x", [button("Claim", action_id="claim", value=value)])]
    anna = house.sandbox.person("anna")
    await anna.clicks("Claim", on=await card(house, forged))
    await anna.sees("I do not know this button", channel="#care-billing")
    assert [name for name, _ in house.care.visits] == ["refused"]


async def test_a_guest_and_somebody_of_another_company_are_known_as_such(house: House) -> None:
    await house.sandbox.person("anna").shares("#care-billing", with_="eve")
    for name, membership in (("gus", "guest"), ("eve", "outsider")):
        stranger = house.sandbox.person(name)
        await stranger.clicks("Claim", on=await card(house))
        await stranger.sees(f"A {membership} cannot claim", channel="#care-billing")
    assert house.care.touches == []


async def test_where_a_card_stands_is_learned_from_a_colleagues_press(house: House) -> None:
    on = await card(house)
    await house.sandbox.person("anna").clicks("Release", on=on)
    assert house.care.touches == [(42, Card(ChannelId(on.channel), on.ts))]


async def test_a_mention_in_a_thread_carries_a_command_and_the_answer_is_whispered(
    house: House,
) -> None:
    house.care.enrolled.add("Anna Berg")
    on = await card(house)
    anna, ben = house.sandbox.person("anna"), house.sandbox.person("ben")
    await anna.says("hey @ben, @usher claim 42", channel="#care-billing", thread=on)
    said = await anna.sees("Case 42 is yours, Anna Berg.", channel="#care-billing")
    assert said.ephemeral
    assert said.thread_ts == on.ts
    await ben.sees_not("is yours", channel="#care-billing", within=0.2)


@pytest.mark.parametrize("said", ["", " help"])
async def test_a_mention_without_a_command_says_what_there_is(house: House, said: str) -> None:
    anna = house.sandbox.person("anna")
    await anna.says(f"@usher{said}", channel="#care-billing")
    await anna.sees("Any employee can help a customer", channel="#care-billing")
    await anna.says("@usher clam 42", channel="#care-billing")
    await anna.sees("Did you mean “claim”?", channel="#care-billing")
    await anna.says("@usher handoff 42", channel="#care-billing")
    asked = await anna.sees("Press the button", channel="#care-billing")
    form = await anna.clicks("Open the form", on=asked)
    assert isinstance(form, View)
    assert form.labels == ["Who can help?", "What should they know?"]
