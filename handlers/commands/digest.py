"""/digest: the morning's digest, now, for whoever may."""

from bot.model.visit import Answer
from handlers.spec import Call, Command, Word


async def today(call: Call) -> Answer:
    return await call.care.digests.today(visit=call.visit)


COMMAND = Command(
    name="digest",
    usage_hint="today",
    description="What customers said and what became of it. Only you see it.",
    words=(Word("today", "today", "what customers said since midnight", today),),
    alone=today,
)
