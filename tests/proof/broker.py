"""The broker of a proof: what it is handed it may lose, double or delay."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.ids import AccountId, AnswerId, DeliveryId
from tests.proof.faults import Fault, Kind
from tests.proof.guide import Guide, current

LATE = timedelta(seconds=90)

Job = TypeVar("Job")


class Broker(Generic[Job]):
    """Jobs in their order; `now` is the true time."""

    def __init__(self, guide: Guide, now: Callable[[], datetime]) -> None:
        self._guide, self._now = guide, now
        self._jobs: list[Job] = []
        self._late: list[tuple[datetime, Job]] = []

    def hand_over(self, job: Job) -> None:
        """Take a job from whoever rings."""
        fault = self._guide.reach(Kind.JOB, current().name)
        if fault is Fault.KILLED_BEFORE:
            current().die("before a job was handed over")
        if fault is Fault.JOB_LATE:
            self._late.append((self._now() + LATE, job))
        elif fault is not Fault.JOB_LOST:
            self._jobs += [job] * (2 if fault is Fault.JOB_DOUBLED else 1)
        if fault is Fault.KILLED_AFTER:
            current().die("after a job was handed over")

    def take(self) -> Job | None:
        """The next job that has arrived."""
        now = self._now()
        self._jobs += [job for at, job in self._late if at <= now]
        self._late = [(at, job) for at, job in self._late if at > now]
        return self._jobs.pop(0) if self._jobs else None

    def empty(self) -> None:
        """Everything in it is lost."""
        self._jobs.clear()

    @property
    def moments(self) -> list[datetime]:
        """When late jobs arrive."""
        return [at for at, _ in self._late]


class DeliveryBell:
    """Keeps the promise of `ports.doorbell.Doorbell` for deliveries."""

    def __init__(self, broker: Broker[tuple[AccountId, DeliveryId]]) -> None:
        self._broker = broker

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        for delivery in ids:
            self._broker.hand_over((account, delivery))


class AccountBell:
    """Keeps the promise of `ports.doorbell.Doorbell` for accounts that may have replies, or
    figures."""

    def __init__(self, broker: Broker[AccountId]) -> None:
        self._broker = broker

    def account_may_have_replies(self, account: AccountId) -> None:
        self._broker.hand_over(account)

    def account_may_have_figures(self, account: AccountId) -> None:
        self._broker.hand_over(account)


class AnswerBell:
    """Keeps the promise of `ports.doorbell.Doorbell` for answers."""

    def __init__(self, broker: Broker[tuple[AccountId, AnswerId]]) -> None:
        self._broker = broker

    def answers_are_due(self, account: AccountId, ids: Sequence[AnswerId]) -> None:
        for answer in ids:
            self._broker.hand_over((account, answer))
