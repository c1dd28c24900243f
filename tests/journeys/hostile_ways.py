"""The ways by which somebody sends text into Usher; each gives back what the person then sees."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from typing import Any

from bot.sandbox.driver import Message, Person, View
from tests.faults.waiting import until
from tests.running import Running, case_number, heard

BILLING, GENERAL = "#care-billing", "#care-general"
_numbers = count(1)
Shown = object


class Stage:
    """`case` is anna's, `card` one in whose thread she speaks."""

    def __init__(self, house: Running, anna: Person, card: Message) -> None:
        self.house = house
        self.anna = anna
        self.card = card
        self.case = 0

    async def takes_a_case(self) -> None:
        """A fresh one, where the last is passed on, released or resolved by now."""

        async def opened() -> Shown:
            return await self.anna.types(f"/case new @own{next(_numbers)} wants an offer")

        said = await in_time(opened, lambda shown: "is open and yours" in heard(shown))
        self.case = case_number(said)

    def numbered(self, typed: str) -> str:
        return typed.replace("42", str(self.case))


Field = Callable[[Stage, str], Awaitable[Shown]]


def typed(command: str, *, by: str = "anna") -> Field:
    """Behind a slash command; 42 stands for a case of anna's."""

    async def send(stage: Stage, text: str) -> Shown:
        return await stage.house.person(by).types(f"{stage.numbered(command)} {text}")

    return send


def undone(send: Field, *commands: str) -> Field:
    """With what puts the stage back, once the text did what it says."""

    async def both(stage: Stage, text: str) -> Shown:
        shown = await send(stage, text)
        for command in commands:
            await stage.anna.types(stage.numbered(command))
        await stage.takes_a_case()
        return shown

    return both


def filled(opened: Field, block_id: str, **others: object) -> Field:
    """Into one input of the form that `opened` opens; the others are filled as they should be."""

    async def send(stage: Stage, text: str) -> Shown:
        form = await in_time(lambda: opened(stage, ""), lambda shown: isinstance(shown, View))
        values = {name: _numbered(stage, value) for name, value in others.items()}
        return await stage.anna.submits(form, {**values, block_id: _fitting(form, block_id, text)})

    return send


def _numbered(stage: Stage, value: object) -> object:
    return stage.numbered(value) if isinstance(value, str) else value


def _fitting(form: View, block_id: str, text: str) -> object:
    """As much as Slack's client takes; a choice that nobody offered comes from no client at all."""
    (block,) = [each for each in form.blocks if each.get("block_id") == block_id]
    element = block["element"]
    if element["type"] == "static_select":
        return {"text": {"type": "plain_text", "text": "forged"}, "value": text}
    return text[: element.get("max_length")]


def used(shortcut: str) -> Field:
    """On a message with this text."""

    async def send(stage: Stage, text: str) -> Shown:
        said = await stage.house.person("ben").says(text, channel=GENERAL)
        return await stage.anna.uses(shortcut, on=said) or await whisper(stage, said)

    return send


async def in_time(ask: Callable[[], Awaitable[Shown]], right: Callable[[Shown], bool]) -> Any:
    """What a busy machine answers too late for Slack is asked for again."""
    for _ in range(5):
        if right(shown := await ask()):
            return shown
    raise AssertionError(shown)


async def adding(stage: Stage, text: str) -> Shown:
    return await used("Add to a case")(stage, text or "They paid already.")


async def anywhere(stage: Stage, _text: str) -> Shown:
    return await stage.anna.uses("Bring in a customer")


async def wishing(stage: Stage, _text: str) -> Shown:
    home = await stage.anna.opens_home(timeout=10)
    assert home is not None
    return await stage.anna.clicks("Change", on=home)


def said(words: str) -> Field:
    """To Usher by name, in the thread of a card."""

    async def send(stage: Stage, text: str) -> Shown:
        told = await stage.anna.says(f"{words} {text}", channel=BILLING, thread=stage.card)
        return await whisper(stage, told)

    return send


async def whisper(stage: Stage, after: Message) -> Shown:
    """What only anna reads, and newer than that message."""
    found: list[Message] = []

    def look() -> bool:
        seen = stage.anna.messages("@usher" if after.channel.startswith("D") else _name(after))
        found[:] = [one for one in seen if one.ephemeral and one.ts > after.ts]
        return bool(found)

    await until(look)
    return found[-1]


def _name(message: Message) -> str:
    return GENERAL if message.channel == "C0GENERAL" else BILLING


def posted(*, words: bool = False, name: bool = False, language: bool = False) -> Field:
    """By a customer on X; what is shown is the card."""

    async def send(stage: Stage, text: str) -> Shown:
        handle = f"eva{next(_numbers)}"
        await stage.house.sandbox.x.posts(
            handle,
            f"@acme refund {text if words else ''}",
            name=text or None if name else "Eva",
            lang=text or None if language else "en",
        )
        return await stage.anna.sees(f"@{handle}", timeout=20)

    return send


def called(*attributes: str, does: tuple[str, ...], **others: str) -> Field:
    """As what Slack tells of a colleague, who then does these things."""

    async def send(stage: Stage, text: str) -> Shown:
        workspace, before = stage.house.sandbox.workspace, stage.anna.person
        told = len(workspace.journal.deliveries("user_change"))
        workspace.changed(replace(before, **dict.fromkeys(attributes, text), **others))
        await stage.house.sandbox.told("user_change", outcome="acked", count=told + 1)
        shown = [await stage.anna.types(stage.numbered(each)) for each in does]
        # Told to nobody: Usher goes on with what it remembers, and the test finds anna again.
        workspace.people[before.id] = before
        await stage.takes_a_case()
        return shown[0]

    return send


async def status(stage: Stage, text: str) -> Shown:
    await stage.anna.sets_status(text, text)
    return await stage.anna.types("/case mine")
