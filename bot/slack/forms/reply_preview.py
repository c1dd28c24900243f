"""The page before an answer goes out: the exact text, to whom, and how long the network has it."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context, glue, plain, preformatted, rich, sentence, words
from bot.slack.forms.inputs import modal
from bot.slack.forms.page import Page

NAME = "reply_preview"
REPLY = "reply"
_WAYS = {
    "public": "goes out publicly, for everybody to read.",
    "direct": "goes out in a direct message.",
}


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    way = _WAYS.get(shown.filled("way"), "")
    lead = sentence(
        glue("To "), words(shown.filled("whom"), 60, bold=True), glue(": exactly this " + way)
    )
    text = rich(lead, preformatted(shown.form.words, 3000))
    blocks = (text, context(f"{shown.filled('length')}. It is signed with your first name."))
    made = modal(
        shown,
        title=f"Answer in case {shown.form.case_id}",
        submit=shown.filled("press"),
        blocks=blocks,
    )
    return made | {"close": plain("Change", 24)}
