"""Ids and time stamps in Slack's shapes."""

import secrets

from bot.sandbox.records import Clock


class Stamps:
    """Message ts: strings that only grow, also while the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def ts(self) -> str:
        now = int(self._clock().timestamp() * 1_000_000)
        self._last = max(now, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def new_id(letter: str) -> str:
    return letter + secrets.token_hex(5).upper()
