"""What no policy may say, whatever it builds on; and what it asks for that nobody could do."""

import re

import pytest

from tests.compliance.test_policy_file import PAGE, SENDING, _problems


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("[reply, policy]", "reply", ("3: `change: two`, and nobody may say yes to a new policy",)),
        ("[reply, policy]", "policy", ("5: rule 'send' takes the yes of manager, who may not",)),
        ("role: manager, request", "case: open, request", ("3: `change: two`", "5: rule")),
        (", request: [reply, policy]", "", ()),
        ("role: manager, request", "request", ()),
    ],
)
def test_what_nobody_may_say_yes_to_is_named(old: str, new: str, problems: tuple[str, ...]) -> None:
    found = _problems(SENDING.replace(old, new, 1))
    assert len(found) == len(problems), found
    for one, start in zip(found, problems, strict=True):
        assert one.startswith(f"mine.yaml:{start}")
        assert "a rule that allows" in one


FILES = """rules:
  - id: files
    effect: allow
    actions: [case.export]
    when: {membership: member, platform: no, role: boss}
    why: Some may.
    next: Go ahead.
"""


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            "pinned: [manager]\n",
            "",
            (
                "4: rule 'send' opens approval.answer to manager, which a Slack group may",
                "11: rule 'answer' opens approval.answer to manager",
            ),
        ),
        ("rules:\n", FILES, ("5: rule 'files' opens case.export to boss, which a Slack group",)),
    ],
)
def test_who_approves_or_takes_files_is_named_one_by_one(
    old: str, new: str, problems: tuple[str, ...]
) -> None:
    """Whoever edits a group in Slack would choose them else."""
    page = SENDING.replace("roles: [manager]", "roles: [manager, boss]", 1)
    found = _problems(page.replace(old, new, 1))
    assert len(found) == len(problems), found
    for one, start in zip(found, problems, strict=True):
        assert one.startswith(f"mine.yaml:{start}")


def test_the_yes_of_a_role_that_alone_may_not_say_it_is_named() -> None:
    """Also where some of them could, by another role that they happen to have."""
    page = SENDING.replace("[manager]", "[manager, boss]").replace("val: manager", "val: boss")
    (problem,) = _problems(page)
    assert problem.startswith("mine.yaml:5: rule 'send' takes the yes of boss, who may not say it")


@pytest.mark.parametrize(
    ("old", "new", "action", "who"),
    [
        ("{membership: member}", "{}", "reply.send", "whose membership is guest"),
        (
            "{membership: member}",
            "{membership: [member, gone]}",
            "reply.send",
            "membership is gone",
        ),
        ("member, role", "guest, role", "approval.answer", "membership is guest"),
        (", platform: no", "", "approval.answer", "with `platform: yes`"),
        ("{platform: no, ", "{", "customer.reveal", "with `platform: yes`"),
        (", author: other", "", "approval.answer", "whoever asked for it"),
    ],
)
def test_a_yes_that_nobody_may_give_is_named(old: str, new: str, action: str, who: str) -> None:
    """Whatever a policy builds on: these come with no base, and are looked for in every world."""
    found = _problems(SENDING.replace(old, new))
    line = {"reply.send": 5, "approval.answer": 12, "customer.reveal": 18}[action]
    named = [
        one for one in found if re.match(rf"mine.yaml:{line}: rule '\w+' allows {action}", one)
    ]
    assert any(who in one and "expected a condition or a denial" in one for one in named), found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "[reason, time",
            "[archive_first, time",
            "18: rule 'reveal' asks archive_first of customer",
        ),
        ("[disclosure,", "[time_box: 60,", "5: rule 'send' asks time_box of reply.send, where no"),
        ("[disclosure,", "[reason,", "5: rule 'send' asks reason of reply.send, where nobody can"),
        (
            "reply.send]",
            "case.claim]",
            "5: rule 'send' asks disclosure of case.claim, where nobody",
        ),
        ("reply.send]", "case.claim]", "5: rule 'send' asks approval of case.claim, where nobody"),
    ],
)
def test_an_obligation_that_nobody_meets_is_named(old: str, new: str, problem: str) -> None:
    """It would be a no for ever, and the colleague would be told to do what cannot be done."""
    found = _problems(SENDING.replace(old, new, 1))
    assert any(one.startswith(f"mine.yaml:{problem}") for one in found), found


def test_a_policy_says_what_it_builds_on() -> None:
    (problem,) = _problems(PAGE.replace("base: none\n", ""))
    assert problem.startswith("mine.yaml:1: no `base:`; expected `base: common`, which says who")
    assert "`base: none`" in problem


def test_a_base_that_is_not_there_is_no_base() -> None:
    """As in a row of a database that somebody changed."""
    (problem,) = _problems(PAGE.replace("base: none", "base: common"))
    assert problem == "mine.yaml:11: base: common, and its text is not there; expected it"


def test_one_person_changes_what_nobody_approves() -> None:
    page = SENDING.replace("[reply, policy]", "reply").replace("change: two", "change: one")
    assert _problems(page) == ()
