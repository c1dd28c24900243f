"""The guidebook as a modal: pressing the button accepts the very version that was read."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import bullets, context, header, rich, sentence, words
from bot.slack.forms.inputs import modal, radios
from bot.slack.forms.page import Page
from bot.slack.markdown import to_blocks
from bot.slack.message import Block

NAME = "guidebook"
_ASKED = "Nobody is counted here: where an answer is not right, the guidebook's sentence helps."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    case_id = shown.form.case_id
    blocks = [*_news(shown.form.news), *to_blocks(shown.markdown), *_questions(shown)]
    if case_id is not None:
        blocks.append(context(f"Accepting it also claims case {case_id} for you."))
    submit = "Accept" if case_id is None else "Accept and claim"
    return modal(shown, title="Guidebook", submit=submit, blocks=blocks)


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
