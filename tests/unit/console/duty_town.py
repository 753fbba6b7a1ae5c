"""What the officer on duty meets: a post in doubt, an outage, a silence, an emergency."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import (
    AccountId,
    DeliveryId,
    OutageId,
    PostId,
    QuietPeriodId,
    ReleaseId,
    RolloutId,
)
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import PostKind, PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QuietPeriod
from bot.ports.storage import UnitOfWork
from bot.storage.database import Database
from tests import factories as make

DOUBT = (
    "不能确定稿件是否已经发出：发送时连接中断。系统多次查找没有结论，不会自动重发。请到平台后台查看"
)
TITLE = "云岭市关于做好冬季供暖有关工作的通知"
WARNING = "云岭市气象台发布暴雨红色预警信号"


def on_duty(database: Database) -> None:
    """Beside the town's other posts."""
    with database.begin() as uow:
        _doubt(uow)
        _kept(uow)
        _emergency(uow)
        uow.outages.add(Outage(OutageId("out_1"), make.after(-900), make.after(120)))
        uow.commit()


def _doubt(uow: UnitOfWork) -> None:
    """Sent without an answer, searched for twice, held; due in the outage."""
    draft = Draft(DraftContent((Article(TITLE, "<p>正文</p>"),), marker="m9"))
    post = make.post(
        id=PostId("pst_9"), account=AccountId("acc_2"), draft=draft, due_at=make.after(-600)
    )
    uow.posts.add(post)
    failure = Failure("OutcomeUnknown", cause="发送时连接中断")
    waiting = make.delivery(
        id=DeliveryId("dlv_9"),
        post=post.id,
        account=post.account,
        content_hash=draft.content.hash,
        due_at=make.after(-600),
    )
    uow.deliveries.add(waiting)
    uow.outages.add(Outage(OutageId("out_0"), make.after(-1200), make.after(-300)))
    tried = (
        _entry(1, "prepare", Act.CALL, Outcome.DONE),
        replace(_entry(2, "accept", Act.CALL, Outcome.UNKNOWN), failure=failure),
        _entry(3, "accept", Act.LOOK, Outcome.UNCLEAR),
        _entry(4, "accept", Act.LOOK, Outcome.UNCLEAR),
    )
    held = replace(
        waiting,
        state=DeliveryState.HELD,
        next_at=None,
        hold_reason=DOUBT,
        journal=Journal(tried),
    )
    uow.deliveries.save(held, entries=tried)


def _entry(seq: int, step: str, act: Act, outcome: Outcome) -> Entry:
    at = make.after(-600 + 30 * seq)
    return Entry(seq, step, act, at, at + timedelta(seconds=10), outcome=outcome, finished_at=at)


def _kept(uow: UnitOfWork) -> None:
    """A silence that began an hour ago keeps a post of this minute."""
    since, until = make.after(-3600), make.after(6 * 3600)
    uow.quiet_periods.add(
        QuietPeriod(QuietPeriodId("qui_1"), None, "全国哀悼日", since, until, "wang", since)
    )
    uow.posts.add(make.post(id=PostId("pst_10"), account=AccountId("acc_1"), draft=make.draft()))
    uow.deliveries.add(
        make.delivery(
            id=DeliveryId("dlv_10"),
            post=PostId("pst_10"),
            next_at=until,
            hold_reason="静默期：全国哀悼日。期间不发布，稿件保留",
        )
    )


def _emergency(uow: UnitOfWork) -> None:
    """Approved by Wang 100 minutes ago, its two posts wait for a second person."""
    release = make.release(
        id=ReleaseId("rel_e"),
        source_key="e",
        content=make.content(title=WARNING, document_number=None),
        received_at=make.after(-6000),
        emergency_since=make.after(-6000),
    )
    uow.releases.add(release)
    rollout = make.rollout(id=RolloutId("rol_e"), release=release.id)
    uow.posts.add_rollout(rollout)
    for number, account in ((11, "acc_2"), (12, "acc_4")):
        uow.posts.add(
            make.post(
                id=PostId(f"pst_{number}"),
                rollout=rollout.id,
                release=release.id,
                account=AccountId(account),
                kind=PostKind.NOTICE,
                template="emergency",
                state=PostState.IN_REVIEW,
                submitted_by="tongbu",
                approved_hash=None,
                approved_by=None,
                emergency=True,
            )
        )
