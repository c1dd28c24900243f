"""What is said to Usher by name is understood however people write it, and help says all of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.model.ids import CaseId
from bot.sandbox.driver import Message
from handlers import threads
from handlers.commands import COMMANDS
from handlers.events.app_mention import ADD
from tests.faults.databases import count
from tests.fixtures.houses import EACH, once_each, only_on
from tests.journeys.hurried import hurried
from tests.journeys.test_threads import CHANNEL, a_card
from tests.running import Mode, Running, case_number, heard

HELP = "Any employee can help a customer"
CLAIMS = (
    *("claim.", "*claim*", "Claim!", "_claim_", "please claim", "\u00a0claim\u00a0", "“claim”"),
    *("/claim", "claim this please", "please, claim it", "*claim {}*", "claim {}."),
)

OTHERWISE = (
    *("claim @usher", "@cora @usher, claim", "please claim it @usher", "claim #{}, please @usher"),
    *("claim @usher please", "claim @usher :pray:", "claim this, @usher, thanks!", "Claim @usher?"),
    *("@usher @usher claim", "@usher, please, @usher: claim", "@usher claim @usher please"),
)


@pytest.fixture
async def house(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Running]:
    """Quick, since each answer is a whisper, and of those there are few a minute."""
    async with hurried(tmp_path, database_url, mode=mode) as started:
        yield started


@only_on(EACH[0])
async def test_a_word_may_be_dressed_as_people_dress_it(house: Running) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    said = [f"@usher {each.format(number)}" for each in CLAIMS]
    for text in (*said, *(each.format(number) for each in OTHERWISE)):
        assert f"Case {number} is yours" in await ask(house, card, text), text
        await anna.types(f"/case release {number}")


async def test_longer_talk_before_our_name_is_between_people(
    house: Running, database_url: str
) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    await anna.types(f"/claim {number}")
    for text in (
        "Note that Jane is my neighbour and lies a lot @usher",
        f"note {number} she lies @usher, please",
        "Away until friday @usher",
        "back @usher",
        "new @jane wants more @usher",
        f"resolve {number} or the other one? @usher",
        f"release {number} 7 @usher :smile:",
        "hand off to sales she wants an offer @usher",
    ):
        assert HELP in await ask(house, card, text), text
    assert await count(database_url, "notes") == 0
    assert await count(database_url, "handoffs") == 0
    assert await count(database_url, "cases") == 1
    assert await count(database_url, "absences") == 0
    assert f"{number} · " in heard(await anna.types("/case mine"))


@once_each(
    "text",
    ("pass to @ben.", "pass @ben, thanks", "pass {} (@ben)", "pass this on to *@ben*!"),
    EACH,
)
async def test_a_colleague_may_be_dressed_too(house: Running, text: str) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    await anna.types(f"/claim {number}")
    said = await ask(house, card, f"@usher {text.format(number)}")
    assert f"Ben Okafor holds case {number} now" in said


async def ask(house: Running, card: Message, text: str) -> str:
    anna = house.person("anna")
    before = {seen.ts for seen in anna.messages(CHANNEL)}
    await anna.says(text, channel=CHANNEL, thread=card)

    def answered() -> Message | None:
        seen = [m for m in anna.messages(CHANNEL) if m.ephemeral and m.ts not in before]
        return seen[0] if seen else None

    found = await house.sandbox.workspace.bell.until(answered, timeout=10)
    assert found is not None, f"no answer to {text!r}"
    return found.words


async def test_each_word_of_usher_and_of_a_hand_off_works_in_a_thread(house: Running) -> None:
    card = await a_card(house)
    number = case_number(card)
    assert "Press the button" in await ask(house, card, "@usher enroll")
    await house.enrolled("anna")
    await ask(house, card, "@usher claim")
    for text, answer in (
        ("hand off to sales she wants an offer", f"Case {number} is on its way to sales"),
        (f"hand this off {number} to service. she is upset", "is on its way to service"),
        ("hand off", "Press the button"),
        ("status, please", "Usher is at work"),
        ("setup", "for coordinators"),
        ("away until 9am", "You are away until"),
        ("away until whenever", "I did not understand until when"),
        ("back", "Welcome back"),
        ("help", "@usher away until 14:00 – "),
    ):
        assert answer in await ask(house, card, f"@usher {text}"), text


NOTHING_DONE = (
    ("@usher clam", "Did you mean “claim”? @usher help"),
    ("@usher resolv!", "Did you mean “resolve”?"),
    ("@usher statsu", "Did you mean “status”?"),
    ("@usher ad she paid", "Did you mean “add”?"),
    ("@usher resolve the other case of hers", "I did nothing"),
    ("resolve the thing about @usher", HELP),
    ("@usher today", "I do not know the word “today”"),
    ("@usher undo", "@usher case undo"),
    ("thank you @usher", threads.WELCOME),
    ("thanks, note the time @usher", threads.WELCOME),
    ("@usher thanks!", threads.WELCOME),
    ("@usher thanks a lot", threads.WELCOME),
    ("@usher take", "Did you mean “claim”?"),
    ("@usher I’ll take this", "Did you mean “claim”?"),
    ("got it @usher", "Did you mean “claim”?"),
    ("@usher done", "Did you mean “resolve”?"),
    ("@usher close this", "Did you mean “resolve”?"),
    ("@usher blank this card", "then Blank this card"),
    ("@usher note this", "Press the button"),
    ("@usher reply please", "Press the button"),
    ("@usher hand off this case to service please", "Press the button"),
    ("@usher pass it to @ben, he knows her", "I did nothing"),
    ("Status of this, @usher?", HELP),
    ("@usher please!", HELP),
)


@only_on(EACH[1])
async def test_what_is_no_command_does_nothing_and_says_what_is_near(house: Running) -> None:
    card = await a_card(house)
    anna = await house.enrolled("anna")
    assert "is yours" in await ask(house, card, "@usher claim")
    for text, answer in NOTHING_DONE:
        assert answer in await ask(house, card, text), text
    assert f"{case_number(card)} · " in heard(await anna.types("/case mine"))
    shown = heard(await anna.types(f"/case {case_number(card)}"))
    assert "Note by" not in shown
    assert "Handed to" not in shown
    assert "Ben Okafor holds" in await ask(house, card, "@usher pass this to @ben, please")


def test_help_is_complete_and_each_line_is_understood() -> None:
    lines = [line.removeprefix("@usher ") for line in threads.help_of_all(ADD).lines]
    named = set()
    for line in lines:
        usage, _, _ = line.partition(" – ")
        assert "\n" not in line
        word, rest = threads.taken(usage, prefix="")
        named.add(word)
        if word != ADD.name:
            command, *inner = threads.spelled_out(word, rest, CaseId(7)).split()
            (known,) = [each for each in COMMANDS if each.name == command]
            words = [each.name for each in known.words]
            assert known.run is not None or inner[0] in words, line
            named.add(inner[0])
    missing = {name for each in COMMANDS for name in (each.name, *(w.name for w in each.words))}
    assert missing - named == {"usher", *threads.BY_SLASH}


@given(st.text() | st.lists(st.sampled_from([*threads.WORDS, *"*_~`/", "hand", "off", "7"])))
def test_whatever_is_said_is_a_command_or_a_sentence(said: str | list[str]) -> None:
    text = said if isinstance(said, str) else " ".join(said)
    word, rest = threads.taken(threads.asked(text, "") or text, prefix="")
    for case_id in (None, CaseId(7)):
        with contextlib.suppress(Refusal):
            assert threads.spelled_out(word, rest, case_id)


@given(
    st.sampled_from([*threads.WORDS, "claim", "reply"]),
    st.sampled_from(["{}", "*{}*", "_{}_", "~{}~", "`{}`", "{}!", "{}.", "please {}", " {}\u00a0"]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_dress_does_not_matter(word: str, dress: str, case: type[str]) -> None:
    assert threads.taken(dress.format(case(word)), prefix="") == (word, "")


@pytest.mark.parametrize("text", ["*" * 40_000, "please " * 5_000, " " * 40_000, "*a " * 13_000])
async def test_long_texts_are_taken_apart_at_once(text: str) -> None:
    async with asyncio.timeout(2):
        word, rest = await asyncio.to_thread(threads.taken, text, prefix="")
        assert threads.spelled_out(word, rest, CaseId(7))
