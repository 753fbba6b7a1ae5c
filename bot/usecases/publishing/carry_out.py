"""Run one platform call outside any transaction and say what came of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import Explanation, NotSent, PlatformError
from bot.domain.publishing.deciding import failure_of, judge
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.publishing.route import Step
from bot.usecases.publishing.decide_step import StepTask
from bot.usecases.publishing.tools import PublishingTools

OVERSLEPT = Explanation(
    cause="系统停顿过久，请求没有发出",
    next_step="系统会自动重试；若持续出现，请检查服务器是否过载",
    who="系统管理员",
)


def carry_out(task: StepTask, tools: PublishingTools) -> Entry:
    """The finished journal entry of `task`. Only platform errors are caught; bugs are seen.

    A worker that slept since the step was decided calls nothing after the step's deadline: by
    then another may have looked, found nothing, and begun anew.
    """
    adapter = tools.adapter(task.order.access.account)
    try:
        step = _with_time_left(task, tools)
        if task.entry.act is Act.LOOK:
            result = adapter.look_for(step, task.order)
            outcome, evidence = result.outcome, result.evidence
        else:
            done = adapter.perform(step, task.order)
            outcome, evidence = done.outcome, done.evidence
    except PlatformError as error:
        return _failed(task, error, _now(task, tools), tools)
    at = _now(task, tools)
    retry_at = at + _pause(task.step, task.attempt) if outcome is Outcome.PENDING else None
    return replace(
        task.entry, outcome=outcome, finished_at=at, evidence=dict(evidence), retry_at=retry_at
    )


def _with_time_left(task: StepTask, tools: PublishingTools) -> Step:
    left = task.step.timeout_seconds - (tools.monotonic() - task.began)
    if left <= 0:
        raise NotSent(f"{task.step.name}: its deadline passed", explanation=OVERSLEPT)
    return replace(task.step, timeout_seconds=left)


def _now(task: StepTask, tools: PublishingTools) -> datetime:
    """Now, on the database's clock: its reading at the start plus what passed since."""
    return task.entry.started_at + timedelta(seconds=tools.monotonic() - task.began)


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
