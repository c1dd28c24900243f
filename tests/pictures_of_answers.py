"""Pictures of answers and of what else takes a second look, at an insurer's."""

from bot.sandbox.driver import View
from tests.album import Album
from tests.running import Page, Running
from tests.scenes import BILLING, closed
from tests.scenes_answers import answered, in_hand, requested, written

ANSWERS = (
    *("form-guidebook-with-questions", "form-reply-seen-before", "approval-asked"),
    *("form-reject", "approval-granted", "face-answered"),
    *("form-keep-answer", "answers-found", "form-complaint", "complaints"),
)


def strict(page: Page) -> None:
    page["policy"]["profile"] = "insurance"


async def answers(house: Running, album: Album) -> None:
    """At an insurer's: questions behind the guidebook, and a second person for each answer."""
    anna, mina = house.person("anna"), house.person("mina")
    await album.becomes("Anna")
    await anna.types("/usher enroll", channel="#random")
    await album.shoots_form("form-guidebook-with-questions", at_its_end=True)
    await closed(anna)
    await album.shut()
    await in_hand(house)
    page = await written(house)
    await album.shoots_form("form-reply-seen-before")
    await anna.submits(page, {})
    await closed(anna)
    await album.shut()
    request = await requested(house)
    await album.opens_talk("Mina")
    await album.shoots("approval-asked")
    await mina.clicks("Reject…", on=request)
    await album.shoots_form("form-reject")
    await closed(mina)
    await album.shut()
    await mina.clicks("Approve", on=request)
    await answered(house)
    await album.shoots("approval-granted")
    await album.becomes("Anna")
    await album.opens("care-billing")
    await album.shoots("face-answered", at="Case 1 · billing")
    await kept_and_complained(house, album)


async def kept_and_complained(house: Running, album: Album) -> None:
    anna, cora = house.person("anna"), house.person("cora")
    await album.becomes("Cora")
    form = await cora.types("/reply keep 1", channel="#random")
    assert isinstance(form, View)
    await album.shoots_form("form-keep-answer")
    await cora.submits(form, {"title": "Charged twice"})
    await closed(cora)
    await album.shut()
    await album.becomes("Anna")
    await anna.types("/reply find 1", channel=BILLING)
    await album.shoots("answers-found")
    form = await anna.types("/case complaint 1", channel="#random")
    assert isinstance(form, View)
    await album.shoots_form("form-complaint")
    about = {"answer": "yes", "line": "other", "nature": "service", "product": "Shop insurance"}
    await anna.submits(form, about)
    await closed(anna)
    await album.shut()
    await album.becomes("Cora")
    await album.opens("care-billing")
    await cora.types("/case complaints", channel=BILLING)
    await album.shoots("complaints")
