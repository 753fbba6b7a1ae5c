"""Signs of life in a dictionary."""

from collections.abc import Sequence

from bot.ports.heartbeats import Pulse


class FakeHeartbeats:
    """Keeps the promises of `ports.heartbeats.Heartbeats`; `pulses_of` is what a test says."""

    def __init__(self, **pulses_of: Sequence[Pulse]) -> None:
        self.pulses_of: dict[str, Sequence[Pulse]] = dict(pulses_of)
        self.broker = True

    def beat(self, role: str, *, queues: frozenset[str] = frozenset()) -> None:
        self.pulses_of[role] = [Pulse("here", 0.0, queues)]

    def end(self, role: str) -> None:
        self.pulses_of.pop(role, None)

    def pulses(self, role: str) -> Sequence[Pulse]:
        return self.pulses_of.get(role, ()) if self.broker else ()

    def broker_answers(self) -> bool:
        return self.broker
