"""One place asks the decision table, and nothing it may ask for is without somebody who does it."""

import ast

from bot.care.obligations import PREFIX, Obligations, handlers
from bot.compliance import Guard, ObligationKind
from tests.house.source import sources

THE_PLACE = "bot/care/asking.py"
SUPPOSING = {"bot/care/asking_for.py", "bot/care/guidebook.py", "bot/care/supervising.py"}
"""Of nobody in particular: whom to ask for a yes, what the guidebook says of the policy."""


def test_questions_are_put_together_and_asked_in_one_place() -> None:
    found = {
        source.path
        for source in sources("bot/care", "handlers", "storage")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bot.compliance"
        if "Question" in {name.name for name in node.names}
    }
    assert found - SUPPOSING == {THE_PLACE}


def test_every_kind_has_its_handler() -> None:
    assert set(handlers(Guard())) == set(ObligationKind)


def test_each_that_may_say_no_says_why_and_what_next() -> None:
    obligations = Obligations(handlers(Guard()))
    silent = {ObligationKind.GUIDEBOOK, ObligationKind.MASK, ObligationKind.RECORD_LOOK}
    for kind in set(ObligationKind) - silent:
        reason = obligations.explain(f"{PREFIX}{kind}")
        assert reason is not None
        assert reason.why.endswith(".")
        assert reason.next_step.endswith(".")
