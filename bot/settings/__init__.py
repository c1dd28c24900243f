"""The organisation's page and the environment, as frozen types; nothing is read on import."""

from bot.settings.environment import Environment
from bot.settings.settings import Settings, load_settings

__all__ = ["Environment", "Settings", "load_settings"]
