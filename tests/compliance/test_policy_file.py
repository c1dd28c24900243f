"""A mistake in a profile is named with its line and what was expected, never quietly a no."""

import hashlib
import re

import pytest

from bot.compliance import Policy
from bot.compliance.policy_checks import problems_of
from bot.compliance.policy_file import PROFILES, load_table, parse_table
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
"""


def _problems(page: str) -> tuple[str, ...]:
    try:
        return problems_of(parse_table(page, where="mine.yaml"))
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
        ("case: open, allowed", "holder: actor, allowed", "10: no such case"),
        ("allowed: claim", "allowed: claim, obligations: mask", "10: case.claim carries the oblig"),
        ("id: claim", "id: default", "3: rule id 'default' is taken by Usher itself"),
        ("rules:", "rules:\n  - nonsense", "3: expected keys and values here"),
        ("roles:", "rolls:", "1: unknown key 'rolls'; expected one of roles, rules"),
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


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_profiles_that_come_along(path: object) -> None:
    name = getattr(path, "stem", "")
    policy = Policy.load(name)
    page = (PROFILES / f"{name}.yaml").read_bytes()
    assert policy.hash == hashlib.sha256(page).hexdigest()
    assert load_table(name).examples
