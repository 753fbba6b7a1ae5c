"""Looking: for an effect nobody confirmed, for a person's doing, and as a reader would."""

import html
from datetime import datetime, timedelta

from bot.domain.errors import (
    Explanation,
    NotPermitted,
    NotSent,
    PlatformUnavailable,
    TargetGone,
)
from bot.domain.publishing.journal import Outcome
from bot.domain.text import compact
from bot.platforms.transport import send
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import drafts, mass, publishing
from bot.platforms.wechat.client.hosts import readers_address
from bot.platforms.wechat.comparing import changed_draft, differences, mark_of
from bot.platforms.wechat.desk import Desk, articles_of, moment
from bot.ports.platform import LookResult, StepOrder, StepResult

CLOCKS_DIFFER = timedelta(minutes=5)
GONE_IS_GONE = timedelta(minutes=10)
"""A draft leaves the box before its article is listed; only later is its absence a statement."""


def look_for_submit(desk: Desk, order: StepOrder) -> LookResult:
    """The published article with our titles and source links, if it is listed.

    Not finding it proves nothing: the job may still run, the draft may have been deleted.
    """
    found = _published(desk, order)
    if found is not None:
        return LookResult(Outcome.FOUND, _as_evidence(found))
    return LookResult(Outcome.UNCLEAR, {"draft": _draft_state(desk, order)})


def look_for_send(desk: Desk, order: StepOrder) -> LookResult:
    """The mass job, if its id was ever learnt. Looking never sends, not even with the key."""
    msg_id = order.evidence.get(evidence.MSG_ID, "")
    if not msg_id:
        return LookResult(Outcome.UNCLEAR, {"draft": _draft_state(desk, order)})
    status = mass.get_status(desk.session, msg_id)
    learnt = {evidence.JOB_ID: evidence.mass_job(msg_id), "mass_status": status}
    return LookResult(Outcome.FOUND, learnt)


def await_person(desk: Desk, order: StepOrder) -> StepResult:
    """Whether somebody has published the draft in the platform's console.

    Raises:
        ContentRejected: the draft was changed; told once for each change.
        TargetGone: it is gone, and no published article is ours.
        NotPermitted: it is gone, and the account may not list what is published.
    """
    try:
        now_there = drafts.get_draft(desk.session, order.evidence[evidence.DRAFT_ID])
    except TargetGone:
        return _after_it_is_gone(desk, order)
    changes = differences(articles_of(order), now_there)
    if changes and mark_of(changes) != order.evidence.get(evidence.DRAFT_DIFFERENCE):
        raise changed_draft(changes)
    return StepResult(Outcome.PENDING)


def see_live(desk: Desk, order: StepOrder) -> StepResult:
    """Every address answers as it would to a reader, and shows its article's title."""
    urls = [url for url in order.evidence.get(evidence.URLS, "").split("\n") if url]
    if not urls:
        return StepResult(Outcome.DONE, {"seen": "no address given by the platform"})
    titles = [compact(article.title) for article in order.content.articles]
    for number, url in enumerate(urls):
        wanted = titles[number : number + 1] if len(urls) == len(titles) else titles
        if not _shows(desk, readers_address(url), wanted):
            return StepResult(Outcome.PENDING)
    return StepResult(Outcome.DONE, {"seen": f"{len(urls)} addresses show their titles"})


def _shows(desk: Desk, url: str, titles: list[str]) -> bool:
    request = desk.http.build_request("GET", url)
    try:
        seconds = desk.deadline.remaining
        page = send(desk.http, request, deadline_seconds=seconds, writes=False)
    except (NotSent, PlatformUnavailable):
        return False
    text = compact(html.unescape(page.body.decode("utf-8", "replace")))
    return page.status == 200 and any(title in text for title in titles)


def _after_it_is_gone(desk: Desk, order: StepOrder) -> StepResult:
    try:
        found = _published(desk, order)
    except NotPermitted as refused:
        raise _cannot_know(refused) from refused
    if found is not None:
        return StepResult(Outcome.DONE, _as_evidence(found))
    now = desk.clock.now()
    gone_at = moment(order.evidence, evidence.DRAFT_GONE_AT)
    if gone_at is None:
        return StepResult(Outcome.PENDING, {evidence.DRAFT_GONE_AT: now.isoformat()})
    if now - gone_at < GONE_IS_GONE:
        return StepResult(Outcome.PENDING)
    raise _deleted()


def _published(desk: Desk, order: StepOrder) -> publishing.Published | None:
    titles = [compact(article.title) for article in order.content.articles]
    sources = [article.source_url for article in order.content.articles]
    for entry in publishing.newest_published(desk.session, since=_since(order)):
        same_titles = [compact(title) for title in entry.titles] == titles
        if same_titles and list(entry.source_urls) == sources:
            return entry
    return None


def _since(order: StepOrder) -> datetime:
    """Our article cannot be older than our draft."""
    added = moment(order.evidence, evidence.DRAFT_ADDED_AT)
    return (added or order.started_at) - CLOCKS_DIFFER


def _draft_state(desk: Desk, order: StepOrder) -> str:
    try:
        drafts.get_draft(desk.session, order.evidence[evidence.DRAFT_ID])
    except TargetGone:
        return "gone from the draft box"
    return "still in the draft box"


def _as_evidence(found: publishing.Published) -> dict[str, str]:
    return {
        evidence.ARTICLE_ID: found.article_id,
        evidence.POST_ID: found.article_id,
        evidence.URLS: "\n".join(found.urls),
        "found_in": "freepublish/batchget",
        "listed_at": found.updated_at.isoformat(),
    }


def _deleted() -> TargetGone:
    return TargetGone(
        "the draft is gone and no published article is ours",
        code="draft_deleted",
        explanation=Explanation(
            "草稿已被删除：草稿箱里没有了，发表记录里也没有找到标题和原文链接相同的文章",
            "若已改了标题发布，或以群发方式发出，请登记文章链接；否则请选择“重新发布”",
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
