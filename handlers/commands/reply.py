"""/reply 42 words: the very text that goes out, or the text to copy where we send nothing."""

from bot.model.visit import Answer
from handlers.arguments import case_number, plain
from handlers.spec import Call, Command


async def reply(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    return await call.care.replies.write(case_id, plain(words), visit=call.visit)


COMMAND = Command(
    name="reply",
    usage_hint="42 your words",
    description="Your answer, with your disclosure, as it goes out. Without words a form opens.",
    run=reply,
)
