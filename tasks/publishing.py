"""Jobs that bring posts out."""

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


@app.task(name=Task.TICK.value, base=TongbuTask)
def tick() -> None:
    """Find what is due and ring for it; tell journals what platforms reported.

    In this order: one report that cannot be applied must not keep every account's posts.
    """
    ring_due(storage=house().storage, doorbell=house().doorbell)
    house().heartbeats.beat(TICK)
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
