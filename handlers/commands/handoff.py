"""/handoff 42: bring a case to the people who can help, by the desk's own front door."""

from difflib import get_close_matches

from bot.model.handoff import HandoffKind
from bot.model.visit import Answer
from handlers.arguments import COURTESY, Misread, case_number, first, plain, says_nothing, spoken
from handlers.spec import Call, Command


async def hand_off(call: Call) -> Answer:
    case_id, rest = case_number(call.typed)
    word, said = first(rest)
    # "to service please" says who, and not what they should know.
    summary = "" if says_nothing(said, COURTESY) else plain(said)
    kind = spoken(word)
    if kind and kind not in tuple(HandoffKind):
        raise Misread(_unknown(kind))
    return await call.care.handoffs.ask(case_id, kind=kind, summary=summary, visit=call.visit)


def _unknown(kind: str) -> str:
    kinds = [each.value for each in HandoffKind]
    near = get_close_matches(kind, kinds, n=1)
    guess = f" Did you mean “{near[0]}”?" if near else ""
    return f"“{kind[:40]}” is none of {', '.join(kinds)}.{guess}"


COMMAND = Command(
    name="handoff",
    usage_hint="42 service they want a call back",
    description="Bring a case to the people who can help. Without further words a form opens.",
    run=hand_off,
)
