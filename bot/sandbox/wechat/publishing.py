"""Publishing without push: freepublish jobs, their end, and what they leave for readers."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox.wechat import push
from bot.sandbox.wechat.accounts import Kind, Moment
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.drafts import cover_url, pictures_of
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import (
    Account,
    Article,
    CommentBook,
    Draft,
    Publication,
    PublishJob,
    World,
    fresh_id,
)
from bot.sandbox.wechat.uploads import page_of

OK = {"errcode": 0, "errmsg": "ok"}
IN_PROGRESS, SUCCESS, AUDIT_FAILED, OWNER_DELETED, BANNED = 1, 0, 4, 5, 6
# Only a failed originality check and a failed audit say which articles were meant.
NAMES_ARTICLES = frozenset({2, AUDIT_FAILED})


def submit(world: World, call: ApiCall) -> dict[str, Any]:
    """freepublish/submit: accepted is not published."""
    require_permission(call.account)
    draft = call.account.drafts.get(call.text("media_id", 41006))
    if draft is None:
        raise Refusal(40007)
    check_ready(call.account, draft)
    job = start(world, call.account, draft)
    switches = world.switches
    answer = {**OK, "publish_id": _spelt(job.publish_id, as_text=switches.publish_id_as_string)}
    if switches.submit_returns_msg_data_id:
        answer["msg_data_id"] = _spelt(job.msg_data_id, as_text=switches.msg_data_id_as_string)
    return answer


def get(world: World, call: ApiCall) -> dict[str, Any]:
    """freepublish/get."""
    require_permission(call.account)
    job = call.account.publish_jobs.get(call.number("publish_id"))
    if job is None:
        raise Refusal(40035)
    answer: dict[str, Any] = {
        "publish_id": str(job.publish_id),
        "publish_status": job_status(call.account, job),
        "fail_idx": list(job.failed),
    }
    publication = call.account.publications.get(job.article_id)
    if publication is not None:
        items = [
            {"idx": number, "article_url": article_url(world, link)}
            for number, link in enumerate(publication.links, start=1)
        ]
        answer["article_id"] = job.article_id
        answer["article_detail"] = {"count": len(items), "item": items}
    return answer


def delete(_: World, call: ApiCall) -> dict[str, Any]:
    """freepublish/delete: `index` is 1-based, 0 or absent means all."""
    require_permission(call.account)
    publication = published(call.account, call.text("article_id", 53600))
    index = call.number("index", 0)
    if not 0 <= index <= len(publication.articles):
        raise Refusal(53600)
    every = range(len(publication.articles))
    publication.deleted.update(every if index == 0 else [index - 1])
    return OK


def getarticle(world: World, call: ApiCall) -> dict[str, Any]:
    """freepublish/getarticle."""
    require_permission(call.account)
    publication = published(call.account, call.text("article_id", 53600))
    return {"news_item": shown(world, call.account, publication)}


def batchget(world: World, call: ApiCall) -> dict[str, Any]:
    """freepublish/batchget: what was published without notice, newest first."""
    require_permission(call.account)
    offset, count = page_of(call)
    blank = call.number("no_content", 0) == 1
    silent = [
        one
        for one in reversed(call.account.publications.values())
        if not one.is_pushed and not one.is_all_deleted
    ]
    items = [
        {
            "article_id": one.article_id,
            "content": {
                "news_item": shown(world, call.account, one, blank=blank),
                "create_time": one.published_at,
                "update_time": one.published_at,
            },
            "update_time": one.published_at,
        }
        for one in silent[offset : offset + count]
    ]
    return {"total_count": len(silent), "item_count": len(items), "item": items}


def start(world: World, account: Account, draft: Draft, *, by_console: bool = False) -> PublishJob:
    """Accept a draft; it is finished after the scenario's publish_seconds."""
    job = PublishJob(
        publish_id=world.next_number("publish_id"),
        msg_data_id=world.next_number("msg_data_id"),
        draft=draft,
        submitted_at=int(world.now()),
        by_console=by_console,
    )
    account.publish_jobs[job.publish_id] = job
    if world.switches.draft_removed_at is Moment.ACCEPT:
        account.drafts.pop(draft.media_id, None)
    world.stage.agenda.after(
        world.switches.publish_seconds,
        lambda: _finish(world, account, job),
        owner=account.spec.name,
    )
    return job


def publish_articles(
    world: World, account: Account, draft: Draft, msg_data_id: int, *, is_pushed: bool
) -> Publication:
    """Make a draft's articles visible to readers and take it out of the box."""
    account.drafts.pop(draft.media_id, None)
    publication = Publication(
        article_id=fresh_id("b5XyZ-", size=32),
        msg_data_id=msg_data_id,
        articles=[dict(one) for one in draft.articles],
        links=[secrets.token_urlsafe(16) for _ in draft.articles],
        published_at=int(world.now()),
        is_pushed=is_pushed,
        comments=[CommentBook(is_open=one["need_open_comment"] == 1) for one in draft.articles],
    )
    account.publications[publication.article_id] = publication
    account.numbered[msg_data_id] = publication
    for index, link in enumerate(publication.links):
        world.links[link] = (account, publication, index)
    return publication


def shown(
    world: World, account: Account, publication: Publication, *, blank: bool = False
) -> list[Article]:
    """Return published articles as the API shows them."""
    return [
        {
            **article,
            **({"content": ""} if blank else {}),
            "thumb_url": cover_url(account, article),
            "url": article_url(world, publication.links[index]),
            "show_cover_pic": 0,
            "is_deleted": index in publication.deleted or publication.is_banned,
        }
        for index, article in enumerate(publication.articles)
    ]


def article_url(world: World, link: str) -> str:
    """Return where a reader finds an article."""
    return f"{world.stage.public_base}/s/{link}"


def published(account: Account, article_id: str) -> Publication:
    """Return a publication.

    Raises:
        Refusal: 53600 when there is none.
    """
    if article_id not in account.publications:
        raise Refusal(53600)
    return account.publications[article_id]


def job_status(account: Account, job: PublishJob) -> int:
    """Return a job's publish_status as of now; a success may later become 5 or 6."""
    publication = account.publications.get(job.article_id)
    if publication is None:
        return job.status
    if publication.is_banned:
        return BANNED
    return OWNER_DELETED if publication.is_all_deleted else job.status


def require_permission(account: Account) -> None:
    """Let verified accounts and service accounts pass.

    Raises:
        Refusal: 48001 for others, as since July 2025.
    """
    if account.spec.kind is Kind.SUBSCRIPTION and not account.spec.verified:
        raise Refusal(48001)


def check_ready(account: Account, draft: Draft) -> None:
    """Let a draft pass that may go out.

    Raises:
        Refusal: the draft's own refusal, or 53503 when a cover or picture left the library.
    """
    if draft.refusal:
        raise Refusal(draft.refusal)
    for article in draft.articles:
        needed = pictures_of(article) or [article["thumb_media_id"]]
        if any(media_id not in account.library for media_id in needed):
            raise Refusal(53503)


def audit_failures(world: World, draft: Draft) -> tuple[int, ...]:
    """Return the 1-based numbers of articles that hold one of the scenario's audit_words."""
    words = world.switches.audit_words
    texts = [one["title"] + one["content"] for one in draft.articles]
    return tuple(
        number for number, text in enumerate(texts, start=1) if any(word in text for word in words)
    )


def _finish(world: World, account: Account, job: PublishJob) -> None:
    job.failed = audit_failures(world, job.draft)
    job.status = AUDIT_FAILED if job.failed else _scripted_status(world, account)
    if job.status == IN_PROGRESS:
        return
    if job.status == SUCCESS:
        publication = publish_articles(world, account, job.draft, job.msg_data_id, is_pushed=False)
        job.article_id = publication.article_id
    else:
        # A job that fails leaves its draft in the box.
        account.drafts.setdefault(job.draft.media_id, job.draft)
        if job.status in NAMES_ARTICLES:
            job.failed = job.failed or tuple(range(1, len(job.draft.articles) + 1))
    if not job.by_console or world.switches.console_publish_pushes:
        push.publish_finished(world, account, job)


def _scripted_status(world: World, account: Account) -> int:
    if account.publish_script:
        return account.publish_script.pop(0)
    return world.switches.publish_status


def _spelt(number: int, *, as_text: bool) -> int | str:
    return str(number) if as_text else number
