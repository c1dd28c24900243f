"""blocks.validate: Slack's own judgement of blocks, a message or a view, before it is sent."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.block_report import Problem
from bot.sandbox.blocks import block_problems, view_problems
from bot.sandbox.records import Json, SlackError, invalid_arguments
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.workspace import Workspace


def validate(_workspace: Workspace, args: Arguments) -> Json:
    given = [name for name in JUDGES if args.text(name) is not None]
    if len(given) != 1:
        raise invalid_arguments(f"[ERROR] must provide exactly one of: {', '.join(JUDGES)}")
    (name,) = given
    problems = JUDGES[name](args.decoded(name))
    if problems:
        raise SlackError(f"invalid_{name}", errors=[problem.wire() for problem in problems])
    return {}


def blocks(value: Any) -> list[Problem]:
    return block_problems(value, surface="message")


def message(value: Any) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem("must provide an object", "", "type", "object", type(value).__name__)]
    return block_problems(value.get("blocks") or [], surface="message")


JUDGES: dict[str, Callable[[Any], list[Problem]]] = {
    "blocks": blocks,
    "message": message,
    "view": view_problems,
}
METHODS: dict[str, Method] = {"blocks.validate": validate}
