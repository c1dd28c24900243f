"""The form that lets one case go on in another, where both are one matter."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, line_input, modal, said
from bot.slack.forms.page import Page

NAME = "merge"
INTO, ONE = "into", "one_matter"
YES = "yes"

_WHAT = "Posts, notes, hand-offs and answers of case {case} stand in that case from then on."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    case_id = shown.form.case_id
    blocks = (
        *said(shown.form),
        line_input(
            INTO,
            f"Case {case_id} goes on in case",
            filled=shown.filled(INTO),
            hint="The number of the other case, such as 41.",
        ),
        choice(ONE, "Where they are two customers", ((YES, "They are one matter"),), optional=True),
        context(_WHAT.format(case=case_id)),
    )
    return modal(shown, title=f"Merge case {case_id}", submit="Merge", blocks=blocks)
