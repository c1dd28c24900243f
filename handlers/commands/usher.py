"""/usher: what there is, becoming an ambassador, and how Usher itself is."""

from collections.abc import Sequence

from bot.model.visit import Answer
from handlers import reading
from handlers.spec import Call, Command, Word


async def enroll(call: Call) -> Answer:
    return await call.care.ambassadors.enroll(visit=call.visit)


async def status(call: Call) -> Answer:
    return await call.care.status.read(visit=call.visit)


def usher(others: Sequence[Command]) -> Command:
    """`others` are the commands its help speaks of, beside itself."""

    async def help_me(call: Call) -> Answer:
        return reading.help_of_all((*others, made), call.prefix)

    made = Command(
        name="usher",
        usage_hint="help | enroll | status",
        description="What you can do here, how to become an ambassador, how Usher is.",
        words=(
            Word("help", "help", "all commands", help_me),
            Word("enroll", "enroll", "read the guidebook and become an ambassador", enroll),
            Word("status", "status", "how Usher is", status),
        ),
        alone=help_me,
    )
    return made
