"""Jobs that bring posts out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.domain.ids import AccountId, DeliveryId
from bot.jobs.names import Task
from bot.ports.heartbeats import TICK
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.apply_job_events import apply_job_events
from bot.usecases.publishing.ring_due import ring_due
from tasks.app import app
from tasks.base import TongbuTask, house

log = structlog.get_logger()
_applying = threading.Lock()


@contextmanager
def reports_are_applied() -> Iterator[bool]:
    """The turn to apply what platforms reported, of one thread at a time; False: it is taken."""
    is_our_turn = _applying.acquire(blocking=False)
    try:
        yield is_our_turn
    finally:
        if is_our_turn:
            _applying.release()


@app.task(name=Task.TICK.value, base=TongbuTask)
def tick() -> None:
    """Find what is due and ring for it; tell journals what platforms reported.

    In this order: one report that cannot be applied must not keep every account's posts. While
    one tick still applies reports, the others only ring.
    """
    ring_due(storage=house().storage, doorbell=house().doorbell)
    house().heartbeats.beat(TICK)
    with reports_are_applied() as is_our_turn:
        if is_our_turn:
            apply_job_events(house().publishing)


@app.task(name=Task.ADVANCE.value, base=TongbuTask)
def advance_deliveries(account: AccountId, ids: list[DeliveryId]) -> None:
    """Advance a chunk of one account's deliveries; each commits alone."""
    for delivery_id in ids:
        _advance(account, delivery_id)


def _advance(account: AccountId, delivery_id: DeliveryId) -> None:
    with structlog.contextvars.bound_contextvars(account=account, delivery=delivery_id):
        try:
            advance_delivery(delivery_id, house().publishing)
        except Exception:
            log.exception("delivery not advanced")
