"""Four bugs that others have had, planted at the seams: a proof worth its time finds each."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.callbacks.grouping import NotStored
from bot.domain.accounts.account import AccountAccess, PlatformName
from bot.domain.errors import NotSent, OutcomeUnknown
from bot.domain.ids import DeliveryId
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.route import Step
from bot.domain.replies.reply import Reply
from bot.ports.correspondence import Correspondent, Letter
from bot.ports.platform import PlatformAdapter, StepOrder, StepResult
from bot.ports.storage import Storage, UnitOfWork
from tests.fakes.wrapped import WrappedUnitOfWork
from tests.integration.publishing.killing import Killed
from tests.proof.doorway import InlineWriter


@dataclass(frozen=True)
class ResendingAdapter:
    """Takes a time-out for a failure: what got no answer was not sent, so send it again."""

    inner: PlatformAdapter

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    @property
    def platform(self) -> PlatformName:
        return self.inner.platform

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        try:
            return self.inner.perform(step, order)
        except OutcomeUnknown as error:
            raise NotSent(error.message) from error


@dataclass(frozen=True)
class ResendingCorrespondent:
    """The same for what a follower is answered."""

    inner: Correspondent

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def send(self, access: AccountAccess, letter: Letter, *, seconds: float) -> None:
        try:
            self.inner.send(access, letter, seconds=seconds)
        except OutcomeUnknown as error:
            raise NotSent(error.message) from error


class HastyWriter(InlineWriter):
    """Answers the platform before the row is committed; the commit may fail, or never come."""

    async def store(self, reply: Reply) -> Reply:
        self._late = asyncio.ensure_future(self._store_late(reply))
        return reply

    async def _store_late(self, reply: Reply) -> None:
        with suppress(NotStored, Killed):
            await super().store(reply)


class LeaselessStorage:
    """Leases have no token: whoever slept past the lease goes on as if it were still theirs."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def begin(self) -> UnitOfWork:
        return _Leaseless(self._storage.begin())  # type: ignore[return-value]


class _Leaseless(WrappedUnitOfWork):
    @property
    def deliveries(self) -> "_TokenlessDeliveries":
        return _TokenlessDeliveries(self._uow)


class _TokenlessDeliveries:
    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow.deliveries, name)

    def circumstances(self, delivery: DeliveryId) -> Circumstances:
        here = self._uow.deliveries.circumstances(delivery)
        return replace(here, delivery=replace(here.delivery, lease_token=None))
