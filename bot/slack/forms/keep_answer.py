"""The form in which an answer that went out is kept: its words for every customer, title, topic."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, line_input, modal, words_input
from bot.slack.forms.page import Page

NAME = "keep_answer"
WORDS = "words"
TITLE = "title"
TOPIC = "topic"
TOPICS = "topics"
REPLY = "reply"

_HINT = "{handle} becomes the handle of each customer. Leave out what was for one of them alone."
_READ = (
    "Colleagues find it by its words, change it as they like and see it before it goes. It takes "
    "the same approval as any other answer."
)


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    topics = [each for each in shown.filled(TOPICS).split("\n") if each]
    blocks = [
        words_input(WORDS, "The answer", filled=shown.form.words, hint=_HINT),
        line_input(TITLE, "A short title", filled=shown.filled(TITLE)),
    ]
    if topics:
        offered = [(each, each) for each in topics]
        blocks.append(choice(TOPIC, "On what?", offered, filled=shown.filled(TOPIC)))
    blocks.append(context(_READ))
    return modal(shown, title="Keep this answer", submit="Keep", blocks=blocks)
