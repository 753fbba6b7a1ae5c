"""Searching for what may have been posted, and seeing what was."""

import html
from collections.abc import Mapping
from datetime import datetime

from bot.domain.errors import Explanation, NotPermitted, TargetGone
from bot.domain.publishing.journal import Outcome
from bot.domain.text import compact
from bot.platforms.transport import send
from bot.platforms.weibo.addresses import PUBLIC_BASE, public_base
from bot.platforms.weibo.client import timeline
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Session
from bot.platforms.weibo.errors import DUPLICATE
from bot.platforms.weibo.matching import CLOCK_SLACK, matching, says, telling_words
from bot.platforms.weibo.publishing import SENT_AT, post_evidence
from bot.ports.platform import LookResult, StepOrder, StepResult


def look_for_post(session: Session, order: StepOrder) -> LookResult:
    """Search the newest five posts for a `share` or `update` that may have gone out.

    ABSENT only when they reach back past the start. Never when the platform called it a
    duplicate: then something alike is there, and a person has to look at it.
    """
    newest = timeline.own_timeline(session)
    found = matching(newest.statuses, order.content.text, since=order.started_at)
    if found is not None:
        return LookResult(Outcome.FOUND, post_evidence(order.access.account, found))
    alike = _earlier_post(newest, order)
    if DUPLICATE in order.evidence or alike:
        # An older post that says the same may be ours all the same: our clock may have jumped.
        return LookResult(Outcome.UNCLEAR, alike)
    reaches_back = any(s.created_at < order.started_at - CLOCK_SLACK for s in newest.statuses)
    is_proven = reaches_back or newest.is_whole
    return LookResult(Outcome.ABSENT if is_proven else Outcome.UNCLEAR)


def look_for_article(session: Session, order: StepOrder) -> LookResult:
    """Search for the companion post; nothing lists articles, so absence stays unclear."""
    newest = timeline.own_timeline(session)
    found = matching(newest.statuses, order.content.text, since=order.started_at)
    if found is None:
        return LookResult(Outcome.UNCLEAR)
    evidence = post_evidence(order.access.account, found)
    if "article_url" not in evidence:
        evidence["partial"] = "the companion post is there, the article's address is not known"
    return LookResult(Outcome.FOUND, evidence)


def see_live(session: Session, order: StepOrder) -> StepResult:
    """Read the post as others do. PENDING until it is there.

    The account option `public_base` adds a read of the public page; on the real platform that
    page asks for a login, so by default the platform's own answer has to do.

    Raises:
        NotPermitted: the app is unreviewed, so only its test accounts see the post.
    """
    status = _post_now(session, order)
    if status is None or not status.is_shown:
        return StepResult(Outcome.PENDING)
    if status.is_for_testers_only:
        raise NotPermitted("the app is not reviewed", explanation=_UNREVIEWED_APP)
    account = order.access.account
    evidence = post_evidence(account, status)
    is_page_checked = public_base(account) != PUBLIC_BASE
    if is_page_checked and not _public_page_shows(session, evidence["urls"], order):
        return StepResult(Outcome.PENDING)
    how = "public page" if is_page_checked else "platform's answer"
    return StepResult(Outcome.DONE, _news(order.evidence, evidence) | {"seen": how})


def _post_now(session: Session, order: StepOrder) -> Status | None:
    mid = order.evidence.get("platform_post_id")
    if not mid:
        since = datetime.fromisoformat(order.evidence.get(SENT_AT, order.started_at.isoformat()))
        return matching(timeline.own_timeline(session).statuses, order.content.text, since=since)
    try:
        return timeline.show(session, mid)
    except TargetGone:
        return None
    except NotPermitted:
        newest = timeline.own_timeline(session).statuses
        return next((status for status in newest if status.id == mid), None)


def _public_page_shows(session: Session, urls: str, order: StepOrder) -> bool:
    """The post's own page comes last among its addresses."""
    url = urls.rsplit("\n", maxsplit=1)[-1]
    if not url:
        return False
    request = session.link.http.build_request("GET", url)
    answer = send(
        session.link.http, request, deadline_seconds=session.deadline.remaining, writes=False
    )
    page = compact(html.unescape(answer.body.decode("utf-8", "replace")))
    return answer.status == 200 and telling_words(order.content.text) in page


def _news(known: Mapping[str, str], learnt: Mapping[str, str]) -> dict[str, str]:
    """What was not known before; addresses of both."""
    urls = [*known.get("urls", "").split("\n"), *learnt.get("urls", "").split("\n")]
    fresh = {key: value for key, value in learnt.items() if known.get(key) != value}
    return {**fresh, "urls": "\n".join(dict.fromkeys(url for url in urls if url))}


def _earlier_post(newest: timeline.Timeline, order: StepOrder) -> dict[str, str]:
    """The address of an older post with the same text, for the person who has to decide."""
    alike = next((s for s in newest.statuses if says(s, order.content.text)), None)
    if alike is None:
        return {}
    return {"similar_url": post_evidence(order.access.account, alike).get("urls", "")}


_UNREVIEWED_APP = Explanation(
    cause="应用没有通过微博审核，这条微博只有测试账号能看到",
    next_step="请在微博开放平台提交应用审核，通过后重新发布",
    who="账号管理员",
)
