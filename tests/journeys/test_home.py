"""The Home tab: what is mine, what waits for anyone, and how Usher and I get along."""

import asyncio
from collections.abc import Callable

from bot.sandbox.driver import Person, View
from tests.running import Running, blanks, heard

BILL = "charged me twice"


async def waiting(house: Running) -> None:
    await house.card("jane", f"@acme {BILL}", channel="#care-billing", seen=BILL)


async def shown(person: Person) -> View:
    view = await person.opens_home(timeout=8)
    assert view is not None, "no home was drawn"
    return view


async def becomes(person: Person, is_so: Callable[[View], bool]) -> View:
    """Her Home once it is so, without her opening it again."""
    for _ in range(200):
        if person.home is not None and is_so(person.home):
            return person.home
        await asyncio.sleep(0.05)
    assert person.home is not None
    raise AssertionError(person.home.words)


async def test_a_newcomer_finds_the_guidebook_and_who_waits(house: Running) -> None:
    await waiting(house)
    anna = house.person("anna")
    home = await shown(anna)
    assert "Before your first case comes the guidebook" in home.words
    assert "You hold no case" in home.words
    assert "Waiting for someone: 1" in home.words
    assert BILL in home.words
    book = await anna.clicks("Read the guidebook", on=home)
    assert isinstance(book, View)
    await anna.submits(book, {})
    home = await becomes(anna, lambda view: "Read the guidebook" not in view.buttons)
    assert "You accepted it on" in home.words
    again = await anna.clicks("Read it again", on=home)
    assert isinstance(again, View)
    assert "Greet first" in again.words
    assert again.wire["submit"] is None
    await anna.closes(again)
    await anna.types("/usher enroll")
    said = await anna.sees("accepted the guidebook in force", channel="#care-general")
    assert isinstance(await anna.clicks("Read it again", on=said), View)


async def test_claimed_on_home_it_is_mine_there_and_on_the_card(house: Running) -> None:
    await waiting(house)
    anna = await house.enrolled("anna")
    await anna.clicks("Claim", on=await shown(anna))
    home = await becomes(anna, lambda view: "Resolve" in view.buttons)
    assert home.words.index(BILL) < home.words.index("Waiting for someone")
    assert "Answer the customer or hand it off" in home.words
    await anna.sees("Held by Anna Berg", channel="#care-billing", timeout=10)
    await anna.sees("Case 1 is yours", channel="@usher", timeout=10)
    await anna.clicks("Release", on=home)
    await becomes(anna, lambda view: "You hold no case" in view.words)


async def test_who_is_away_sees_it_on_home_and_is_back_by_a_button_there(house: Running) -> None:
    """By a status that comes and goes while she looks, and by her own word."""
    await waiting(house)
    anna = await house.enrolled("anna")
    await anna.types("/claim 1")
    assert "You are away" not in (await shown(anna)).words
    await anna.sets_status(":palm_tree:", "")
    await becomes(anna, lambda view: "Your Slack status says so" in view.words)
    await anna.sets_status("", "")
    await becomes(anna, lambda view: "You are away" not in view.words)
    await anna.types("/usher away until tomorrow 9am")
    home = await becomes(anna, lambda view: "You are away" in view.words)
    assert "Slack status" not in home.words
    await anna.clicks("I am back", on=home)
    await anna.sees("Welcome back", channel="@usher", timeout=10)
    home = await becomes(anna, lambda view: "You are away" not in view.words)
    assert "I am back" not in home.buttons


async def test_what_a_colleague_does_with_my_case_shows_while_i_look(house: Running) -> None:
    await waiting(house)
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    assert BILL in (await shown(ben)).words
    await anna.types("/claim 1")
    await anna.types("/case pass 1 @ben")
    await becomes(ben, lambda view: "Resolve" in view.buttons)


async def test_who_does_not_look_is_not_drawn_for(house: Running) -> None:
    await waiting(house)
    anna = await house.enrolled("anna")
    await anna.types("/claim 1")
    await anna.sees("Held by Anna Berg", channel="#care-billing", timeout=10)
    assert anna.home is None
    assert house.sandbox.workspace.journal.calls("views.publish") == []


async def test_a_customer_is_brought_in_from_home(house: Running) -> None:
    anna = await house.enrolled("anna")
    form = await anna.clicks("Bring in a customer", on=await shown(anna))
    assert isinstance(form, View)
    assert form.title == "Bring in a customer"
    await anna.submits(form, {"handle": "@jane", "summary": "wants an offer for guards"})
    await becomes(anna, lambda view: "wants an offer" in view.words)


async def test_only_coordinators_see_the_house(house: Running) -> None:
    assert "For coordinators" not in (await shown(house.person("anna"))).words
    home = await shown(house.person("cora"))
    assert "For coordinators" in home.words
    assert "Stuck until somebody looks: 0" in home.words


async def test_a_guest_reads_why_not_and_nothing_else(house: Running) -> None:
    await waiting(house)
    for name in ("gus", "rosa"):
        home = await shown(house.person(name))
        assert "you are here as a guest" in home.words
        assert BILL not in home.words
        assert home.buttons == []


async def test_opening_home_says_nothing_to_anybody(house: Running) -> None:
    anna = house.person("anna")
    await shown(anna)
    assert anna.messages("@usher") == []
    assert "Usher is at work" in heard(await anna.types("/usher status"))


async def test_a_home_drawn_by_somebody_else_meanwhile_is_drawn_again(house: Running) -> None:
    """Slack says no to who draws over a newer one; then what is true is asked anew."""
    await waiting(house)
    anna = await house.enrolled("anna")
    await shown(anna)
    other = {"type": "home", "blocks": [{"type": "divider"}]}
    house.sandbox.workspace.views.publish(anna.person.id, other, hash=None)
    await anna.types("/claim 1")
    await becomes(anna, lambda view: "Resolve" in view.buttons)


async def test_what_was_blanked_is_gone_from_home_too(house: Running) -> None:
    await waiting(house)
    cora = house.person("cora")
    card = await cora.sees(BILL, channel="#care-billing")
    await blanks(cora, card)
    await cora.sees("· blanked", channel="#care-billing", timeout=10)
    assert BILL not in (await shown(house.person("anna"))).words


async def test_what_the_customer_wrote_last_stands_there(house: Running) -> None:
    await waiting(house)
    anna = await house.enrolled("anna")
    assert "wrote again" not in (await shown(anna)).words
    first = next(each for each in house.sandbox.x.timeline() if BILL in each.text)
    await house.sandbox.x.posts("jane", "and the app is slow", in_reply_to=first.id)
    await anna.sees("and the app is slow", channel="#care-billing", timeout=10)
    home = await shown(anna)
    assert "wrote again" in home.words
    assert "and the app is slow" in home.words
    assert BILL not in home.words
    await anna.types("/claim 1")
    mine = await becomes(anna, lambda view: "Resolve" in view.buttons)
    assert "and the app is slow" in mine.words
