"""Signs of life between processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WORKER = "worker"
BEAT = "beat"
TICK = "tick"
"""The roles whose silence is an alarm. A tick is no process: it lives as long as some worker does
what beat asks for, so its silence tells that work would not be done though both are alive."""


@dataclass(frozen=True)
class Pulse:
    """The last sign of life of one process, and the queues it works on."""

    process: str
    age_seconds: float
    queues: frozenset[str] = frozenset()


class Heartbeats(Protocol):
    """Who was alive when; best effort."""

    def beat(self, role: str, *, queues: frozenset[str] = frozenset()) -> None:
        """Say that this process lives. Never raises when the broker is away."""
        ...

    def end(self, role: str) -> None:
        """Say that this process ends as it was asked to: its silence is no news."""
        ...

    def pulses(self, role: str) -> Sequence[Pulse]:
        """The processes of a role that gave a sign of life lately, the liveliest first; empty
        also while the broker is away."""
        ...

    def broker_answers(self) -> bool:
        """Whether the broker can be reached now."""
        ...
