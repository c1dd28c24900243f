"""An organisation's own policy, and who may have its roles: slips are named by file and line."""

import pytest

from bot import manual
from bot.compliance.policy_file import PROFILES
from tests.commands.operator import Operator
from tests.running import ARCHIVE, Page, write_home

SHELTER = (PROFILES / "shelter.yaml").read_text(encoding="utf-8")


def own(page: Page) -> None:
    page["policy"]["profile"] = "policies/ours.yaml"


async def said_of(operator: Operator, text: str) -> str:
    """What `check` says of this file beside app.yaml."""
    write_home(operator.home, own)
    (operator.home / "policies").mkdir(exist_ok=True)
    (operator.home / "policies" / "ours.yaml").write_text(text, encoding="utf-8")
    return (await operator.does(manual.check)).out


async def test_ones_own_policy_is_as_good_as_one_that_comes_along(operator: Operator) -> None:
    assert "✓ Everything is in place" in await said_of(operator, SHELTER)


async def test_its_slips_are_named_by_file_and_line(operator: Operator) -> None:
    line = 1 + SHELTER.splitlines().index("    obligations: [disclosure]")
    said = await said_of(operator, SHELTER.replace("[disclosure]", "[disclosur]", 1))
    assert f"policies/ours.yaml:{line}: unknown obligation 'disclosur'; did you mean" in said


async def test_words_that_say_not_who_writes_are_a_hint(operator: Operator) -> None:
    free = SHELTER.replace("    obligations: [disclosure]\n", "", 1)
    free = free.replace(", obligations: disclosure}", "}", 2)
    said = await said_of(operator, free)
    assert "✓ Everything is in place" in said
    assert "rule 'holders-draft' allows reply.draft without `obligations: [disclosure]`" in said
    assert "reply.send without" not in said


async def test_an_obligation_that_nobody_meets_is_named(operator: Operator) -> None:
    at = SHELTER.index("id: some-lift")
    line = SHELTER.count("\n", 0, at) + 1
    rule = SHELTER[at:].replace("    next:", "    obligations: [reason]\n    next:", 1)
    said = await said_of(operator, SHELTER[:at] + rule)
    sentence = "rule 'some-lift' asks reason of hold.lift, where nobody can meet it; expected it"
    assert f"policies/ours.yaml:{line}: {sentence}" in said


async def test_a_rule_that_can_never_fire_is_named(operator: Operator) -> None:
    dead = "  - {id: late, effect: deny, actions: [reply.send], when: {enrolled: no, case: open,"
    dead += " holder: actor}, why: No., next: No.}\n\notherwise:"
    said = await said_of(operator, SHELTER.replace("\notherwise:", dead, 1))
    assert "rule 'late' can never fire for reply.send" in said
    assert "policies/ours.yaml:" in said


async def test_nobody_loses_the_first_denials_by_a_line_they_forgot(operator: Operator) -> None:
    said = await said_of(operator, SHELTER.replace("base: common\n", "", 1))
    sentence = "policies/ours.yaml:1: no `base:`; expected `base: common`, which says who may act"
    assert sentence in said
    started = await operator.types("run")
    assert started.code == 2
    assert sentence in started.err


async def test_where_answers_go_to_an_archive_first_there_is_one(operator: Operator) -> None:
    broker = (PROFILES / "broker.yaml").read_text(encoding="utf-8")
    line = 1 + broker.splitlines().index("  - id: supervised-draft")
    said = await said_of(operator, broker)
    sentence = f"goes out (policies/ours.yaml:{line}: rule 'supervised-draft'), and app.yaml names"
    assert "✗ app.yaml:" in said
    assert f"wants each answer in an archive before it {sentence} none; expected one" in said
    started = await operator.types("run")
    assert started.code == 2
    assert sentence in started.err
    write_home(operator.home, lambda page: own(page) or page.update(archives=ARCHIVE))
    assert "in an archive" not in (await operator.does(manual.check)).out


OPEN = """\
base: none
rules:
  - id: all-read
    effect: allow
    actions: [case.list, customer.reveal]
    when: {case: [none, open]}
    why: All may.
    next: Go ahead.
cases: [{actions: case.list, allowed: all-read}]
"""


async def test_without_a_base_guests_and_the_platform_stay_out_all_the_same(
    operator: Operator,
) -> None:
    said = await said_of(operator, OPEN)
    for who in ("guest", "outsider", "bot", "gone"):
        whose = f"those whose membership is {who}"
        assert f"ours.yaml:3: rule 'all-read' allows case.list to {whose}; expected a" in said
    assert "ours.yaml:3: rule 'all-read' allows customer.reveal to those with `platform: y" in said
    closed = OPEN.replace("{case: [none, open]}", "{membership: member, platform: no}")
    assert "all-read" not in await said_of(operator, closed)


async def test_a_file_that_is_not_there(operator: Operator) -> None:
    write_home(operator.home, own)
    said = await operator.does(manual.check)
    assert said.code == 1
    assert "policies/ours.yaml:1: cannot be read: No such file or directory" in said.out


@pytest.mark.parametrize(("role", "group"), [("approver", "@managers"), ("platform", "@managers")])
async def test_a_pinned_role_takes_no_group(operator: Operator, role: str, group: str) -> None:
    """Nor does the platform's, which takes away: it would end with the group."""

    def change(page: Page) -> None:
        page["roles"][role] = [group]

    path = write_home(operator.home, change)
    lines = path.read_text(encoding="utf-8").splitlines()
    line = 1 + next(at for at, text in enumerate(lines) if text.strip().startswith(f"{role}:"))
    said = await operator.does(manual.check)
    assert said.code == 1
    assert f"app.yaml:{line}: roles › {role}: {group} is a user group" in said.out
    assert "one by one" in said.out


async def test_whoever_looks_after_the_platform_is_a_role_of_every_profile(
    operator: Operator,
) -> None:
    def change(page: Page) -> None:
        page["roles"]["platform"] = ["U0CORA"]

    write_home(operator.home, change)
    assert (await operator.does(manual.check)).code == 0
