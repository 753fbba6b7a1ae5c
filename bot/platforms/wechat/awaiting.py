"""Waiting for a person: a draft is published, edited or deleted in the platform's console."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.errors import (
    Explanation,
    NotAsApproved,
    NotPermitted,
    PlatformError,
    TargetGone,
)
from bot.domain.publishing.journal import HINTED_URLS, Outcome
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import drafts, publishing
from bot.platforms.wechat.comparing import (
    Difference,
    changed_draft,
    differences,
    mark_of,
    sentence_of,
)
from bot.platforms.wechat.desk import Desk, articles_of, moment
from bot.platforms.wechat.looking import evidence_of, listed_as_ours, show_our_titles
from bot.ports.platform import StepOrder, StepResult

GONE_IS_GONE = timedelta(minutes=10)
"""A draft leaves the box before its article is listed; only later is its absence a statement."""


def await_person(desk: Desk, order: StepOrder) -> StepResult:
    """Whether somebody has published the draft in the platform's console.

    Raises:
        ContentRejected: the draft was changed; told once for each change.
        NotAsApproved: it is public, with a change nobody was told of.
        TargetGone: it is gone, and nothing that is public is ours.
        NotPermitted: it is gone, and the account may not list what is published.
    """
    try:
        now_there = drafts.get_draft(desk.session, order.evidence[evidence.DRAFT_ID])
    except TargetGone:
        return _after_it_is_gone(desk, order)
    changes = differences(articles_of(order), now_there)
    if changes and not _was_told(order, changes):
        raise changed_draft(changes)
    return StepResult(Outcome.PENDING)


def _after_it_is_gone(desk: Desk, order: StepOrder) -> StepResult:
    try:
        found = listed_as_ours(desk, order) or listed_as_ours(desk, order, retitled=True)
    except NotPermitted as refused:
        told = _told_by_event(desk, order)
        if told is None:
            raise _cannot_know(refused) from refused
        return told
    if found is not None:
        return _published(desk, order, found)
    return _told_by_event(desk, order) or _missing(desk, order)


def _published(desk: Desk, order: StepOrder, found: publishing.Published) -> StepResult:
    """Done, if the public reads what was approved, or what a person was told of and accepted."""
    try:
        articles = publishing.get_articles(desk.session, found.article_id)
    except PlatformError as error:
        not_compared = {"not_compared": error.code or type(error).__name__}
        return StepResult(Outcome.DONE, evidence_of(found) | not_compared)
    changes = differences(articles_of(order), articles)
    if changes and not _was_told(order, changes):
        raise _changed_and_public(changes, found)
    return StepResult(Outcome.DONE, evidence_of(found))


def _told_by_event(desk: Desk, order: StepOrder) -> StepResult | None:
    """What was mass-sent by hand is in no list, but its event names the addresses."""
    for bundle in order.evidence.get(HINTED_URLS, "").split("\n\n"):
        urls = [url for url in bundle.split("\n") if url]
        is_as_long = len(urls) == len(order.content.articles)
        if is_as_long and show_our_titles(desk, order, urls):
            learnt = {evidence.URLS: "\n".join(urls), "found_in": "event"}
            return StepResult(Outcome.DONE, learnt)
    return None


def _missing(desk: Desk, order: StepOrder) -> StepResult:
    now = desk.clock.now()
    gone_at = moment(order.evidence, evidence.DRAFT_GONE_AT)
    if gone_at is None:
        return StepResult(Outcome.PENDING, {evidence.DRAFT_GONE_AT: now.isoformat()})
    if now - gone_at < GONE_IS_GONE:
        return StepResult(Outcome.PENDING)
    raise _deleted()


def _was_told(order: StepOrder, changes: Sequence[Difference]) -> bool:
    return mark_of(changes) == order.evidence.get(evidence.DRAFT_DIFFERENCE)


def _changed_and_public(
    changes: Sequence[Difference], found: publishing.Published
) -> NotAsApproved:
    return NotAsApproved(
        "what was published by hand is not what was approved",
        code="published_changed",
        explanation=Explanation(
            f"有人在平台后台改动后发布。{sentence_of(changes)}。文章链接：{'、'.join(found.urls)}",
            "认可改动请登记文章链接；不认可请先到平台后台删除文章，再选择“重新发布”",
            "编辑",
        ),
        evidence={evidence.DRAFT_DIFFERENCE: mark_of(changes)},
    )


def _deleted() -> TargetGone:
    return TargetGone(
        "the draft is gone and no published article is ours",
        code="draft_deleted",
        explanation=Explanation(
            "草稿箱里没有这篇草稿了，发表记录里也没有找到原文链接相同的文章，可能已被删除",
            "请到平台后台查看：已发出（包括群发）请登记文章链接；没有发出请选择“重新发布”",
            "编辑",
        ),
    )


def _cannot_know(refused: NotPermitted) -> NotPermitted:
    return NotPermitted(
        "the draft is gone; this account may not list published articles",
        refused.code,
        refused.detail,
        Explanation(
            "草稿已不在草稿箱，可能已经发布；本账号没有查询发表记录的接口权限",
            "请到平台后台查看：已发布请登记文章链接，未发布请选择“重新发布”",
            "编辑",
        ),
        refused.evidence,
    )
