"""Signs of life between processes."""

from typing import Protocol


class Heartbeats(Protocol):
    """Who was alive when; best effort."""

    def beat(self, role: str) -> None:
        """Say that a process of this role lives. Never raises when the broker is away."""
        ...

    def age_seconds(self, role: str) -> float | None:
        """Seconds since the role's last sign of life; None when there is none."""
        ...

    def broker_answers(self) -> bool:
        """Whether the broker can be reached now."""
        ...


WORKER = "worker"
BEAT = "beat"
"""The roles whose silence is an alarm."""
