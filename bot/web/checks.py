"""Whether Slack is in use, as `/ready` asks: by the token it takes and the sockets that hear it."""

from bot.errors import Misconfigured, Unavailable
from bot.slack.socket_mode import SocketMode
from bot.slack.welcome import Welcome
from bot.web.pages import Check


def slack_check(sockets: SocketMode | None, welcome: Welcome) -> Check:
    """`sockets` is None where Slack speaks to us over HTTP."""

    async def check() -> str | None:
        if refused := welcome.sentences():
            raise Misconfigured(refused)
        if sockets is None:
            return None
        hear, wanted = sockets.hearing
        if not hear:
            raise Unavailable("slack", "no connection is open")
        return None if hear == wanted else f"{hear} of {wanted} connections"

    return check
