"""Which messages may become part of a case: what a colleague said, nothing of ours or an app's."""

from bot.errors import Refusal
from handlers.spec import Pick, Said


def from_a_person(pick: Pick) -> Said:
    """Raises `Refusal` for words that no colleague said."""
    said = pick.said
    if said is None or said.ours:
        raise Refusal(
            "That is my own message, and the case has its words already. "
            "Choose one that a colleague wrote.",
            "own-message",
        )
    if not said.by:
        raise Refusal(
            "Another app wrote that, and I take over only what people say. "
            "Put it into your own words with /case note 42.",
            "app-message",
        )
    return said
