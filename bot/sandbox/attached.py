"""Secondary attachments: Slack's way of adding to a message from before there were blocks.

By docs.slack.dev/reference/messaging/payload and chat.update: an edit that names none keeps them.
"""

from bot.sandbox.blocks import array, block_problems
from bot.sandbox.records import Json, SlackError

NO_PREVIEW = "[no preview available]"


def checked_attachments(body: Json) -> list[Json] | None:
    """As Slack keeps them: numbered, each with its fallback. None where the call names none.

    How many there may be is checked with the message (bot/sandbox/blocks.py).
    """
    if "attachments" not in body:
        return None
    given = array(body["attachments"], otherwise="invalid_attachments")
    if not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_attachments")
    return [kept(number, each) for number, each in enumerate(given, start=1)]


def kept(number: int, attachment: Json) -> Json:
    blocks = array(attachment.get("blocks"), otherwise="invalid_attachments")
    sentences = [problem.sentence for problem in block_problems(blocks, surface="message")]
    if sentences:
        raise SlackError("invalid_attachments", response_metadata={"messages": sentences})
    fallback = attachment.get("fallback") or attachment.get("text") or NO_PREVIEW
    return {**attachment, "id": number, "fallback": NO_PREVIEW if blocks else str(fallback)}
