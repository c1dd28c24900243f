"""Clauses that could keep employees from speaking of their own work are named, one by one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.chilling import chilling
from tests.running import PROJECT

CHILLS = (
    "Never disparage us.",
    "You agree to non-disparagement.",
    "Do not post negative comments about the company.",
    "Never make critical remarks about {{ organisation }}.",
    "Do not discuss this with others.",
    "You must not talk to anybody about your\nsalary.",
    "Don’t complain online about managers.",
    "Wages and shifts are confidential.",
    "Always be polite and positive about the company.",
    "Be respectful towards your colleagues.",
    "We expect loyalty to the company.",
    "Avoid anything that could damage our reputation.",
    "Never speak to the press.",
    "Your personal accounts may be monitored.",
    "You need approval for private posts.",
    "Get permission before posting anything about your work.",
    "Employees must not join a union.",
)
FINE = (
    "This guidebook applies when you act as an ambassador through Usher.",
    "Do not discuss a customer where others can hear it.",
    "Do not discuss cover or claims unless that is your job.",
    "Never ask a customer for personal data.",
    "Be polite to customers.",
    "Do not speak to the press on behalf of us.",
    "What you say in your own name stays yours.",
    "Do not share a customer's number with anybody.",
    "Never write a policy number on a card.",
)


@pytest.mark.parametrize("text", CHILLS)
def test_a_clause_that_chills_is_named_with_line_and_reason(text: str) -> None:
    found = list(chilling(f"# Ours\n\nWelcome.\n{text}\n"))
    assert found
    for line, sentence in found:
        assert line == 4
        assert "may chill employees' own speech: " in sentence


@pytest.mark.parametrize("text", FINE)
def test_what_speaks_of_customers_is_fine(text: str) -> None:
    assert list(chilling(text)) == []


def test_what_comes_along_is_fine() -> None:
    for name in ("guidebook.md", "quiz.yaml"):
        assert list(chilling((PROJECT / name).read_text(encoding="utf-8"))) == []


@given(st.text() | st.lists(st.sampled_from(CHILLS), max_size=4).map("\n".join))
def test_any_text_is_read_and_lines_are_lines_of_it(text: str) -> None:
    for line, sentence in chilling(text):
        assert 1 <= line <= text.count("\n") + 1
        assert sentence.startswith("“")


def test_a_long_text_takes_no_time() -> None:
    begun = time.perf_counter()
    list(chilling("do not never must not our own " * 1_500))
    assert time.perf_counter() - begun < 5
