"""An answer on its way that must wait or must not go any more; its author hears why, once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.driver import Message, Person, View
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.faults.waiting import until
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import approves, recorded, says_why
from tests.running import Mode, Page, Wandering, heard

WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"


def hears(desk: Desk, words: str) -> list[Message]:
    return [each for each in desk.anna.messages("@usher") if words in each.words]


async def held_back(desk: Desk) -> None:
    """On its way, and X lets it in a moment later."""
    desk.house.sandbox.x.faults.inject("429:2", on="create")
    await desk.sends(WORDS)
    await until(lambda: any(call.status == 429 for call in desk.house.sandbox.x.calls))


async def test_a_topic_put_on_hold_stops_what_is_under_way(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        cora = desk.house.person("cora")
        await held_back(desk)
        await cora.types("/usher hold billing We are looking into it.")
        await desk.told("on hold")
        assert desk.ours() == []
        await cora.types("/usher lift billing")
        await desk.one_stands(WORDS)
        await desk.card_says("Answered by")
        assert len(hears(desk, "waits:")) == 1


async def test_what_is_held_is_refused_where_it_is_typed(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        await desk.house.person("cora").types("/usher hold billing We are looking into it.")
        answer = heard(await desk.anna.types(f"/reply {desk.number} {WORDS}"))
        assert "on hold. /usher holds shows why" in answer
        assert "quiet hours" not in answer
        assert "not lost" not in await says_why(desk.house, "anna", answer)


async def test_in_quiet_hours_nothing_goes_out(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    now = datetime.now(UTC)

    def change(page: Page) -> None:
        page["timezone"] = "UTC"
        begin, end = now - timedelta(hours=1), now + timedelta(hours=1)
        page["replies"] = {"quiet_from": f"{begin:%H:%M}", "quiet_to": f"{end:%H:%M}"}

    async with answering(tmp_path, database_url, mode, change=change) as desk:
        answer = heard(await desk.anna.types(f"/reply {desk.number} {WORDS}"))
        until = f"{now + timedelta(hours=1):%H:%M}"
        assert f"quiet hours: nothing goes out before {until} (UTC)" in answer
        assert "on hold" not in answer
        assert desk.ours() == []


async def test_a_case_that_was_passed_on_is_answered_by_nobody_else(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        await held_back(desk)
        await desk.anna.types(f"/case pass {desk.number} @ben")
        stopped = await desk.told("did not go out")
        assert SIGNED in stopped.words
        assert desk.ours() == []


async def test_who_left_the_company_sends_nothing_any_more(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        await held_back(desk)
        await desk.house.person("cora").deactivates("anna")
        await recorded(database_url, "reply.stopped", 1)
        assert desk.ours() == []


@pytest.mark.parametrize("gone", ["deleted", "protected"])
async def test_what_the_network_refuses_is_told(
    tmp_path: Path, database_url: str, mode: Mode, gone: str
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        x = desk.house.sandbox.x
        (post,) = x.timeline()
        shown = await desk.sees_before(WORDS)
        await (x.deletes(post) if gone == "deleted" else _protects(desk))
        await desk.anna.submits(shown, {})
        told = await desk.told("did not go out")
        assert "Open on X" in told.words
        assert SIGNED in told.words
        assert desk.ours() == []


async def test_stale_keys_are_told_and_nothing_is_lost(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    keys = {**OUR_ACCOUNT, "X_ACCESS_TOKEN_SECRET": "stale"}
    async with answering(tmp_path, database_url, mode, keys=keys) as desk:
        await desk.sends(WORDS)
        told = await desk.told("mends a setting")
        assert "/usher status" in told.words
        assert "X_ACCESS_TOKEN_SECRET" in heard(await desk.anna.types("/usher status"))
        assert desk.ours() == []


async def _protects(desk: Desk) -> None:
    desk.house.sandbox.x.protects("jane")


async def card_of(desk: Desk, words: str = SIGNED) -> tuple[Person, Message]:
    cora = desk.house.person("cora")
    return cora, await cora.sees(words, channel="@usher", timeout=10)


async def test_a_yes_sends_exactly_what_was_read(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        done = await desk.sends(WORDS)
        assert "waits for the yes of one other person" in done.words
        cora, card = await card_of(desk)
        assert desk.ours() == []
        await cora.clicks("Approve", on=card)
        await desk.one_stands(WORDS)
        await desk.card_says("Answered by")


async def test_other_words_are_asked_about_anew(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        cora, former = await card_of(desk)
        await desk.sends("Other words.")
        newer = (await card_of(desk, "Other words. – Anna"))[1]
        await until(lambda: not _now(cora, former).buttons)
        assert desk.ours() == []
        await cora.clicks("Approve", on=newer)
        await desk.one_stands("Other words.")


def _now(person: Person, message: Message) -> Message:
    """As it stands there by now."""
    return next(each for each in person.messages("@usher") if each.ts == message.ts)


async def test_a_no_is_told_with_its_reason(tmp_path: Path, database_url: str, mode: Mode) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        cora, card = await card_of(desk)
        form = await cora.clicks("Reject…", on=card)
        assert isinstance(form, View)
        await cora.submits(form, {"reason": "Please say when."})
        await desk.told("Please say when.")
        assert desk.ours() == []


def asked_of(person: Person) -> list[Message]:
    return [each for each in person.messages("@usher") if "Approve" in each.buttons]


def principals(archive: Path) -> Callable[[Page], None]:
    def change(page: Page) -> None:
        page["roles"]["principal"] = ["U0CORA"]
        page["archives"] = {"file": {"file": str(archive)}}

    return change


async def test_nothing_goes_before_the_archive_has_it(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    folder = tmp_path / "archive"
    folder.write_text("a file where a folder should be", encoding="utf-8")
    file = folder / "answers.jsonl"
    change, clock = principals(file), Wandering()
    async with answering(
        tmp_path, database_url, mode, profile="broker", change=change, clock=clock
    ) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        cora, card = await card_of(desk)
        await cora.clicks("Approve", on=card)
        await desk.told("archive cannot be reached")
        assert desk.ours() == []
        # Nor does the archive keep what goes out on no yes that counts.
        clock.off += timedelta(days=7)
        folder.unlink()
        await desk.told("It is asked for again")
        assert not file.exists()
        await until(lambda: len(asked_of(cora)) == 1)
        await cora.clicks("Approve", on=asked_of(cora)[0])
        await desk.one_stands(WORDS)
        kept = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert {each["text"] for each in kept} == {SIGNED}
        assert kept[0]["approver_ids"] == ["T0USHER:U0CORA"]
        assert kept[0]["author_id"] == "T0USHER:U0ANNA"


async def test_by_hand_too_takes_the_yes_where_the_rules_say_so(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = principals(tmp_path / "archive" / "answers.jsonl")
    async with answering(tmp_path, database_url, mode, profile="broker", change=change) as desk:
        await desk.house.usher.care.roles.look()
        waits = await desk.sees_before(WORDS, How="I send it myself")
        assert "waits for the yes" in waits.words
        card = (await card_of(desk))[1]
        assert "by hand" in card.words
        assert "They wrote" in card.words
        said = await approves(desk.house, "cora", card)
        assert "its author gets the words, and sends them by hand" in said
        assert "goes out now" not in said
        handed = await desk.told("may go, in exactly these words")
        assert SIGNED in handed.words
        opened = heard(await desk.anna.types("/case new @mia Her parcel came open."))
        number = opened.partition("ase ")[2].split()[0].rstrip(".,:")
        await desk.anna.types(f"/claim {number}")
        await desk.anna.types(f"/reply {number} We are sorry, and send another.")
        of_ours = (await card_of(desk, "send another"))[1]
        assert "Anna Berg brought it in, in their own words: “Her parcel" in of_ours.words
        assert "They wrote" not in of_ours.words
        assert desk.ours() == []
