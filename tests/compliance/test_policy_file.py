"""A mistake in a profile is named with its line and what was expected, never quietly a no."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import Policy, profile_names
from bot.compliance.policy_checks import problems_of
from bot.compliance.policy_file import PROFILES, PolicyText, parse_table, profile_text
from bot.errors import Misconfigured

PAGE = """\
roles: [manager]
rules:
  - id: claim
    effect: allow
    actions: [case.claim]
    when: {membership: member, case: open}
    why: Members may.
    next: Go ahead.
cases:
  - {actions: case.claim, case: open, allowed: claim}
base: none
"""


def _problems(page: str, base: str = "") -> tuple[str, ...]:
    try:
        return problems_of(parse_table(PolicyText("mine.yaml", page, base)))
    except Misconfigured as error:
        return error.problems


def test_a_good_page_has_no_problems() -> None:
    assert _problems(PAGE) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[case.claim]", "[case.clam]", "5: unknown action 'case.clam'; did you mean case.claim?"),
        ("[case.claim]", "[xyz]", "5: unknown action 'xyz'; expected one of case.claim, "),
        ("allow", "permit", "4: unknown effect 'permit'; expected one of allow, deny"),
        ("{membership:", "{member:", "6: unknown key 'member'; expected one of membership, role"),
        ("membership: member", "membership: memer", "6: unknown membership 'memer'; did you mean"),
        ("case: open}\n    why", "role: boss}\n    why", "6: unknown role 'boss'; expected one of"),
        ("    why: Members may.\n", "", "3: 'why' is missing; expected a text"),
        ("    when: {membership: member, case: open}\n", "", "3: 'when' is missing"),
        ("next: Go ahead.", "nxet: Go.", "8: unknown key 'nxet'; expected one of id, effect"),
        ("next:", "obligations: guidebok\n    next:", "8: unknown obligation 'guidebok'; did you"),
        ("case: open}\n    why", "case: []}\n    why", "3: rule 'claim' can never fire"),
        ("allowed: claim", "allowed: clam", "10: unknown rule 'clam'; did you mean claim?"),
        (", allowed: claim", "", "10: expected `allowed:` or `refused:`"),
        ("case: open, allowed", "case: none, allowed", "10: case.claim is refused by 'default'"),
        ("case: open, allowed", "holder: actor, allowed", "10: this cannot be"),
        ("allowed: claim", "allowed: claim, obligations: mask", "10: case.claim carries the oblig"),
        ("id: claim", "id: default", "3: rule id 'default' is taken by Usher itself"),
        ("rules:", "rules:\n  - nonsense", "3: expected keys and values here"),
        ("roles:", "rolls:", "1: unknown key 'rolls'; expected one of base, settings"),
        ("next: Go", "why: Again.\n    next: Go", "8: key 'why' stands twice; expected it once"),
        ("[manager]", "[manager", "2: not valid YAML"),
        ("[manager]", "*manager", "1: not valid YAML: found undefined alias"),
        ("roles:", "? [a]\n: b\nroles:", "1: expected a word and a colon as a key"),
        ("Members may", "Members\x07 may", "7: a sign that is not printed; expected text"),
        ("Members may.", "[" * 3000, "1: nested too deeply"),
        (
            "member, case: open}\n    why",
            "member, case: none, holder: actor}\n    why",
            "3: rule 'claim' can never fire for case.claim",
        ),
    ],
)
def test_mistakes_are_named(old: str, new: str, problem: str) -> None:
    problems = _problems(PAGE.replace(old, new, 1))
    assert any(found.startswith(f"mine.yaml:{problem}") for found in problems), problems


def test_all_mistakes_are_named_at_once() -> None:
    page = PAGE.replace("case.claim]", "case.clam]").replace("effect: allow", "effect: alow")
    assert len(_problems(page)) == 2


def test_a_rule_that_always_comes_too_late_is_named() -> None:
    late = """\
  - id: never
    effect: deny
    actions: [case.claim]
    when: {membership: guest, case: open}
    why: No.
    next: No.
"""
    early = late.replace("never", "early").replace(", case: open", "")
    page = PAGE.replace("cases:", f"{early}{late}cases:")
    (problem,) = _problems(page)
    assert problem.startswith("mine.yaml:15: rule 'never' can never fire for case.claim")


def test_the_same_id_twice() -> None:
    rule = PAGE[PAGE.index("  - id") : PAGE.index("cases:")]
    problems = _problems(PAGE.replace("cases:", f"{rule}cases:"))
    assert problems == ("mine.yaml:9: rule id 'claim' is taken by line 3; expected another",)


@pytest.mark.parametrize("page", ["", "rules: []", "rules: {}", "- a", "5"])
def test_an_empty_page_is_no_policy(page: str) -> None:
    assert _problems(page)


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(Misconfigured, match=re.escape("no profile 'standrad'; expected one of")):
        Policy.load("standrad")
    with pytest.raises(Misconfigured):
        Policy.load("../profiles/standard")


@pytest.mark.parametrize("name", profile_names())
def test_the_profiles_that_come_along(name: str) -> None:
    policy = Policy.load(name)
    both = b"".join((PROFILES / f"{each}.yaml").read_bytes() for each in ("common", name))
    assert policy.hash == hashlib.sha256(both).hexdigest()
    assert parse_table(profile_text(name)).examples


@pytest.mark.parametrize("name", profile_names())
def test_each_says_that_it_is_for_ones_own_counsel(name: str) -> None:
    head = (PROFILES / f"{name}.yaml").read_text(encoding="utf-8").partition("base:")[0]
    assert "A starting point for your organisation's own counsel, not legal advice." in head


def test_what_is_asked_of_each() -> None:
    asked = {name: Policy.load(name).settings for name in profile_names()}
    told = {n: (s.quiz, s.trust_after, s.attest_days, s.change_takes) for n, s in asked.items()}
    assert told == {
        "broker": (True, None, 365, 2),
        "dealership": (True, 10, 365, 1),
        "insurance": (True, None, 365, 2),
        "shelter": (False, None, 365, 1),
        "standard": (False, 10, 365, 1),
    }


def test_a_grievance_is_asked_about_where_the_profile_says_so() -> None:
    asking = {name for name in profile_names() if Policy.load(name).settings.ask_complaint}
    assert asking == {"broker", "insurance"}


SENDING = """\
roles: [manager]
pinned: [manager]
settings: {quiz: yes, trust: {after: 3}, attest_days: 30, change: two}
rules:
  - id: send
    effect: allow
    actions: [reply.send]
    when: {membership: member}
    why: Members may.
    next: Go ahead.
    obligations: [disclosure, approval: manager]
  - id: answer
    effect: allow
    actions: [approval.answer]
    when: {membership: member, role: manager, request: [reply, policy], platform: no, author: other}
    why: Managers may.
    next: Go ahead.
  - id: reveal
    effect: allow
    actions: [customer.reveal]
    when: {platform: no, membership: member}
    why: Members may.
    next: Go ahead.
    obligations: [reason, time_box: 300]
cases:
  - actions: reply.send
    allowed: send
    obligations: [disclosure, approval: manager]
  - {actions: customer.reveal, allowed: reveal, obligations: [reason, time_box: 300]}
base: none
"""


def test_settings_and_obligations_with_their_values() -> None:
    policy = Policy.of(PolicyText("mine.yaml", SENDING))
    settings = policy.settings
    assert (settings.quiz, settings.trust_after, settings.change_takes) == (True, 3, 2)
    assert settings.attest_days == 30
    assert policy.pinned == {"manager"}
    carried = sorted(map(str, policy.obligations_of("send")))
    assert carried == ["approval: manager", "disclosure"]
    assert sorted(map(str, policy.obligations_of("reveal"))) == ["reason", "time_box: 300"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("quiz: yes", "quiz: maybe", "3: unknown quiz 'maybe'; expected one of no, yes"),
        ("quiz: yes", "quizz: yes", "3: unknown key 'quizz'; expected one of quiz, trust"),
        ("after: 3", "after: never", "3: after: never; expected a number from 1 to 1000"),
        ("attest_days: 30", "attest_days: 0", "3: attest_days: 0; expected a number from 1 to 365"),
        ("change: two", "change: three", "3: unknown change 'three'; expected one of one, two"),
        ("pinned: [manager]", "pinned: [boss]", "2: unknown role 'boss'; expected one of manager"),
        ("time_box: 300", "time_box: soon", "24: time_box: soon; expected seconds, up to a day"),
        ("time_box: 300", "time_box", "24: time_box: nothing; expected seconds, up to a day"),
        ("time_box: 300", "mask: 300", "24: mask takes no value; expected the word alone"),
        ("approval: manager", "approval: boss", "11: unknown role 'boss'; expected one of manager"),
        ("approval: manager", "approval", "11: unknown role ''; expected one of manager"),
        ("[disclosure,", "[guidebook,", "11: guidebook goes with a refusal alone; expected it"),
        ("[disclosure,", "[[disclosure],", "11: expected a word, or a word and its value"),
        ("{membership: member}", "{role: platform}", "8: unknown role 'platform'; it is an attrib"),
        ("base: none", "base: kommon", "30: unknown base 'kommon'; did you mean common?"),
    ],
)
def test_mistakes_in_the_new_words_are_named(old: str, new: str, problem: str) -> None:
    problems = _problems(SENDING.replace(old, new, 1))
    assert any(found.startswith(f"mine.yaml:{problem}") for found in problems), problems


ODD = ("9" * 5000, "2026-13-45", "!!python/x y", "&a [*a]", "{{}: 1}", "\x00", "٣", "base: x")


@given(st.data())
def test_any_text_is_a_policy_or_its_problems_are_named(data: st.DataObject) -> None:
    """Whatever stands in the file, with the strangest values in the place of good ones."""
    lines = SENDING.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    old = data.draw(st.sampled_from(lines[at].split()))
    lines[at] = lines[at].replace(old, data.draw(st.sampled_from(ODD) | st.text(max_size=20)), 1)
    page = "\n".join(lines)
    assert all(re.match(r"mine\.yaml:\d+: ", one) for one in _problems(page))


def test_a_base_stands_before_the_file_and_is_named_where_it_is_wrong() -> None:
    base = PAGE.replace("base: none\n", "")
    ours = PAGE.replace("roles: [manager]\n", "").replace("base: none", "base: common")
    both = PolicyText("mine.yaml", ours, base.replace("id: claim", "id: first")).hash
    assert both != PolicyText("mine.yaml", ours).hash
    taken = _problems(ours, base=base)
    assert "mine.yaml:2: rule id 'claim' is taken by profiles/common.yaml:3" in taken[0]
    (wrong,) = _problems(ours, base="rulez: []")
    assert wrong.startswith("profiles/common.yaml:1: unknown key 'rulez'")
