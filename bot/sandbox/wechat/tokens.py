"""Access tokens: the two isolated families, their overlap and their ends."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, field

from bot.sandbox.wechat.errors import Refusal

LIFE_SECONDS = 7200
OVERLAP_SECONDS = 300
FORCE_PAUSE_SECONDS = 30
FORCES_A_DAY = 20
ALPHABET = frozenset(string.ascii_letters + string.digits + "-_")


@dataclass
class _Token:
    value: str
    expires_at: float
    dies_at: float


@dataclass
class _Forced:
    at: float = float("-inf")
    day: str = ""
    count: int = 0


@dataclass
class TokenDesk:
    """The tokens of one account. A call to one family never touches the other's tokens."""

    issued: dict[str, _Token] = field(default_factory=dict)
    ordinary: _Token | None = None
    stable: _Token | None = None
    forced: _Forced = field(default_factory=_Forced)

    def fetch_ordinary(self, now: float) -> tuple[str, int]:
        """Return a new token and its life in seconds; the previous one lives five minutes more."""
        self._retire(self.ordinary, now + OVERLAP_SECONDS)
        self.ordinary = self._issue(now)
        return self.ordinary.value, LIFE_SECONDS

    def fetch_stable(self, now: float, day: str, *, force: bool) -> tuple[str, int]:
        """Return the stable token and what remains of it, in seconds.

        Forcing makes a new one and ends the old at once: at most every 30 s and 20 times a `day`.

        Raises:
            Refusal: 45009 when the day's forced refreshes are used up.
        """
        if force:
            self._force(now, day)
        if self.stable is None or self._is_nearly_over(self.stable, now):
            self.stable = self._issue(now)
        return self.stable.value, int(self.stable.expires_at - now)

    def check(self, value: str, now: float) -> None:
        """Let a good token pass.

        Raises:
            Refusal: 40014 malformed, 40001 unknown or superseded, 42001 expired.
        """
        token = self.issued.get(value)
        if token is None:
            raise unknown_token(value)
        if token.expires_at <= now:
            raise Refusal(42001)
        if token.dies_at <= now:
            raise Refusal(40001)

    def revoke_all(self, now: float) -> None:
        """End every token at once, as a reset AppSecret does."""
        for token in self.issued.values():
            token.dies_at = min(token.dies_at, now)

    def _force(self, now: float, day: str) -> None:
        if now - self.forced.at < FORCE_PAUSE_SECONDS:
            return
        count = self.forced.count if self.forced.day == day else 0
        if count >= FORCES_A_DAY:
            raise Refusal(45009)
        self.forced = _Forced(now, day, count + 1)
        self._retire(self.stable, now)
        self.stable = None

    def _issue(self, now: float) -> _Token:
        value = f"90_{secrets.token_urlsafe(100)}"
        token = _Token(value, now + LIFE_SECONDS, now + LIFE_SECONDS)
        self.issued[value] = token
        return token

    @staticmethod
    def _is_nearly_over(token: _Token, now: float) -> bool:
        return token.expires_at - now < OVERLAP_SECONDS or token.dies_at <= now

    @staticmethod
    def _retire(token: _Token | None, dies_at: float) -> None:
        if token is not None:
            token.dies_at = min(token.dies_at, dies_at)


def unknown_token(value: str) -> Refusal:
    """Return the refusal of a token nobody was given: 41001, 40014 or 40001."""
    if not value:
        return Refusal(41001)
    if len(value) < 20 or not set(value) <= ALPHABET:
        return Refusal(40014)
    return Refusal(40001)
