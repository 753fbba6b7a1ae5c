"""The database boundary: transactions that are cut before or after their commit."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, Self

from bot.domain.ids import DeliveryId
from bot.domain.publishing.delivery import Delivery
from bot.ports.storage import Storage, StorageUnavailable, UnitOfWork
from tests.fakes.wrapped import WrappedUnitOfWork
from tests.proof.faults import INTERRUPTIONS, Fault, Kind
from tests.proof.guide import Guide, Process, current

CALLBACKS = "callbacks"
WORKER = "worker"
BUSY_SECONDS = 10.0


class Site(Protocol):
    """What a boundary needs of the day around it."""

    guide: Guide
    lease_holders: dict[DeliveryId, Process]
    wrongs: list[str]

    def interrupt(self, fault: Fault) -> None:
        """Let happen what happens while the current process does nothing."""
        ...

    def pass_seconds(self, seconds: float) -> None:
        """Let time go by."""
        ...

    def lease_and_die(self, delivery: DeliveryId) -> None:
        """Another worker leases the delivery, and is gone."""
        ...


class CutStorage:
    """Keeps the promises of `ports.storage.Storage`, as far as the faults of the day allow."""

    def __init__(self, storage: Storage, site: Site) -> None:
        self._storage, self._site = storage, site

    def begin(self) -> UnitOfWork:
        """A unit of work that may be cut."""
        return _CutUnitOfWork(self._storage.begin(), self._site)  # type: ignore[return-value]

    def look(self) -> UnitOfWork:
        """One that only reads; it may be cut where it begins."""
        return _CutUnitOfWork(self._storage.look(), self._site)  # type: ignore[return-value]


class _CutUnitOfWork(WrappedUnitOfWork):
    def __init__(self, uow: UnitOfWork, site: Site) -> None:
        super().__init__(uow)
        self._site = site
        self._fault: Fault | None = None
        self._dead_hand: DeliveryId | None = None
        self.deliveries = _WatchedDeliveries(uow, self)
        self.leased: list[DeliveryId] = []
        self.saved: list[Delivery] = []

    def __enter__(self) -> Self:
        me = current()
        me.require_life()
        fault = self._site.guide.reach(Kind.BEGIN, me.name)
        if fault is Fault.KILLED_BEFORE:
            me.die("before a transaction")
        if fault is Fault.DATABASE_LOCKED:
            self._site.pass_seconds(BUSY_SECONDS)
            raise StorageUnavailable("the database is locked")
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._dead_hand is not None:
            self._site.lease_and_die(self._dead_hand)
        if kind is None and self._fault in INTERRUPTIONS:
            self._site.interrupt(self._fault)

    def commit(self) -> None:
        me = current()
        me.require_life()
        where = Kind.STORE if me.name == CALLBACKS else Kind.COMMIT
        self._fault = fault = self._site.guide.reach(where, me.name)
        _cut_before(fault, me)
        self._uow.commit()
        self._bear_witness(me)
        _cut_after(fault, me)

    def refuse_lease(self, delivery: DeliveryId) -> bool:
        """Whether somebody else has leased it first, who will be dead at once."""
        fault = self._site.guide.reach(Kind.LEASE, current().name)
        if fault is Fault.LEASED_BY_THE_DEAD:
            self._dead_hand = delivery
        return fault is Fault.LEASED_BY_THE_DEAD

    def _bear_witness(self, me: Process) -> None:
        """Only who holds the lease may write a delivery; the journal takes evidence from all."""
        holders = self._site.lease_holders
        holders.update(dict.fromkeys(self.leased, me))
        for delivery in self.saved:
            if me.name == WORKER and holders.get(delivery.id) is not me:
                self._site.wrongs.append(f"{delivery.id} was written without its lease")


class _WatchedDeliveries:
    def __init__(self, uow: UnitOfWork, cut: _CutUnitOfWork) -> None:
        self._uow, self._cut = uow, cut

    def __getattr__(self, name: str) -> object:
        return getattr(self._uow.deliveries, name)

    def lease(self, delivery: DeliveryId, *, seconds: float) -> bool:
        if self._cut.refuse_lease(delivery):
            return False
        has_leased = self._uow.deliveries.lease(delivery, seconds=seconds)
        if has_leased:
            self._cut.leased.append(delivery)
        return has_leased

    def save(self, delivery: Delivery, *, entries: Any = ()) -> None:
        self._uow.deliveries.save(delivery, entries=entries)
        self._cut.saved.append(delivery)


class CutLedger:
    """A store whose every call is a transaction of its own: tokens, budgets, uploads."""

    READS = frozenset({"get", "remaining"})

    def __init__(self, inner: object, site: Site) -> None:
        self._inner, self._site = inner, site

    def __getattr__(self, name: str) -> Callable[..., object]:
        method: Callable[..., object] = getattr(self._inner, name)
        cut = self._read if name in self.READS else self._write

        def called(*args: object, **more: object) -> object:
            return cut(name, lambda: method(*args, **more))

        return called

    def _read(self, name: str, run: Callable[[], object]) -> object:
        current().require_life()
        if self._site.guide.reach(Kind.READ, name) is Fault.DATABASE_LOCKED:
            raise StorageUnavailable("the database is locked")
        return run()

    def _write(self, name: str, run: Callable[[], object]) -> object:
        me = current()
        me.require_life()
        fault = self._site.guide.reach(Kind.LEDGER, name)
        _cut_before(fault, me)
        result = run()
        _cut_after(fault, me)
        return result


def _cut_before(fault: Fault | None, me: Process) -> None:
    if fault is Fault.KILLED_BEFORE:
        me.die("before a commit")
    if fault is Fault.DATABASE_GONE:
        raise StorageUnavailable("the database is gone")


def _cut_after(fault: Fault | None, me: Process) -> None:
    if fault is Fault.KILLED_AFTER:
        me.die("after a commit")
    if fault is Fault.COMMIT_UNSURE:
        raise StorageUnavailable("the database is gone, and nobody knows whether it committed")
