"""/claim 42: I greet this customer."""

from bot.model.visit import Answer
from handlers.arguments import only_number
from handlers.spec import Call, Command


async def claim(call: Call) -> Answer:
    return await call.care.cases.claim(only_number(call.typed), visit=call.visit)


COMMAND = Command(
    name="claim",
    usage_hint="42",
    description="Claim a case: you greet this customer.",
    run=claim,
)
