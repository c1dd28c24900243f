"""/reply 42 words: the text with the disclosure, ready to copy."""

from bot.model.visit import Answer
from handlers.arguments import case_number, plain
from handlers.spec import Call, Command


async def reply(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    return await call.care.replies.draft(case_id, plain(words), visit=call.visit)


COMMAND = Command(
    name="reply",
    usage_hint="42 your words",
    description="Your answer with your disclosure, ready to copy. Without words a form opens.",
    run=reply,
)
