"""Slips in app.yaml that only a network, the rules or a clock can judge: told by file and line."""

import pytest

from bot import manual
from bot.errors import Misconfigured
from tests.commands.operator import Operator
from tests.running import Page, write_home


async def refused_everywhere(operator: Operator, key: str, sentence: str) -> None:
    """`check` names the line, and `run` does not start."""
    page = (operator.home / "app.yaml").read_text(encoding="utf-8").splitlines()
    line = 1 + next(at for at, text in enumerate(page) if text.strip().startswith(f"{key}:"))
    said = await operator.does(manual.check)
    assert (said.code, said.out.count("✗")) == (1, 1), said.out
    assert f"app.yaml:{line}: " in said.out
    assert sentence in said.out
    started = await operator.types("run")
    assert started.code == 2
    assert f"app.yaml:{line}: " in started.err


async def test_a_disclosure_that_leaves_no_room_for_an_answer_is_refused(
    operator: Operator,
) -> None:
    def change(page: Page) -> None:
        page["charter"]["disclosure"] = "– {name}, " + "works at Acme " * 21

    write_home(operator.home, change)
    await refused_everywhere(operator, "disclosure", "expected at most 220: a whole post has 280")


async def test_a_role_that_opens_nothing_is_refused(operator: Operator) -> None:
    def change(page: Page) -> None:
        page["roles"]["boss"] = page["roles"].pop("coordinator")

    write_home(operator.home, change)
    sentence = "no role of profile standard; known here: approver, auditor, coordinator, "
    await refused_everywhere(operator, "boss", sentence)


async def test_roles_that_nobody_has_are_a_hint(operator: Operator) -> None:
    def change(page: Page) -> None:
        del page["roles"]["coordinator"]
        page["roles"]["manager"] = []

    write_home(operator.home, change)
    said = await operator.does(manual.check)
    assert (said.code, said.out.count("✗")) == (0, 0), said.out
    assert [line.split(":")[0] for line in said.out.splitlines() if line.startswith("·")] == [
        "· Nobody is coordinator",
        "· Nobody is manager",
        "· Nobody is privacy",
        "· Nobody is auditor",
    ]
    assert "✓ Everything is in place" in said.out


async def test_names_and_words_that_work_otherwise_than_meant_are_hints(
    operator: Operator,
) -> None:
    def change(page: Page) -> None:
        page["routes"][0]["name"] = "All"
        page["charter"]["disclosure"] = "– {name}, Acme, call +49 30 901820"
        late = {"name": "refunds", "channel": "#care-billing", "words": ["my refund", "outage"]}
        page["routes"].append(late)
        page["roles"] |= {"approver": ["U0CORA", "U0MINA"], "platform": ["U0MINA", "U0CORA"]}

    write_home(operator.home, change)
    with (operator.home / "quiz.yaml").open("a", encoding="utf-8") as file:
        file.write("# 4111 1111 1111 1111\n")
    said = await operator.does(manual.check)
    assert (said.code, said.out.count("✗")) == (0, 0), said.out
    assert "a route called All; /usher hold all means every topic there is" in said.out
    assert "lets no answer out with this in it, for a telephone number; leave it out" in said.out
    assert (
        "gets to refunds: what it wants goes to billing and All before it; move it up" in said.out
    )
    assert "Nobody has the role approver, not counting who has platform too" in said.out
    assert "what looks like a card number stands here; leave it out" in said.out
    assert "4111 1111" not in said.out


@pytest.mark.parametrize("seconds", ["1e12", "inf", 3601])
async def test_a_pace_that_never_comes_round_is_refused(
    operator: Operator, seconds: str | int
) -> None:
    write_home(operator.home, lambda page: page["networks"]["x"].update(poll_seconds=seconds))
    with pytest.raises(Misconfigured, match=r"poll_seconds: found .*, expected 3600 or less"):
        await operator.does(manual.check)
