"""Advance one delivery: lease it, then step by step commit, call, commit, until it must wait."""

from dataclasses import replace

from bot.domain.ids import DeliveryId
from bot.domain.publishing.journal import SUCCESS, Act, Entry, Outcome
from bot.ports.step_log import StepTaken
from bot.ports.storage import LeaseLost
from bot.usecases.publishing.carry_out import carry_out
from bot.usecases.publishing.decide_step import StepTask, decide_step
from bot.usecases.publishing.tools import PublishingTools

FIRST_LEASE_SECONDS = 30.0


def advance_delivery(delivery_id: DeliveryId, tools: PublishingTools) -> None:
    """Do everything that can be done for this delivery now.

    Nothing happens when another worker holds its lease or nothing is due. Each platform call
    runs without an open transaction; the transaction that records its outcome also commits the
    start of the next call.
    """
    task = _begin(delivery_id, tools)
    while task is not None:
        finished = carry_out(task, tools)
        tools.log.step_taken(_told(task, finished))
        task = _record(task, finished, tools)


def _begin(delivery_id: DeliveryId, tools: PublishingTools) -> StepTask | None:
    with tools.storage.begin() as uow:
        if not uow.deliveries.lease(delivery_id, seconds=FIRST_LEASE_SECONDS):
            return None
        here = uow.deliveries.circumstances(delivery_id)
        task = decide_step(uow, here, finished=None, tools=tools)
        uow.commit()
    return task


def _record(task: StepTask, finished: Entry, tools: PublishingTools) -> StepTask | None:
    try:
        with tools.storage.begin() as uow:
            here = uow.deliveries.circumstances(task.delivery.id)
            if here.delivery.lease_token != task.delivery.lease_token:
                raise LeaseLost
            following = decide_step(uow, here, finished=finished, tools=tools)
            uow.commit()
    except LeaseLost:
        _keep_as_evidence(task, finished, tools)
        return None
    return following


def _told(task: StepTask, finished: Entry) -> StepTaken:
    ended, failure = finished.finished_at or finished.started_at, finished.failure
    return StepTaken(
        post=task.delivery.post,
        account=task.delivery.account,
        delivery=task.delivery.id,
        step=task.step.name,
        act=finished.act.value,
        attempt=task.attempt,
        outcome=finished.outcome.value if finished.outcome else "",
        seconds=round((ended - finished.started_at).total_seconds(), 3),
        error=failure.error if failure else "",
        code=failure.code if failure else "",
    )


def _keep_as_evidence(task: StepTask, finished: Entry, tools: PublishingTools) -> None:
    """Who lost the lease may still say what came of the call; it never counts as a new try."""
    outcome = finished.outcome if finished.outcome in SUCCESS else Outcome.UNCLEAR
    with tools.storage.begin() as uow:
        uow.deliveries.append_evidence(
            task.delivery.id, replace(finished, act=Act.EVENT, outcome=outcome)
        )
        uow.commit()
