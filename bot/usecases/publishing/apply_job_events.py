"""What the platform told us of its publish jobs becomes evidence in the right journals."""

from datetime import timedelta

from bot.domain.ids import DeliveryId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import HINTED_URLS, Act, Entry, Failure, Journal, Outcome
from bot.domain.publishing.route import StepRole
from bot.domain.replies.reply import JobReport, Reply
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.tools import PublishingTools

UNCLAIMED_FOR = timedelta(minutes=30)
"""An event may come before the answer that names its job is written down; after this it is
somebody else's job (published by hand in the platform's console)."""


def apply_job_events(tools: PublishingTools) -> int:
    """Apply every job event that names a delivery of ours; returns how many were applied."""
    applied = 0
    with tools.storage.begin() as uow:
        for reply in uow.replies.unhandled_jobs():
            job = reply.incoming.job
            delivery_id = _delivery_of(uow, reply)
            if job is not None and delivery_id is not None:
                _tell(uow, delivery_id, reply, job, tools)
                applied += 1
            elif job is not None and job.succeeded:
                _let_waiting_look(uow, reply)
            if delivery_id is not None or uow.now() - reply.received_at > UNCLAIMED_FOR:
                uow.replies.mark_applied([reply.id])
        uow.commit()
    return applied


def _let_waiting_look(uow: UnitOfWork, reply: Reply) -> None:
    """Somebody published in the platform's console, perhaps one of our drafts: those who wait
    for that look at once. Looking, not the event, says which it was."""
    waiting = uow.deliveries.standing(reply.incoming.account, DeliveryState.AWAITING_PERSON)
    for delivery_id in waiting:
        journal = uow.deliveries.get(delivery_id).journal
        if any(e.act is Act.EVENT and e.key == reply.id for e in journal.entries):
            continue
        uow.deliveries.append_evidence(delivery_id, _hint(journal, reply))
        uow.deliveries.wake([delivery_id])


def _hint(journal: Journal, reply: Reply) -> Entry:
    """Keyed by the event, so that it makes each delivery look once."""
    before = journal.evidence.get(HINTED_URLS, "")
    urls = "\n".join(reply.incoming.job.urls) if reply.incoming.job else ""
    known = "\n\n".join(part for part in (before, urls) if part)
    return Entry(
        seq=0,
        step=journal.entries[-1].step,
        act=Act.EVENT,
        started_at=reply.received_at,
        deadline_at=reply.received_at,
        key=reply.id,
        finished_at=reply.received_at,
        outcome=Outcome.PENDING,
        evidence={HINTED_URLS: known} if known else {},
    )


def _delivery_of(uow: UnitOfWork, reply: Reply) -> DeliveryId | None:
    job = reply.incoming.job
    job_id = job.job_ids.get("job_id", "") if job else ""
    return uow.deliveries.by_job(reply.incoming.account, job_id) if job_id else None


def _tell(
    uow: UnitOfWork,
    delivery_id: DeliveryId,
    reply: Reply,
    job: JobReport,
    tools: PublishingTools,
) -> None:
    account = uow.accounts.get(reply.incoming.account)
    route = tools.adapter(account).route(account)
    confirm = next((s for s in route.steps if s.role is StepRole.CONFIRM), None)
    if confirm is None:
        return
    uow.deliveries.append_evidence(delivery_id, _entry(confirm.name, reply, job))
    uow.deliveries.wake([delivery_id])


def _entry(step: str, reply: Reply, job: JobReport) -> Entry:
    evidence = dict(job.evidence or {})
    if job.urls:
        evidence["urls"] = "\n".join(job.urls)
    return Entry(
        seq=0,
        step=step,
        act=Act.EVENT,
        started_at=reply.received_at,
        deadline_at=reply.received_at,
        finished_at=reply.received_at,
        outcome=Outcome.DONE if job.succeeded else Outcome.REFUSED,
        evidence=evidence,
        failure=None if job.succeeded else _failure(job),
    )


def _failure(job: JobReport) -> Failure:
    """The event's own explanation where the adapter found one."""
    told = job.evidence or {}
    return Failure(
        error="ContentRejected",
        code=job.status,
        message=job.status,
        cause=told.get("cause") or f"平台受理后没有发布成功（平台状态：{job.status}）",
        next_step=told.get("next_step") or "请到平台后台查看原因，修改后重新提交",
        who=told.get("who") or "编辑",
    )
