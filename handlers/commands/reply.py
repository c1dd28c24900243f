"""/reply 42 words: the very text that goes out, or the text to copy where we send nothing."""

from bot.model.ids import CaseId
from bot.model.visit import Answer
from handlers.arguments import case_number, first, only_number, plain, spoken
from handlers.spec import Call, Command, Word

FIND = "find"


async def reply(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    word, rest = first(words)
    if spoken(word) == FIND:
        return await _found(call, case_id, rest)
    return await call.care.replies.write(case_id, plain(words), visit=call.visit)


async def find(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    return await _found(call, case_id, words)


async def keep(call: Call) -> Answer:
    return await call.care.kept_answers.ask_of(only_number(call.typed), visit=call.visit)


async def _found(call: Call, case_id: CaseId, words: str) -> Answer:
    return await call.care.kept_uses.find(case_id, plain(words), visit=call.visit)


COMMAND = Command(
    name="reply",
    usage_hint="42 your words | find | keep",
    description="Your answer, with your disclosure, as it goes out. Without words a form opens.",
    run=reply,
    words=(
        Word("find", "find 42 refund", "answers kept by colleagues, to begin with", find),
        Word("keep", "keep 42", "keep the answer that went out, for others to find", keep),
    ),
)
