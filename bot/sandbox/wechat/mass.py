"""Mass sends: keys, quotas, the administrator's confirmation, and their end."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.sandbox.wechat import publishing, push
from bot.sandbox.wechat.accounts import Kind, Moment
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.drafts import pictures_of
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, Draft, Line, MassJob, World
from bot.sandbox.wechat.uploads import is_sendable

OK = {"errcode": 0, "errmsg": "ok"}
SUBMITTED = {"errcode": 0, "errmsg": "send job submission success"}
KEY_SECONDS = 24 * 3600
KEY_PAUSE_SECONDS = 60
SUBSCRIPTION_SENDS_A_DAY = 1
SERVICE_SENDS_A_MONTH = 4
NAMED_PREVIEWS_A_DAY = 100
REAL_SPEED = (80, 60, 45, 30, 10)
BODIES = {
    "mpnews": "mpnews",
    "text": "text",
    "voice": "voice",
    "image": "images",
    "mpvideo": "mpvideo",
}


def sendall(world: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/sendall: to all followers or to one tag."""
    chosen = call.body.get("filter")
    if not isinstance(chosen, dict):
        raise Refusal(47001)
    is_to_all = chosen.get("is_to_all") is True
    tag = chosen.get("tag_id")
    if not is_to_all and tag not in call.account.tags:
        raise Refusal(40152)
    receivers = [
        one.openid
        for one in call.account.followers.values()
        if one.is_subscribed and (is_to_all or tag in one.tags)
    ]
    return _accept(world, call, receivers, is_to_all=is_to_all)


def send(world: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/send: to named followers, for service accounts."""
    if call.account.spec.kind is not Kind.SERVICE:
        raise Refusal(48001)
    named = call.body.get("touser")
    if not isinstance(named, list) or len(named) < 2:
        raise Refusal(40130)
    if len(named) > 10_000:
        raise Refusal(40032)
    known = [one for one in named if one in call.account.followers]
    return _accept(world, call, known, is_to_all=False)


def preview(world: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/preview: to one follower by openid, or to anybody by WeChat id (100 a day)."""
    _require_permission(call.account)
    msgtype, body = _body(world, call)
    name = call.body.get("towxname")
    if name:
        _to_wechat_id(world, call.account, str(name))
    else:
        follower = call.account.followers.get(call.text("touser", 41009))
        if follower is None:
            raise Refusal(40003)
        if not follower.is_subscribed:
            raise Refusal(43004)
        follower.lines.append(Line(world.now(), False, "preview", msgtype, body))
    return {"errcode": 0, "errmsg": "preview success", "msg_id": world.next_number("msg_id")}


def _to_wechat_id(world: World, account: Account, name: str) -> None:
    if name not in account.spec.wechat_ids:
        raise Refusal(40132)
    key = "preview by WeChat id", world.stage.clock.beijing().strftime("%Y-%m-%d")
    if account.used[key] >= NAMED_PREVIEWS_A_DAY:
        raise Refusal(45009)
    account.used[key] += 1


def get(_: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/get."""
    _require_permission(call.account)
    job = _job(call)
    return {"msg_id": job.msg_id, "msg_status": job.status}


def delete(world: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/delete: the articles' pages die; `article_idx` is 1-based, 0 means all.

    The job is named by `msg_id`, or by the `url` of one of its articles.
    """
    _require_permission(call.account)
    job = _job_of_url(world, call) if call.body.get("url") else _job(call)
    publication = call.account.publications.get(job.article_id)
    if job.status != "SEND_SUCCESS" or publication is None:
        raise Refusal(40065)
    index = call.number("article_idx", 0, refused=40060)
    if not 0 <= index <= len(publication.articles):
        raise Refusal(40060)
    if world.switches.mass_undeletable:
        raise Refusal(40204)
    every = range(len(publication.articles))
    publication.deleted.update(every if index == 0 else [index - 1])
    if publication.is_all_deleted:
        job.status = "DELETE"
    return OK


def get_speed(_: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/speed/get."""
    _require_permission(call.account)
    return {"speed": call.account.speed, "realspeed": REAL_SPEED[call.account.speed]}


def set_speed(_: World, call: ApiCall) -> dict[str, Any]:
    """message/mass/speed/set."""
    _require_permission(call.account)
    if not call.account.spec.mass_speed:
        raise Refusal(45084)
    speed = call.number("speed", refused=45083)
    if not 0 <= speed < len(REAL_SPEED):
        raise Refusal(45083)
    call.account.speed = speed
    return OK


def start(world: World, account: Account, job: MassJob) -> None:
    """Take a job on: it ends after mass_seconds, or waits for the administrator first."""
    account.mass_jobs[job.msg_id] = job
    if job.draft and world.switches.draft_removed_at is Moment.ACCEPT:
        account.drafts.pop(job.draft.media_id, None)
    if job.waits_for_admin:
        world.stage.agenda.after(
            world.switches.admin_wait_seconds,
            lambda: decide(world, account, job, "err(40002)"),
            owner=account.spec.name,
        )
        return
    _finish_later(world, account, job)


def decide(world: World, account: Account, job: MassJob, refusal: str = "") -> None:
    """Record the administrator's confirmation, or the `refusal` that ends the job."""
    if not job.waits_for_admin:
        return
    job.waits_for_admin = False
    if refusal:
        _fail(world, account, job, refusal)
    else:
        _finish_later(world, account, job)


def send_from_console(world: World, account: Account, draft: Draft) -> MassJob:
    """Start the mass send of a draft as an editor does by hand."""
    receivers = [one.openid for one in account.followers.values() if one.is_subscribed]
    body = {"media_id": draft.media_id}
    job = _new_job(world, "mpnews", body, key="", receivers=receivers, draft=draft, is_to_all=True)
    start(world, account, job)
    return job


def _accept(
    world: World, call: ApiCall, receivers: list[str], *, is_to_all: bool
) -> dict[str, Any]:
    account = call.account
    _require_permission(account)
    key = _key(world, call)
    if world.switches.mass_key_checked_first:
        _check_key(world, account, key)
    msgtype, body = _body(world, call)
    _check_key(world, account, key)
    if any(job.waits_for_admin for job in account.mass_jobs.values()):
        raise Refusal(89504)
    receivers = _within_quota(world, account, receivers, is_to_all=is_to_all)
    draft = account.drafts[body["media_id"]] if msgtype == "mpnews" else None
    job = _new_job(
        world, msgtype, body, key=key, receivers=receivers, draft=draft, is_to_all=is_to_all
    )
    job.waits_for_admin = account.spec.mass_protection
    start(world, account, job)
    answer = {**SUBMITTED, "msg_id": job.msg_id}
    return {**answer, "msg_data_id": job.msg_data_id} if draft else answer


def _new_job(
    world: World,
    msgtype: str,
    body: dict[str, Any],
    *,
    key: str,
    receivers: list[str],
    draft: Draft | None,
    is_to_all: bool,
) -> MassJob:
    return MassJob(
        msg_id=world.next_number("msg_id"),
        msg_data_id=world.next_number("msg_data_id"),
        msgtype=msgtype,
        body=body,
        key=key,
        accepted_at=world.now(),
        receivers=tuple(receivers),
        draft=draft,
        is_to_all=is_to_all,
    )


def _require_permission(account: Account) -> None:
    if not account.spec.verified:
        raise Refusal(48001)


def _key(world: World, call: ApiCall) -> str:
    key = call.body.get("clientmsgid", "")
    if not isinstance(key, str):
        raise Refusal(47001)
    if len(key.encode()) > world.switches.clientmsgid_limit:
        raise Refusal(45067)
    if key:
        return key
    # Without a key the platform takes a hash of the content.
    content = json.dumps(dict(call.body), sort_keys=True, ensure_ascii=False)
    return "content " + hashlib.sha256(content.encode()).hexdigest()


def _check_key(world: World, account: Account, key: str) -> None:
    now = world.now()
    for job in account.mass_jobs.values():
        if job.key == key and now - job.accepted_at < KEY_SECONDS:
            if now - job.accepted_at < KEY_PAUSE_SECONDS:
                raise Refusal(45066)
            raise Refusal(45065, msg_id=job.msg_id)


def _body(world: World, call: ApiCall) -> tuple[str, dict[str, Any]]:
    msgtype = call.text("msgtype", 40008)
    body = call.body.get(BODIES.get(msgtype, ""))
    if msgtype not in BODIES:
        raise Refusal(40008)
    if not isinstance(body, dict):
        raise Refusal(47001)
    if msgtype == "mpnews":
        draft = call.account.drafts.get(str(body.get("media_id")))
        if draft is None:
            raise Refusal(40007)
        if not world.switches.mass_takes_newspic and any(map(pictures_of, draft.articles)):
            raise Refusal(40008)
        publishing.check_ready(call.account, draft)
    elif msgtype == "text":
        if not str(body.get("content", "")).strip():
            raise Refusal(44004)
    else:
        _check_media(world, call, msgtype, body)
    return msgtype, body


def _check_media(world: World, call: ApiCall, msgtype: str, body: dict[str, Any]) -> None:
    ids = body.get("media_ids") if msgtype == "image" else [body.get("media_id")]
    if not isinstance(ids, list) or not 1 <= len(ids) <= 20:
        raise Refusal(40215)
    if not all(is_sendable(call.account, one, world.now()) for one in ids):
        raise Refusal(40007)


def _within_quota(
    world: World, account: Account, receivers: list[str], *, is_to_all: bool
) -> list[str]:
    today = [job for job in account.mass_jobs.values() if _counts_today(world, job)]
    if account.spec.kind is Kind.SUBSCRIPTION:
        if len(today) >= SUBSCRIPTION_SENDS_A_DAY:
            raise Refusal(45028)
        return receivers
    if is_to_all and any(job.is_to_all for job in today):
        raise Refusal(45028)
    month = world.stage.clock.beijing().strftime("%Y-%m")
    left = [
        one
        for one in receivers
        if account.followers[one].mass_months[month] < SERVICE_SENDS_A_MONTH
    ]
    if receivers and not left:
        raise Refusal(45028)
    return left


def _counts_today(world: World, job: MassJob) -> bool:
    today = world.stage.clock.beijing()
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    return job.accepted_at >= midnight and job.status != "SEND_FAIL"


def _finish_later(world: World, account: Account, job: MassJob) -> None:
    world.stage.agenda.after(
        world.switches.mass_seconds, lambda: _finish(world, account, job), owner=account.spec.name
    )


def _finish(world: World, account: Account, job: MassJob) -> None:
    verdict = account.mass_script.pop(0) if account.mass_script else world.switches.mass_status
    if job.draft and publishing.audit_failures(world, job.draft):
        verdict = "err(21000)"
    if verdict != "send success":
        _fail(world, account, job, verdict)
        return
    job.status, job.verdict = "SEND_SUCCESS", verdict
    if job.draft:
        publication = publishing.publish_articles(
            world, account, job.draft, job.msg_data_id, is_pushed=True
        )
        job.article_id = publication.article_id
    month = world.stage.clock.beijing().strftime("%Y-%m")
    for openid in job.receivers:
        follower = account.followers[openid]
        follower.mass_months[month] += 1
        follower.lines.append(Line(world.now(), False, "mass", job.msgtype, job.body))
    push.mass_finished(world, account, job)


def _fail(world: World, account: Account, job: MassJob, verdict: str) -> None:
    job.status, job.verdict = "SEND_FAIL", verdict
    if job.draft:
        account.drafts.setdefault(job.draft.media_id, job.draft)
    push.mass_finished(world, account, job)


def _job(call: ApiCall) -> MassJob:
    job = call.account.mass_jobs.get(call.number("msg_id", refused=40059))
    if job is None:
        raise Refusal(40059)
    return job


def _job_of_url(world: World, call: ApiCall) -> MassJob:
    link = call.text("url", 40059)
    for job in call.account.mass_jobs.values():
        publication = call.account.publications.get(job.article_id)
        links = publication.links if publication else []
        if link in [publishing.article_url(world, one) for one in links]:
            return job
    raise Refusal(40059)
