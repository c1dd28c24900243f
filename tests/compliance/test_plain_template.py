"""A template of an organisation fills gaps and does nothing else, whatever somebody wrote there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.plain_template import LONGEST, PlainTemplate
from bot.errors import Misconfigured

WORDS = {"organisation": "Acme", "approver": ""}

HOSTILE = {
    "a sum": "{{ 1 + 1 }}",
    "a power that never ends": "{{ 9**9**9 }}",
    "a string as long as memory": "{{ 'x' * 999999999 }}",
    "a loop": "{% for each in organisation %}x{% endfor %}",
    "a call": "{{ organisation.format() }}",
    "a range": "{{ range(999999999) }}",
    "an attribute": "{{ organisation.__class__ }}",
    "an item": "{{ organisation[0] }}",
    "a filter": "{{ organisation|upper }}",
    "a test": "{% if organisation is defined %}x{% endif %}",
    "a comparison of sizes": "{% if organisation < 'b' %}x{% endif %}",
    "another file": "{% include 'app.yaml' %}",
    "a macro": "{% macro m() %}{% endmacro %}",
    "a variable of its own": "{% set x = organisation %}",
    "a list": "{{ [organisation] }}",
    "two joined": "{{ organisation ~ organisation }}",
    "a number": "{{ 1 }}",
    "a choice in place": "{{ organisation if approver }}",
    "a word that is none": "{{ password }}",
    "an open bracket": "{{ organisation",
    "a comment": "{# You never speak of pay. #}",
    "a comment that takes the space around it along": "We {#- never -#} speak.",
    "a heading with a name that begins a comment": "## Pay {#pay}\n\nAsk us.\n\n## More #}",
    "half a comment": "{# Ask us.",
    "half a condition": "{% if organisation %}",
    "many brackets": "{{ " + "(" * 9_000 + "organisation" + ")" * 9_000 + " }}",
    "many digits": "{{ " + "9" * 9_000 + " }}",
    "many conditions": "{% if organisation %}" * 40 + "{% endif %}" * 40,
    "not, and not again": "{% if " + "not " * 900 + "organisation %}x{% endif %}",
}


def assert_placed(refused: Misconfigured) -> None:
    for problem in refused.problems:
        where, line, _ = problem.split(":", 2)
        assert where == "guidebook.md"
        assert line.isdecimal()


def read(text: str) -> PlainTemplate:
    return PlainTemplate.read(text, where="guidebook.md", names=WORDS)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_computes_is_refused_by_file_and_line(text: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(f"# Ours\n\n{text}\n")
    for problem in refused.value.problems:
        where, line, rest = problem.split(":", 2)
        assert where == "guidebook.md"
        assert line in {"1", "3", "4"}
        assert "expected" in rest or "did you mean" in rest or "there are" in rest


def test_the_line_is_that_of_the_slip_and_each_one_is_named() -> None:
    with pytest.raises(Misconfigured) as refused:
        read("One\n{{ organisation }} and\n{{ organisatoin }}\n\n{{ 1 + 1 }}\n")
    first, second = sorted(refused.value.problems)
    assert first.startswith("guidebook.md:3: no word is called 'organisatoin'; did you mean")
    assert second.startswith("guidebook.md:5: add computes")


def test_gaps_are_filled_and_parts_come_and_go() -> None:
    text = (
        "We are {{ organisation }}.\n{% if approver %}\nTwo look.\n{% else %}\nGo.\n{% endif %}\n"
    )
    assert read(text).render(WORDS) == "We are Acme.\nGo.\n"
    assert read(text).render({**WORDS, "approver": "lead"}) == "We are Acme.\nTwo look.\n"
    assert read("{% if approver == 'lead' %}x{% endif %}").render(WORDS) == ""


def test_nothing_that_is_written_stays_unseen() -> None:
    """Neither Markdown's marks nor those of Jinja's dialects are comments here."""
    text = "# One\n## Two\n#: three\n<!-- four -->\n[//]: # (five)\n{ # six }\n"
    assert read(text).render(WORDS) == text


def test_what_fills_a_gap_is_text_and_no_template() -> None:
    sly = {**WORDS, "organisation": "{{ 9**9**9 }}"}
    assert read("{{ organisation }}").render(sly) == "{{ 9**9**9 }}"


def test_nothing_grows_without_end() -> None:
    with pytest.raises(Misconfigured, match="longer than"):
        read("x" * (LONGEST + 1))
    long = {**WORDS, "organisation": "x" * 2_000}
    assert len(read("{{ organisation }}" * 1_000).render(long)) <= LONGEST


pieces = st.sampled_from(
    [*"{}%#-|.()[]~*+'\" \n", "{{", "}}", "{%", "%}", "{#", "#}", "if ", "endif", "organisation"]
)


@given(st.text(max_size=200) | st.lists(pieces, max_size=60).map("".join))
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    try:
        template = read(text)
    except Misconfigured as refused:
        assert_placed(refused)
    else:
        assert len(template.render(WORDS)) <= len(text) + 60 * len("Acme")
