"""Heartbeats as fields of a hash for each role, one a process."""

import json
import os
import socket
import time
from collections.abc import Mapping, Sequence
from typing import Any, cast

import structlog
from redis import Redis
from redis.exceptions import RedisError

from bot.ports.heartbeats import Pulse

log = structlog.get_logger()

KEPT_SECONDS = 600
"""A process that has been silent longer is forgotten: another has long taken its place."""
PREFIX = "tongbu:alive:"


class RedisHeartbeats:
    """Implements `bot.ports.heartbeats.Heartbeats` on one Redis or Valkey."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0)

    def beat(self, role: str, *, queues: frozenset[str] = frozenset()) -> None:
        """Write the time; an unreachable broker is logged once a beat and forgotten."""
        said = json.dumps({"at": time.time(), "queues": sorted(queues)})
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.hset(PREFIX + role, _this_process(), said)
                pipe.expire(PREFIX + role, KEPT_SECONDS)
                pipe.execute()
        except RedisError as error:
            log.warning("heartbeat not written", role=role, error=type(error).__name__)

    def end(self, role: str) -> None:
        """Forget this process."""
        try:
            self._redis.hdel(PREFIX + role, _this_process())
        except RedisError as error:
            log.warning("heartbeat not ended", role=role, error=type(error).__name__)

    def pulses(self, role: str) -> Sequence[Pulse]:
        """Those of the last ten minutes."""
        try:
            found = cast(Mapping[bytes, bytes], self._redis.hgetall(PREFIX + role))
            pulses = [_pulse(process, json.loads(said)) for process, said in found.items()]
            old = [pulse.process for pulse in pulses if pulse.age_seconds > KEPT_SECONDS]
            if old:
                self._redis.hdel(PREFIX + role, *old)
        except RedisError:
            return []
        kept = (pulse for pulse in pulses if pulse.process not in old)
        return sorted(kept, key=lambda pulse: pulse.age_seconds)

    def broker_answers(self) -> bool:
        """One PING within a second."""
        try:
            return bool(self._redis.ping())
        except RedisError:
            return False


def _this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _pulse(process: bytes, said: Mapping[str, Any]) -> Pulse:
    age = max(0.0, time.time() - float(said["at"]))
    return Pulse(process.decode(), age, frozenset(said["queues"]))
