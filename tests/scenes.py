"""What went on before a picture is taken: a case for every face, and a way to every form."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.sandbox.driver import Message, Person
from tests.running import Running, Wandering, blanks

BILLING = "#care-billing"
FACES = {
    "overdue": 1,
    "waiting": 2,
    "handed back": 3,
    "in hand": 4,
    "with a desk": 5,
    "stuck at a desk": 6,
    "resolved": 7,
    "blanked": 8,
    "merged": 9,
}
"""The case that shows it."""
HOMES = {"home-anna": "Anna", "home-cora": "Cora", "home-away": "Ben"}
"""Whose Home it is: Cora is a coordinator, and Ben is away."""

POSTS = (
    ("jane", "your app charged me twice, card 4111 1111 1111 1111"),
    ("tom", "where is my refund? I have been waiting for two weeks"),
    ("mia", "my invoice has the wrong address, who can help?"),
    ("omar", "can our club get one invoice for all 40 members?"),
    ("lea", "I want a quote for guards at our depot, with a monthly invoice"),
    ("kim", "I want a refund please, the parcel never came"),
    ("noa", "the invoice of May is paid, yet I get reminders"),
    ("pat", "this refund story is a scandal, and here is my neighbour's phone number"),
    ("omar", "and may the one invoice come by post?"),
)


async def scene(house: Running) -> None:
    """Jane's case is in hand and with the service team."""
    post = await house.sandbox.x.posts(
        "jane", "@acme your app charged me twice, card 4111 1111 1111 1111"
    )
    anna, ben = await house.enrolled("anna"), house.person("ben")
    await anna.sees("charged me twice", channel=BILLING, timeout=10)
    await anna.types("/claim 1", channel="#random")
    await house.sandbox.x.posts("jane", "@acme and again today!", in_reply_to=post.id)
    await anna.sees("again today", channel=BILLING, timeout=10)
    await ben.types("/case note 1 Same at our branch last week, billing knows.")
    await anna.types("/handoff 1 service Charged twice, wants a call back.", channel="#random")
    await anna.sees("ticket", channel=BILLING, timeout=10)
    await closed(anna)


async def every_face(house: Running, clock: Wandering) -> None:
    anna, ben, cora = (
        await house.enrolled("anna"),
        await house.enrolled("ben"),
        house.person("cora"),
    )
    for number, (handle, words) in enumerate(POSTS, start=1):
        clock.off = timedelta(hours=-5 if number == 1 else 0)
        await house.sandbox.x.posts(handle, f"@acme {words}")
        await anna.sees(f"Case {number} · billing", channel=BILLING, timeout=15)
    await house.usher.care.overdue.look()
    for number in (4, 5, 6, 7):
        await anna.types(f"/claim {number}", channel="#random")
    await ben.types("/claim 3", channel="#random")
    await ben.types("/case note 3 She moved in March; the old address is in the contract.")
    await ben.types("/usher away")
    await anna.types("/handoff 5 sales A quote for guards at a depot.", channel="#random")
    await faced(house, "with a desk")
    desk = house.home / "data" / "console-desk.jsonl"
    desk.unlink()
    desk.mkdir()
    await anna.types("/handoff 6 service The parcel never came.", channel="#random")
    await anna.types("/case resolve 7", channel="#random")
    await anna.types("/case merge 9 into 4", channel="#random")
    await blanks(cora, await card(house, 8))
    for face in FACES:
        await faced(house, face)
    for person in (anna, ben, cora):
        await closed(person)


async def closed(person: Person) -> None:
    """Whatever modal is open."""
    while person.view:
        await person.closes(person.view)


async def card(house: Running, number: int) -> Message:
    return await house.person("anna").sees(f"Case {number} · billing", channel=BILLING)


async def faced(house: Running, face: str) -> Message:
    title = f"Case {FACES[face]} · billing · {face}"
    return await house.person("anna").sees(title, channel=BILLING, timeout=20)


def _typed(words: str) -> Callable[[Running], Awaitable[object]]:
    async def types(house: Running) -> object:
        return await house.person("anna").types(words, channel="#random")

    return types


async def _from_home(house: Running) -> object:
    anna = house.person("anna")
    home = await anna.opens_home()
    assert home is not None
    return await anna.clicks("Change", on=home)


async def _added(house: Running) -> object:
    anna, ben = house.person("anna"), house.person("ben")
    said = await ben.says("Omar called me: the club has 40 members.", channel="#random")
    return await anna.uses("Add to a case", on=said)


async def blanking(house: Running) -> object:
    """A coordinator is asked once more."""
    return await house.person("cora").uses("Blank this card", on=await card(house, 1))


FORMS: dict[str, Callable[[Running], Awaitable[object]]] = {
    "handoff": _typed("/handoff 4"),
    "note": _typed("/case note 4"),
    "new-case": _typed("/case new"),
    "reply": _typed("/reply 4"),
    "add": _added,
    "merge": _typed("/case merge 4"),
    "reveal": _typed("/case reveal 4"),
    "revealed": _typed("/case reveal 4 They ask for a call back."),
    "wishes": _from_home,
}
