"""The story tells what did not hold, and never breaks off with a traceback."""

from rich.console import Console

from bot import demo
from bot.sandbox.seen import Heard
from bot.sandbox.server import Sandbox
from bot.sandbox.steps import saw
from bot.sandbox.story import Story


async def test_what_nobody_sees_is_a_step_that_did_not_hold() -> None:
    async with Sandbox(port=0) as sandbox:
        (step,) = [step async for step in Story(sandbox, wait=0.1).steps()]
    assert not step.held
    assert "does not see 'charged me twice'" in step.seen


async def test_the_demo_says_so_and_fails() -> None:
    say = Console(record=True, width=200)
    assert await demo.play_once(say, wait=0.0) == 1
    told = say.export_text()
    assert "✗" in told
    assert "A step did not hold." in told


def test_a_step_shows_what_was_looked_for_and_holds_by_it() -> None:
    answer = Heard(f"{'before ' * 100}card ••1111 {'after ' * 100}")
    step = saw("2", "the number is masked", answer, "CARD ••1111", "after")
    assert step.held
    assert "card ••1111" in step.seen
    assert not saw("2", "both", answer, "card", "elsewhere").held
    assert not saw("2", "never", answer, "card", never=("AFTER",)).held
