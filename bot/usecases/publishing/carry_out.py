"""Run one platform call outside any transaction and say what came of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import PlatformError
from bot.domain.publishing.deciding import failure_of, judge
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.publishing.route import Step
from bot.usecases.publishing.decide_step import StepTask
from bot.usecases.publishing.tools import PublishingTools


def carry_out(task: StepTask, tools: PublishingTools) -> Entry:
    """The finished journal entry of `task`. Only platform errors are caught; bugs are seen."""
    adapter = tools.adapter(task.order.access.account)
    began = tools.monotonic()
    try:
        if task.entry.act is Act.LOOK:
            result = adapter.look_for(task.step, task.order)
            outcome, evidence = result.outcome, result.evidence
        else:
            done = adapter.perform(task.step, task.order)
            outcome, evidence = done.outcome, done.evidence
    except PlatformError as error:
        return _failed(task, error, _after(task, tools.monotonic() - began), tools)
    at = _after(task, tools.monotonic() - began)
    retry_at = at + _pause(task.step, task.attempt) if outcome is Outcome.PENDING else None
    return replace(
        task.entry, outcome=outcome, finished_at=at, evidence=dict(evidence), retry_at=retry_at
    )


def _after(task: StepTask, seconds: float) -> datetime:
    """Now, on the database's clock: its reading at the start plus what the call took."""
    return task.entry.started_at + timedelta(seconds=seconds)


def _failed(task: StepTask, error: PlatformError, at: datetime, tools: PublishingTools) -> Entry:
    if task.entry.act is Act.LOOK:
        return replace(
            task.entry, outcome=Outcome.UNCLEAR, finished_at=at, failure=failure_of(error)
        )
    verdict = judge(error, attempt=task.attempt, now=at, jitter=tools.jitter())
    return replace(
        task.entry,
        outcome=verdict.outcome,
        finished_at=at,
        retry_at=verdict.retry_at,
        evidence=dict(error.evidence),
        failure=None if verdict.outcome is Outcome.DONE else failure_of(error),
    )


def _pause(step: Step, attempt: int) -> timedelta:
    return timedelta(seconds=step.polls_seconds[min(attempt, len(step.polls_seconds)) - 1])
