"""What must be kept nowhere, put into every place where somebody types, and searched everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.driver import View
from tests.canaries import Kind
from tests.running import Mode, Running, case_number, running


@dataclass(frozen=True, slots=True)
class Canary:
    """One of each kind, made for one place; `number` (below 100) makes it unlike the others."""

    number: int

    @property
    def destroyed(self) -> tuple[str, ...]:
        """With the words people put around them."""
        return (
            f"my card {card(self.number)}",
            f"IBAN {iban(self.number)}",
            f"my SSN is 536-22-84{self.number:02d}",
            f"token ghp_{self.number:02d}{'kT9xQ2' * 6}",
        )

    @property
    def masked(self) -> tuple[str, str]:
        return f"canary{self.number}@post.example.org", f"+44 7911 1234{self.number:02d}"

    def secrets(self) -> Iterator[str]:
        for words in self.destroyed:
            secret = words.split(" ")[-1] if words.startswith(("my SSN", "token")) else ""
            spelled = secret or words.split(" ", 2 if words.startswith("my") else 1)[-1]
            yield spelled


def card(number: int) -> str:
    body = f"4539{number:02d}731820463"
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(body)]
    total = sum(each - 9 if each > 9 else each for each in doubled)
    digits = f"{body}{-total % 10}"
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def iban(number: int) -> str:
    account = f"3704004405320130{number:02d}"
    check = 98 - int(f"{account}131400") % 97
    return f"DE{check:02d}{account}"


POST, AUTHOR, NOTE, HAND_OFF, FIND, FORM, NEW, REPLY = ALL = [Canary(n) for n in range(11, 19)]
TYPED = (
    Kind("what is destroyed", tuple(one for each in ALL for one in each.secrets())),
    Kind("what is masked", tuple(one for each in ALL for one in each.masked)),
)


async def play(house: Running) -> None:
    anna = await house.enrolled("anna")
    for words in (*POST.destroyed, " and ".join(POST.masked)):
        await house.sandbox.x.posts("jane", f"@acme refund, {words}")
    for at, words in enumerate((*AUTHOR.destroyed, *AUTHOR.masked)):
        await house.sandbox.x.posts(f"eva{at}", f"@acme refund for eva{at}", name=f"Eva {words}")
    seen = await anna.sees("refund for eva5", channel="#care-billing", timeout=20)
    number = case_number(seen)
    await anna.types(f"/claim {number}")
    for words in (*NOTE.destroyed, " and ".join(NOTE.masked)):
        await anna.types(f"/case note {number} noted {words}")
    await anna.sees("noted", channel="#care-billing", timeout=10)
    for words in FIND.destroyed + FIND.masked:
        await anna.types(f"/case find {words}")
    for words in NEW.destroyed:
        await anna.types(f"/case new @jane says {words}")
    for words in REPLY.destroyed:
        await anna.types(f"/reply {number} We saw {words}")
    await anna.types("/lookup @jane")
    for words in (*HAND_OFF.destroyed, " and ".join(HAND_OFF.masked)):
        await anna.types(f"/handoff {number} sales He says {words}")
    await anna.sees(f"Case {number} is with sales", channel="@usher", timeout=15)
    form = await anna.types(f"/handoff {number}")
    assert isinstance(form, View)
    for words in (*FORM.destroyed, " and ".join(FORM.masked)):
        asked = {"Who can help?": "service", "What should they know?": words}
        await anna.submits(form, asked)
    await anna.sees(f"Case {number} is with service", channel="@usher", timeout=15)
    await house.person("mina").types("/digest today", channel="#managers")


async def test_what_is_typed_strays_no_further_than_what_is_planted(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    """Planted in each house are fields that are read; here are all places where somebody types."""
    async with running(tmp_path, database_url, mode=mode, canaries=TYPED) as house:
        await play(house)
        tickets = (house.home / "data" / "console-desk.jsonl").read_text(encoding="utf-8")
        assert tickets.count("\n") == 2
