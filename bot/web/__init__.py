"""The web door: probes and, for fleets, Slack over HTTP."""

from bot.web.checks import slack_check
from bot.web.figures import Figures
from bot.web.pages import Check, make_web
from bot.web.server import serve
from bot.web.slack import slack_endpoint

__all__ = ["Check", "Figures", "make_web", "serve", "slack_check", "slack_endpoint"]
