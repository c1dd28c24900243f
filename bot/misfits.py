"""What of app.yaml does not go with the policy that it names, each by file and line."""

from bot.compliance import ObligationKind, Policy
from bot.model.person import PLATFORM
from bot.settings import Settings


def grouped_roles(settings: Settings, policy: Policy) -> tuple[str, ...]:
    """Complaints about groups that would fill a pinned role: whoever edits them would grant it, and
    the platform's takes away: a group that is gone, or not told of, would give what it keeps."""
    return tuple(
        settings.complaint(
            ("roles", role),
            f"{member} is a user group, and {role} goes to persons one by one: write their "
            "member IDs, such as U0123ABCD (in Slack: profile, ⋮, Copy member ID)",
        )
        for role in sorted({*policy.pinned, PLATFORM})
        for member in settings.roles.get(role, ())
        if member.startswith(("@", "S"))
    )


def no_archive(settings: Settings, policy: Policy, *, named: str = "") -> tuple[str, ...]:
    """A complaint where a policy wants answers in an archive first, and app.yaml names none.

    Every answer would wait for ever. `named` is what the policy is called where it is not the one
    of app.yaml.
    """
    owing = "" if settings.archives else policy.first_owing(ObligationKind.ARCHIVE_FIRST)
    if not owing:
        return ()
    name = named or f"profile {settings.policy.profile}"
    said = (
        f"{name} wants each answer in an archive before it goes out ({owing}), and app.yaml names "
        "none; expected one, such as archives: {file: {file: data/archive.jsonl}}"
    )
    return (settings.complaint(("policy", "profile"), said),)
