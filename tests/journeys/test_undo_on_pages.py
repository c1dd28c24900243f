"""Undo under an answer that is a page: what became of it stands on that very page."""

from bot.sandbox.driver import View
from tests.running import Running, heard


async def noted(house: Running) -> View:
    """The page after a note was sent off by its form."""
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants an offer")
    form = await anna.types("/case note 1")
    assert isinstance(form, View)
    page = await anna.submits(form, {"What should colleagues know?": "She wrote agian."})
    assert isinstance(page, View)
    assert "Noted on case 1." in page.words
    return page


async def test_the_page_says_what_was_undone(house: Running) -> None:
    page, anna = await noted(house), house.person("anna")
    await anna.clicks("Undo", on=page)
    after = await anna.sees_view("your note is gone")
    assert after.id == page.id
    assert "'action_id': 'undo'" in str(page.blocks)
    assert "'action_id': 'undo'" not in str(after.blocks)
    assert [one for one in anna.messages("@usher") if one.bot] == []


async def test_a_page_that_is_gone_is_answered_directly(house: Running) -> None:
    page, anna = await noted(house), house.person("anna")
    house.sandbox.workspace.faults.inject("views.update", kind="error:not_found")
    await anna.clicks("Undo", on=page)
    await anna.sees("your note is gone", channel="@usher", timeout=10)


async def test_what_is_undone_already_says_so(house: Running) -> None:
    page, anna = await noted(house), house.person("anna")
    opened = await anna.sees("Case 1 is open and yours.")
    await anna.types("/case undo")
    await anna.clicks("Undo", on=page)
    await anna.sees_view("That was undone already. /case 1 shows how it stands.")
    assert "That was undone already." in heard(await anna.types("/case undo"))
    await anna.clicks("Undo", on=opened)
    await anna.sees("went on since then")
    await house.person("ben").types("/case note 1 she asked me as well")
    assert "She wrote agian." not in heard(await anna.types("/case 1"))


async def test_a_claim_undone_twice_by_its_button_says_so(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants an offer")
    await anna.types("/case release 1")
    released = await anna.sees("waits for someone again")
    await anna.clicks("Undo", on=released)
    await anna.sees("case 1 is yours again")
    await anna.clicks("Undo", on=released)
    await anna.sees("That was undone already.")
