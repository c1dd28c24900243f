"""The form that asks whether a case is mainly a grievance, and what the register has to know."""

from collections.abc import Iterable
from typing import Any

from bot.model.cleared import Cleared
from bot.model.complaint import Disposition, Grievance, Nature
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, line_input, modal, said
from bot.slack.forms.page import Page

NAME = "complaint"
ANSWER, LINE, NATURE = "answer", "line", "nature"
PRODUCT, DISPOSITION = "product", "disposition"
RESOLVING = "resolving"
"""Not shown: whether the case is resolved with it."""

_ANSWERS = (
    (Grievance.YES, "Yes"),
    (Grievance.NO, "No"),
    (Grievance.UNSURE, "Not sure: whoever supervises decides"),
)
NATURES = {
    Nature.CLAIM: "How a claim was handled",
    Nature.BILLING: "Billing and premiums",
    Nature.SERVICE: "Service to the customer",
    Nature.SALES: "Marketing and sales",
    Nature.UNDERWRITING: "Underwriting",
    Nature.OTHER: "Something else",
}
DISPOSITIONS = {
    Disposition.SETTLED: "Settled for the customer",
    Disposition.PARTLY: "Settled in part",
    Disposition.EXPLAINED: "Explained; nothing was changed",
    Disposition.REFERRED: "Referred to somebody else",
    Disposition.WITHDRAWN: "Withdrawn by the customer",
}
_HINT = "As the customer means it. The rest is needed for a yes, how it ended at the end alone."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    lines = [(line, line) for line in shown.lines]
    blocks = (
        *said(shown.form),
        choice(ANSWER, "Is this mainly a grievance?", _ANSWERS, filled=shown.filled(ANSWER)),
        _optional(shown, LINE, "Line of business", lines),
        _optional(shown, NATURE, "What is it about?", NATURES.items()),
        line_input(
            PRODUCT,
            "Product",
            filled=shown.filled(PRODUCT),
            hint="Such as roadside cover. Nothing about the customer.",
            optional=True,
        ),
        _optional(shown, DISPOSITION, "How did it end?", DISPOSITIONS.items()),
        context(_HINT),
    )
    submit = "Resolve" if shown.filled(RESOLVING) else "Save"
    title = f"Case {shown.form.case_id}: complaint?"
    return modal(shown, title=title, submit=submit, blocks=blocks)


def _optional(
    page: Page, block_id: str, label: str, options: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    return choice(block_id, label, options, filled=page.filled(block_id), optional=True)
