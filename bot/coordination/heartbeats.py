"""Heartbeats as keys with a time to live."""

import time

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

KEPT_SECONDS = 3600
PREFIX = "tongbu:alive:"


class RedisHeartbeats:
    """Implements `bot.ports.heartbeats.Heartbeats` on one Redis or Valkey."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0)

    def beat(self, role: str) -> None:
        """Write the time; an unreachable broker is logged once a beat and forgotten."""
        try:
            self._redis.set(PREFIX + role, repr(time.time()), ex=KEPT_SECONDS)
        except RedisError as error:
            log.warning("heartbeat not written", role=role, error=type(error).__name__)

    def age_seconds(self, role: str) -> float | None:
        """Seconds since the last beat; None also when the broker is away."""
        try:
            value = self._redis.get(PREFIX + role)
        except RedisError:
            return None
        return None if value is None else max(0.0, time.time() - float(value))

    def broker_answers(self) -> bool:
        """One PING within a second."""
        try:
            return bool(self._redis.ping())
        except RedisError:
            return False
