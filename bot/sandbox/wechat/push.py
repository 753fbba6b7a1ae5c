"""Messages and events on their way to an account's callback address."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.pusher import Outgoing, Push, Verdict
from bot.sandbox.wechat import crypto
from bot.sandbox.wechat.accounts import AccountSpec, CallbackFormat, CallbackMode
from bot.sandbox.wechat.documents import write_json, write_xml
from bot.sandbox.wechat.replies import BadReply, PassiveReply, judge
from bot.sandbox.wechat.state import Account, Follower, Line, MassJob, PublishJob, World

OUT_OF_SERVICE = "该公众号暂时无法提供服务，请稍后再试"
PLATFORM_SENDER = "oPlatformSender0000000000001"


def publish_finished(world: World, account: Account, job: PublishJob) -> None:
    """Push the end of a publish job, under the event name of the scenario."""
    info: dict[str, Any] = {"publish_id": job.publish_id, "publish_status": job.status}
    publication = account.publications.get(job.article_id)
    if publication is not None:
        items = [
            {"idx": number, "article_url": f"{world.stage.public_base}/s/{link}"}
            for number, link in enumerate(publication.links, start=1)
        ]
        info["article_id"] = job.article_id
        info["article_detail"] = {"count": len(items), "item": items}
    if job.failed:
        info["fail_idx"] = list(job.failed)
    event(world, account, PLATFORM_SENDER, world.switches.publish_event, {"PublishEventInfo": info})


def mass_finished(world: World, account: Account, job: MassJob) -> None:
    """Push MASSSENDJOBFINISH."""
    sent = len(job.receivers) if job.status == "SEND_SUCCESS" else 0
    counts = ("TotalCount", "FilterCount", "SentCount")
    fields: dict[str, Any] = {"MsgID": job.msg_id, "Status": job.verdict}
    fields.update(dict.fromkeys(counts, sent))
    fields["ErrorCount"] = 0
    fields["CopyrightCheckResult"] = {"Count": 0, "ResultList": "", "CheckState": 1}
    publication = account.publications.get(job.article_id)
    links = publication.links if publication else []
    items = [
        {"ArticleIdx": number, "ArticleUrl": f"{world.stage.public_base}/s/{link}"}
        for number, link in enumerate(links, start=1)
    ]
    listed: Any = {"item": items} if items else ""
    fields["ArticleUrlResult"] = {"Count": len(items), "ResultList": listed}
    event(world, account, PLATFORM_SENDER, "MASSSENDJOBFINISH", fields)


def event(world: World, account: Account, openid: str, name: str, fields: dict[str, Any]) -> None:
    """Push an event; a reply to it reaches the follower it came from."""
    body = {"Event": name, **fields}
    _send(world, account, openid, name, _document(world, account, openid, "event", body))


def message(
    world: World,
    account: Account,
    openid: str,
    kind: str,
    fields: dict[str, Any],
    *,
    msg_id: int,
    deliveries: int = 1,
) -> None:
    """Push a follower's message, `deliveries` times with the same MsgId."""
    document = _document(world, account, openid, kind, {**fields, "MsgId": msg_id})
    for _ in range(deliveries):
        _send(world, account, openid, f"message:{kind}", document, msg_id=msg_id)


def verify_address(world: World, account: Account) -> None:
    """Ask the callback address for its echo, as saving the server configuration does."""
    spec = account.spec
    echo = str(secrets.randbelow(10**19))

    def build(_: int) -> Outgoing:
        query = {**_signed(world, spec), "echostr": echo}
        return Outgoing(f"{spec.callback_url}?{urlencode(query)}", b"", method="GET")

    def verdict(body: bytes) -> Verdict:
        return Verdict(body == echo.encode(), "the echo is another")

    world.stage.pusher.enqueue(Push(spec.name, "verify_url", build, verdict))


def _document(
    world: World, account: Account, openid: str, kind: str, fields: dict[str, Any]
) -> dict[str, Any]:
    return {
        "ToUserName": account.spec.original_id,
        "FromUserName": openid,
        "CreateTime": int(world.now()),
        "MsgType": kind,
        **fields,
    }


def _send(
    world: World,
    account: Account,
    openid: str,
    name: str,
    document: dict[str, Any],
    *,
    msg_id: int = 0,
) -> None:
    spec = account.spec
    if not spec.callback_url:
        return
    follower = account.followers.get(openid)
    first: list[Outgoing] = []
    replies: list[PassiveReply] = []

    def build(_: int) -> Outgoing:
        if first and not world.switches.push_signs_again:
            return first[0]
        first.append(_wrap(world, spec, openid, document))
        return first[-1]

    def verdict(body: bytes) -> Verdict:
        try:
            reply = judge(spec, openid, body)
        except BadReply as error:
            return Verdict(is_accepted=False, note=str(error))
        if reply is not None:
            replies.append(reply)
        return Verdict(is_accepted=True, note=reply.type if reply else "")

    def finished(last: Verdict) -> None:
        if follower is not None:
            _tell(world, follower, replies[-1] if replies else None, last, msg_id)

    world.stage.pusher.enqueue(Push(spec.name, name, build, verdict, finished))


def _tell(
    world: World, follower: Follower, reply: PassiveReply | None, last: Verdict, msg_id: int
) -> None:
    answered = any(line.msg_id == msg_id and line.via == "passive" for line in follower.lines)
    if msg_id and answered:
        return
    if reply is not None:
        line = Line(world.now(), False, "passive", reply.type, reply.content, msg_id)
        follower.lines.append(line)
    elif not last.is_accepted and msg_id:
        follower.lines.append(Line(world.now(), False, "notice", "text", OUT_OF_SERVICE, msg_id))


def _wrap(world: World, spec: AccountSpec, openid: str, document: dict[str, Any]) -> Outgoing:
    is_json = spec.callback_format is CallbackFormat.JSON
    write = write_json if is_json else write_xml
    query = {**_signed(world, spec), "openid": openid}
    body = document
    if spec.callback_mode is not CallbackMode.PLAIN:
        sealed = crypto.encrypt(write(document), aes_key=spec.aes_key, app_id=spec.app_id)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = crypto.signature(
            spec.token, query["timestamp"], query["nonce"], sealed
        )
        clear = document if spec.callback_mode is CallbackMode.COMPATIBLE else {}
        body = {"ToUserName": spec.original_id, **clear, "Encrypt": sealed}
    return Outgoing(
        f"{spec.callback_url}?{urlencode(query)}",
        write(body).encode(),
        content_type="application/json" if is_json else "text/xml",
    )


def _signed(world: World, spec: AccountSpec) -> dict[str, str]:
    timestamp, nonce = str(int(world.now())), str(secrets.randbelow(10**10))
    return {
        "signature": crypto.signature(spec.token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
    }
