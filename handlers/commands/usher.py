"""/usher: what there is, becoming an ambassador, being away, and how Usher itself is."""

from collections.abc import Sequence

from bot.model.visit import Answer
from handlers import reading
from handlers.arguments import plain
from handlers.spec import Call, Command, Word


async def enroll(call: Call) -> Answer:
    return await call.care.ambassadors.enroll(visit=call.visit)


async def status(call: Call) -> Answer:
    return await call.care.status.read(visit=call.visit)


async def away(call: Call) -> Answer:
    return await call.care.absence.away(plain(call.typed), visit=call.visit)


async def back(call: Call) -> Answer:
    return await call.care.absence.back(visit=call.visit)


async def policy(call: Call) -> Answer:
    return await call.care.policies.read(visit=call.visit)


async def hold(call: Call) -> Answer:
    return await call.care.holds.hold(plain(call.typed), visit=call.visit)


async def lift(call: Call) -> Answer:
    return await call.care.holds.lift(plain(call.typed), visit=call.visit)


async def holds(call: Call) -> Answer:
    return await call.care.holds.show(visit=call.visit)


async def set_up(call: Call) -> Answer:
    return await call.care.setting_up.check(visit=call.visit)


def usher(others: Sequence[Command]) -> Command:
    """`others` are the commands its help speaks of, beside itself."""

    async def help_me(call: Call) -> Answer:
        return await reading.explained(call, reading.help_of_all((*others, made), call.prefix))

    made = Command(
        name="usher",
        usage_hint="help | enroll | away | back | status | policy | holds | hold | lift | setup",
        description="What you can do here, how to become an ambassador, how Usher is.",
        words=(
            Word("help", "help", "all commands", help_me),
            Word("enroll", "enroll", "read the guidebook and become an ambassador", enroll),
            Word("away", "away until 14:00", "others take over what you hold", away),
            Word("back", "back", "you are there again", back),
            Word("status", "status", "how Usher is", status),
            Word("policy", "policy", "which policy is in force, and since when", policy),
            Word("holds", "holds", "on which topics answers wait", holds),
            Word("hold", "hold outage why", "answers on a topic wait; for coordinators", hold),
            Word("lift", "lift outage", "answers on a topic may go out again", lift),
            Word("setup", "setup", "what is missing in Slack; for coordinators", set_up),
        ),
        alone=help_me,
    )
    return made
