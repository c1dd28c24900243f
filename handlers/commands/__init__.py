"""Seven slash commands, no more. A new one is one file and one line here."""

from handlers.commands import case, claim, digest, handoff, lookup, reply
from handlers.commands.usher import usher

_OTHERS = (
    claim.COMMAND,
    case.COMMAND,
    lookup.COMMAND,
    handoff.COMMAND,
    reply.COMMAND,
    digest.COMMAND,
)
COMMANDS = (*_OTHERS, usher(_OTHERS))

__all__ = ["COMMANDS"]
