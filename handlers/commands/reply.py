"""/reply 42 words: the very text that goes out, or the text to copy where we send nothing."""

from bot.model.visit import Answer
from handlers.arguments import case_number, only_number, plain
from handlers.spec import Call, Command, Word


async def reply(call: Call) -> Answer:
    """Behind a number stands the answer, whatever its first word is: our own words come first."""
    case_id, words = case_number(call.typed)
    return await call.care.replies.write(case_id, plain(words), visit=call.visit)


async def find(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    return await call.care.kept_uses.find(case_id, plain(words), visit=call.visit)


async def keep(call: Call) -> Answer:
    return await call.care.kept_answers.ask_of(only_number(call.typed), visit=call.visit)


COMMAND = Command(
    name="reply",
    usage_hint="42 your words | find 42 | keep 42",
    description="Your answer, with your disclosure, as it goes out. Without words a form opens.",
    run=reply,
    words=(
        Word("find", "find 42 refund", "answers kept by colleagues, to begin with", find),
        Word("keep", "keep 42", "keep the answer that went out, for others to find", keep),
    ),
)
