"""Which messages may become part of a case: what a colleague said, nothing of ours or an app's."""

from bot.errors import Refusal
from bot.model.person import Membership
from handlers.spec import Pick, Said


def may_not(pick: Pick) -> bool:
    """Who is no colleague: the verb says so, and what the message is, is not for them to hear."""
    return pick.visit.by.membership is not Membership.MEMBER


def from_a_person(pick: Pick) -> Said:
    """Raises `Refusal` for words that no colleague said."""
    said = pick.said
    if said is not None and may_not(pick):
        return said
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
