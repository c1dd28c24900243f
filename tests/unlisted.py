"""Slack's list of colleagues does not come: each of them is asked about as they come."""

from bot.sandbox.server import Sandbox


def unlisted(sandbox: Sandbox) -> None:
    sandbox.workspace.faults.inject("users.list", kind="503", times=10_000)
