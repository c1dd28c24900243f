"""The guidebook as a modal: pressing the button accepts the very version that was read.

For whoever accepted it there is none: they look something up.
"""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import bullets, context, header, rich, sentence, words
from bot.slack.forms.inputs import modal, radios
from bot.slack.forms.page import Page
from bot.slack.markdown import to_blocks
from bot.slack.message import Block

NAME = "guidebook"
HELD = "held"
"""Filled in where whoever reads it holds the case already: nothing is claimed then."""
_TITLE = "Guidebook"
_ASKED = "Nobody is counted here: where an answer is not right, the guidebook's sentence helps."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    if not shown.form.version_id:
        return modal(shown, title=_TITLE, blocks=to_blocks(shown.markdown))
    case_id = shown.form.case_id
    blocks = [*_news(shown.form.news), *to_blocks(shown.markdown), *_questions(shown)]
    claims = case_id is not None and not shown.filled(HELD)
    if claims:
        blocks.append(context(f"Accepting it also claims case {case_id} for you."))
    submit = "Accept and claim" if claims else "Accept"
    return modal(shown, title=_TITLE, submit=submit, blocks=blocks)


def _news(lines: tuple[str, ...]) -> list[Block]:
    if not lines:
        return []
    shown = bullets([sentence(words(each, 400)) for each in lines])
    return [header("Since you accepted it"), rich(shown), {"type": "divider"}]


def _questions(page: Page) -> list[Block]:
    if not page.questions:
        return []
    asked = [radios(place, ask, choices) for place, ask, choices in page.questions]
    return [context(_ASKED), *asked]
