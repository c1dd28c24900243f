"""What Usher needs of the workspace, piece by piece: each is well, or says what to press.

Which events Slack sends cannot be asked with the bot's token; they come with the manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Misconfigured, Unavailable
from bot.model.finding import Finding
from bot.slack.border import ask, error_code
from bot.slack.channel_names import ChannelNames
from bot.slack.groups import ask_groups
from bot.slack.manifest import SCOPES
from bot.slack.workspace import whoami

_NO_CONFLICT = "0.00000000"
"""A view's hash that is nobody's: what stands on a Home tab is not overwritten. Where nothing stood
yet, this stands there until theirs is drawn."""
HOME_TAB = "Home tab"
_HOME_OFF = "The Home tab is off: turn it on under App Home → Show Tabs → Home Tab."
_LOOKED = {"type": "section", "text": {"type": "plain_text", "text": "Open this tab once more."}}


@dataclass(frozen=True, slots=True)
class Setup:
    """`channels` and `roles` are those of app.yaml. Nothing is remembered and nothing changed."""

    client: AsyncWebClient
    team_id: str
    channels: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]

    async def look(self, *, by: str = "") -> tuple[Finding, ...]:
        """`by` is the person who asks, "" where nobody of the workspace does."""
        try:
            granted = await self._granted()
        except (Misconfigured, Unavailable) as no:
            return (Finding("The bot's token", sentence(no)),)
        names, groups = ChannelNames(self.client), await _groups_or_why_not(self.client)
        return (
            Finding("The bot's token"),
            self._scopes(granted),
            *[await self._channel(names, each) for each in self.channels],
            *self._groups(groups),
            *await self._home(by or _anybody(groups, self.roles)),
        )

    async def _granted(self) -> frozenset[str] | None:
        """The scopes Slack says the token has; None where it does not say."""
        told: dict[str, str] = {}

        async def auth_test() -> AsyncSlackResponse:
            response = await self.client.auth_test()
            told.update({name.lower(): str(value) for name, value in response.headers.items()})
            return response

        await whoami(self.client, self.team_id)
        await ask(auth_test)
        listed = told.get("x-oauth-scopes")
        return None if listed is None else frozenset(one.strip() for one in listed.split(","))

    def _scopes(self, granted: frozenset[str] | None) -> Finding:
        absent = [scope for scope in SCOPES if granted is not None and scope not in granted]
        if not absent:
            return Finding("Permissions")
        named = ", ".join(f"“{scope}”" for scope in absent)
        return Finding(
            "Permissions",
            f"The app lacks {_counted(len(absent), 'permission')}: {named}. Add what is missing "
            "under OAuth & Permissions → Scopes, then press Reinstall to Workspace.",
        )

    async def _channel(self, names: ChannelNames, name: str) -> Finding:
        try:
            await names.resolve(name)
        except (Misconfigured, Unavailable) as no:
            return Finding(f"Channel {name}", sentence(no))
        return Finding(f"Channel {name}")

    def _groups(self, groups: Mapping[str, frozenset[str]] | Finding) -> list[Finding]:
        named = [(role, member) for role, each in self.roles.items() for member in each]
        asked = [(role, member) for role, member in named if member.startswith(("@", "S"))]
        if isinstance(groups, Finding):
            return [groups] if asked else []
        return [_group(role, member, groups) for role, member in asked]

    async def _home(self, user_id: str) -> list[Finding]:
        """Slack tells only who publishes whether the tab is on."""
        if not user_id:
            return []
        view = {"type": "home", "blocks": [_LOOKED]}
        try:
            await ask(self.client.views_publish, user_id=user_id, view=view, hash=_NO_CONFLICT)
        except Misconfigured as refused:
            code = error_code(refused.__cause__)
            if code == "not_enabled":
                return [Finding(HOME_TAB, _HOME_OFF)]
            if code != "hash_conflict":
                return [Finding(HOME_TAB, sentence(refused))]
        except Unavailable as away:
            return [Finding(HOME_TAB, sentence(away))]
        return [Finding(HOME_TAB)]


def _group(role: str, member: str, groups: Mapping[str, frozenset[str]]) -> Finding:
    what = f"Group {member} ({role})"
    if member not in groups:
        return Finding(
            what,
            f"There is no user group {member}, which app.yaml names for {role}: make it under "
            "People → User groups, or correct app.yaml.",
        )
    if not groups[member]:
        return Finding(
            what,
            f"The user group {member} is empty, so nobody is {role}: add colleagues to it.",
        )
    return Finding(what)


def _anybody(
    groups: Mapping[str, frozenset[str]] | Finding, roles: Mapping[str, tuple[str, ...]]
) -> str:
    """Somebody with a role, on whose Home tab can be tried whether there is one."""
    for member in (member for members in roles.values() for member in members):
        if member.startswith(("U", "W")):
            return member
        if not isinstance(groups, Finding) and groups.get(member):
            return min(groups[member])
    return ""


async def _groups_or_why_not(client: AsyncWebClient) -> Mapping[str, frozenset[str]] | Finding:
    try:
        return (await ask_groups(client)).members
    except (Misconfigured, Unavailable) as no:
        return Finding("Roles", sentence(no))


def sentence(no: Misconfigured | Unavailable) -> str:
    if isinstance(no, Misconfigured):
        return " ".join(no.problems)
    missing = "cannot be reached"
    return f"Slack {missing}." if no.reason == missing else f"Slack {missing}: {no.reason}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
