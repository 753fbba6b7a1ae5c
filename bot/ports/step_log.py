"""What is told of each step while it happens: for whoever follows one post through the log."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StepTaken:
    """One platform call that is over. `act` is call or look; `error` the type and `code` the
    platform's own code where it failed. Ids only: no words of a post, none of a follower."""

    post: str
    account: str
    delivery: str
    step: str
    act: str
    attempt: int
    outcome: str
    seconds: float
    error: str = ""
    code: str = ""


@dataclass(frozen=True)
class DeliveryRests:
    """Nothing more is done for now: `state` says why, `again_in_seconds` when it goes on."""

    post: str
    account: str
    delivery: str
    state: str
    again_in_seconds: float | None


class StepLog(Protocol):
    """Hears of every step. Must not raise: it never stands in the way of a post."""

    def step_taken(self, step: StepTaken) -> None: ...
    def delivery_rests(self, rest: DeliveryRests) -> None: ...


class Silence:
    """Hears and says nothing."""

    def step_taken(self, step: StepTaken) -> None:
        """Nothing."""

    def delivery_rests(self, rest: DeliveryRests) -> None:
        """Nothing."""
