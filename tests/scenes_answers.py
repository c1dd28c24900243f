"""What went on before the pictures of answers, and of what else takes a second look."""

from bot.sandbox.driver import Message, View
from tests.running import Running
from tests.scenes import BILLING

ANSWER = "Sorry about the wait, Jane. Both charges are on our list; one goes back today."
SIGNED = "works at Acme"
"""What stands below each answer."""


async def in_hand(house: Running, *, by: str = "anna") -> None:
    """Jane's case, the first, is theirs."""
    await house.card(
        "jane", "@acme your app charged me twice", channel=BILLING, seen="charged me twice"
    )
    await house.enrolled(by)
    await house.person(by).types("/claim 1", channel="#random")


async def written(house: Running) -> View:
    """The page with the very text."""
    shown = await house.person("anna").types(f"/reply 1 {ANSWER}", channel="#random")
    assert isinstance(shown, View)
    return shown


async def requested(house: Running, *, of: str = "mina") -> Message:
    return await house.person(of).sees(SIGNED, channel="@usher", timeout=15)


async def answered(house: Running) -> None:
    await house.person("anna").sees("Answered by", channel=BILLING, timeout=15)
