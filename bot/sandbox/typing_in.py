"""What Slack makes of typed text before an app gets it: names and addresses as tokens.

All other `&`, `<` and `>` become entities, so that nobody can type a token: `<!channel>` typed by
hand arrives as `&lt;!channel&gt;`.
"""

import re
from collections.abc import Mapping

from bot.sandbox.accounts import Account, Group
from bot.sandbox.records import Channel

_ADDRESS = r"https?://[^\s<>|]*[^\s<>|.,;:!?'\")\]]"
_MAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"
_SITE = (
    r"(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|eu|de|example)\b(?:/[^\s<>|]*[^\s<>|.,;:!?'\")\]])?"
)
_HANDLE = r"(?<![\w<@])@(?P<handle>[\w.-]*\w)"
_ROOM = r"(?<![\w<#])#(?P<room>[\w-]+)"
_TOKEN = re.compile(
    f"(?P<address>{_ADDRESS})|(?P<mail>{_MAIL})|(?P<site>{_SITE})|{_HANDLE}|{_ROOM}"
)
_BROADCASTS = {"channel", "here", "everyone"}


class Typing:
    """Knows who and what can be named; the mappings stay the workspace's own."""

    def __init__(
        self,
        people: Mapping[str, Account],
        channels: Mapping[str, Channel],
        groups: Mapping[str, Group],
    ) -> None:
        self._people = people
        self._channels = channels
        self._groups = groups

    def message(self, text: str) -> str:
        """@usher becomes <@U0USHER>, @managers its group; names nobody has stay as typed."""
        return self._tokens(text, labelled=False)

    def command(self, text: str, *, should_escape: bool) -> str:
        """With `should_escape` <@U0ANNA|anna>, <#C0GENERAL|care-general>, <https://…>."""
        return self._tokens(text, labelled=True) if should_escape else entities(text)

    def _tokens(self, text: str, *, labelled: bool) -> str:
        parts, at = [], 0
        for found in _TOKEN.finditer(text):
            parts += [entities(text[at : found.start()]), self._token(found, labelled=labelled)]
            at = found.end()
        return "".join([*parts, entities(text[at:])])

    def _token(self, found: re.Match[str], *, labelled: bool) -> str:
        typed = entities(found[0])
        match found.lastgroup:
            case "address":
                return f"<{typed}>"
            case "mail":
                return f"<mailto:{typed}|{typed}>"
            case "site":
                return f"<http://{typed}|{typed}>"
            case "handle":
                return self._person(found["handle"], labelled=labelled)
            case _:
                return self._room(found["room"])

    def _person(self, name: str, *, labelled: bool) -> str:
        if name in _BROADCASTS:
            return f"<!{name}>"
        ids = {person.name: person.id for person in self._people.values()}
        if name not in ids:
            return self._group(name, labelled=labelled)
        return f"<@{ids[name]}|{name}>" if labelled else f"<@{ids[name]}>"

    def _group(self, name: str, *, labelled: bool) -> str:
        """Of one that was disabled only the words stay (tokens from memory of Slack)."""
        used = {group.handle: group.id for group in self._groups.values() if not group.disabled_at}
        if name not in used:
            return f"@{name}"
        return f"<!subteam^{used[name]}|@{name}>" if labelled else f"<!subteam^{used[name]}>"

    def _room(self, name: str) -> str:
        ids = {channel.name: channel.id for channel in self._channels.values()}
        return f"<#{ids[name]}|{name}>" if name in ids else f"#{name}"


def entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
