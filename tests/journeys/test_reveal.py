"""Personal data in the clear: for one pair of eyes, for a time, and nowhere else at all."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.app import at_work
from bot.manual import manifest_for
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Visit
from bot.sandbox.driver import View
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.canaries import watched
from tests.faults.databases import count, rows
from tests.faults.waiting import until
from tests.fixtures.houses import EACH, only_on
from tests.journeys.approving import recorded
from tests.journeys.kept import kept
from tests.journeys.revealing import (
    CHANNEL,
    MAIL,
    NUMBERS,
    OVER,
    PHONE,
    WHAT_FOR,
    carrying,
    closed,
    held,
    on_screen,
    revealing,
)
from tests.journeys.test_reply_race import ANNA
from tests.running import QUICK, VAULT_KEY, Mode, Running, Wandering, blanks, write_home


async def test_one_person_sees_the_words_for_a_time_and_nobody_else_anywhere(
    tmp_path: Path,
    database_url: str,
    mode: Mode,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Wandering()
    async with revealing(tmp_path, database_url, mode=mode, clock=clock) as house:
        await house.usher.care.roles.look()
        number, anna = await held(house), house.person("anna")
        page = await anna.types(f"/case reveal {number} the address is wrong")
        assert isinstance(page, View), page
        assert MAIL in page.words
        assert PHONE in page.words
        assert "4111" not in page.words
        assert "For your eyes only, until" in page.words
        clock.off = timedelta(minutes=6)
        await closed(house, "anna")
        assert not [one for one in NUMBERS if one in on_screen(house, "anna")]
        await recorded(database_url, "reveal.closed", 1)
        assert await count(database_url, "audit_events WHERE action = 'customer.revealed'") == 1
        assert carrying(house.sandbox, MAIL) == carrying(house.sandbox, PHONE) == {"views.open"}
        await told_of_looks(house, database_url, clock)
        assert (await house.usher.verify()).broken == ()
        stored = (await kept(database_url, house.home)).decode("utf-8", "replace")
        logged = capfd.readouterr()
        said = logged.out + logged.err + caplog.text
        assert [one for one in NUMBERS if one in stored or one in said] == []


async def told_of_looks(house: Running, database_url: str, clock: Wandering) -> None:
    """Some hours later and in any case: no digest is sent here, and nothing is counted by time."""
    look, told = house.usher.care.privacy.look, "audit_events WHERE action = 'reveal.told'"
    await look()
    assert await count(database_url, told) == 0
    clock.off = timedelta(hours=5)
    await look()
    await until(lambda: len(looks_told(house)) == 1)
    # As one that began before we told, and was kept only after it.
    clock.off = timedelta(minutes=7)
    assert isinstance(await house.person("anna").types("/case reveal 1 once more"), View)
    clock.off = timedelta(hours=5)
    await look()
    await look()
    await until(lambda: len(looks_told(house)) == 2)
    first, second = looks_told(house)
    assert "in the clear once" in first
    assert "Case 1, by Anna Berg: “the address is wrong”" in first
    assert "in the clear once" in second
    assert "Case 1, by Anna Berg: “once more”" in second
    assert await count(database_url, told) == 2


def looks_told(house: Running) -> list[str]:
    said = [each.words for each in house.person("cora").messages("@usher")]
    return [words for words in said if "in the clear" in words]


async def test_blanking_ends_every_look_at_once(tmp_path: Path, database_url: str) -> None:
    clock = Wandering()
    async with revealing(tmp_path, database_url, clock=clock) as house:
        number, anna = await held(house), house.person("anna")
        page = await anna.types(f"/case reveal {number} wrong address")
        assert isinstance(page, View)
        assert MAIL in on_screen(house, "anna")
        # Asked for, decided, and Slack has not opened the page yet.
        late = Visit(VisitKey("1" * 64), ANNA)
        await house.usher.care.reveals.reveal(CaseId(number), "wrong address", visit=late)
        cora = house.person("cora")
        await blanks(cora, await cora.sees("refund to", channel=CHANNEL, timeout=10))
        await closed(house, "anna")
        shown = await house.usher.care.reveals.page(late.key, CaseId(number))
        assert shown.value.said is None
        await recorded(database_url, "reveal.closed", 1)

        # A page that may be opening just now is looked for once more, and not given up.
        updates = partial(house.sandbox.workspace.journal.calls, "views.update")
        await until(lambda: len(updates()) == 2)
        assert await count(database_url, "reveals WHERE closed_at IS NULL") == 1
        clock.off = timedelta(minutes=2)
        await recorded(database_url, "reveal.closed", 2)


async def test_without_a_reason_a_form_asks_for_it(tmp_path: Path, database_url: str) -> None:
    clock = Wandering()
    async with revealing(tmp_path, database_url, clock=clock) as house:
        number, anna = await held(house), house.person("anna")
        form = await anna.types(f"/case reveal {number} …")
        assert isinstance(form, View)
        assert MAIL not in form.words
        assert "your name, and whoever looks after privacy reads it." in form.words
        assert await count(database_url, "reveals") == 0
        errors = await anna.submits(form, {WHAT_FOR: "her card 4111 1111 1111 1111"})
        assert isinstance(errors, dict)
        assert "Usher did not keep it" in errors["reason"]
        page = await anna.submits(form, {WHAT_FOR: f"to write to {MAIL}"})
        assert isinstance(page, View)
        assert PHONE in page.words
        ((reason,),) = await rows(database_url, "SELECT reason FROM reveals")
        assert MAIL not in reason
        assert "to write to" in reason
        clock.off = timedelta(minutes=6)
        await closed(house, "anna")


@only_on(EACH[0])
async def test_nobody_is_said_to_read_it_where_nobody_does(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants to change her address")
    form = await anna.types("/case reveal 1")
    assert isinstance(form, View)
    assert "It goes on record with your name." in form.words


async def test_its_time_ends_though_the_process_did_before(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    async with (
        Sandbox(manifest=manifest_for("")) as sandbox,
        watched(sandbox, tmp_path, database_url),
    ):
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(tmp_path), variables)
        async with at_work(settings, clock=clock, listen_every=0.1, pace=QUICK) as usher:
            house = Running(sandbox, usher, tmp_path)
            number, anna = await held(house), house.person("anna")
            page = await anna.types(f"/case reveal {number} wrong address")
            assert isinstance(page, View)
        clock.off = timedelta(minutes=6)
        assert MAIL in on_screen(house, "anna")
        async with at_work(settings, clock=clock, listen_every=0.1, pace=QUICK) as usher:
            await closed(house, "anna")
            await recorded(database_url, "reveal.closed", 1)
            ((subject,),) = await rows(database_url, "SELECT id FROM reveals")
            # Another replica that had taken it up too: nothing happens twice.
            await usher.care.reveals.close(str(subject))
        calls = sandbox.workspace.journal.calls()
        assert [each.method for each in calls].count("views.update") == 1


async def test_a_page_that_was_closed_by_hand_is_no_trouble(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    async with revealing(tmp_path, database_url, profile="shelter", clock=clock) as house:
        number, anna = await held(house), house.person("anna")
        # Here nobody has to say what for.
        page = await anna.types(f"/case reveal {number}")
        assert isinstance(page, View)
        assert MAIL in page.words
        await anna.closes(page)
        clock.off = timedelta(minutes=11)
        await recorded(database_url, "reveal.closed", 1)
        assert (
            await house.usher.care.deliveries.db.read(lambda u: u.deliveries.figures())
        ).stuck == 0


async def test_the_same_request_again_shows_nothing_again(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number = await held(house)
        workspace = house.sandbox.workspace
        who, channel = workspace.person("anna"), workspace.channel(CHANNEL)
        url = workspace.response_urls.new(who.id, channel.id)
        typed = workspace.payloads.slash(
            who, channel, command="/case", text=f"reveal {number} wrong address", response_url=url
        )
        send = workspace.deliveries.send
        answers = await asyncio.gather(*(send("slash_commands", typed) for _ in range(5)))
        # Acknowledged, and nothing is said: the window of the first is open.
        assert {str(one.payload) for one in answers} == {"None"}
        calls = [c for c in workspace.journal.calls() if c.method.startswith("views.open")]
        assert len([c for c in calls if MAIL in repr(c.args)]) == 1
        assert await count(database_url, "reveals") == 1


async def test_a_form_that_is_sent_off_again_shows_nothing_again(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number, anna = await held(house), house.person("anna")
        form = await anna.types(f"/case reveal {number}")
        assert isinstance(form, View)
        page = await anna.submits(form, {WHAT_FOR: "wrong address"})
        assert isinstance(page, View)
        journal = house.sandbox.workspace.journal
        sent = [each for each in journal.deliveries() if "view_submission" in repr(each.payload)][
            -1
        ]
        again = await house.sandbox.workspace.deliveries.send("interactive", sent.payload)
        assert OVER in repr(again.payload)
        assert MAIL not in repr(again.payload)
        assert await count(database_url, "audit_events WHERE action = 'reveal.shown'") == 1
