"""From the fields of a push to an Incoming: who said what, and the key that knows doubles."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.domain.canonical import canonical_json
from bot.domain.ids import AccountId
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.wechat.jobs import job_in
from bot.platforms.wechat.pushes import BadPush, Fields, text_of

_KEYED_APART = frozenset(
    {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "Encrypt"}
)

_MESSAGES: Mapping[str, Callable[[Fields], str]] = {
    "text": lambda f: text_of(f, "Content"),
    "image": lambda _: "［图片］",
    "voice": lambda f: text_of(f, "Recognition") or "［语音］",
    "video": lambda _: "［视频］",
    "shortvideo": lambda _: "［小视频］",
    "location": lambda f: f"［位置］{text_of(f, 'Label')}",
    "link": lambda f: f"［链接］{text_of(f, 'Title')} {text_of(f, 'Url')}".rstrip(),
}
_EVENTS: Mapping[str, str] = {
    "subscribe": "关注",
    "unsubscribe": "取消关注",
    "scan": "扫描二维码",
    "location": "上报位置",
    "click": "点击菜单",
    "view": "点击菜单链接",
    "view_miniprogram": "点击菜单小程序",
    "scancode_push": "扫码",
    "scancode_waitmsg": "扫码",
    "pic_sysphoto": "拍照发图",
    "pic_photo_or_album": "选图发图",
    "pic_weixin": "从相册发图",
    "location_select": "选择位置",
    "templatesendjobfinish": "模板消息发送结果",
    "masssendjobfinish": "群发结果",
    "publishjobfinish": "发布结果",
    "freepublishjobfinish": "发布结果",
    "subscribe_msg_popup_event": "订阅通知授权",
    "subscribe_msg_change_event": "订阅通知变更",
    "subscribe_msg_sent_event": "订阅通知发送结果",
    "kf_create_session": "客服接入",
    "kf_close_session": "客服结束",
    "kf_switch_session": "客服转接",
    "qualification_verify_success": "资质认证成功",
    "qualification_verify_fail": "资质认证失败",
    "naming_verify_success": "名称认证成功",
    "naming_verify_fail": "名称认证失败",
    "annual_renew": "年审提醒",
    "verify_expired": "认证过期",
    "user_authorization_revoke": "撤回授权",
}


def incoming_of(account: AccountId, fields: Fields, raw: str) -> Incoming:
    """What a push says. An unknown type is kept whole and marked, never refused.

    Raises:
        BadPush: it names no sender or no type, so it is no push at all.
    """
    kind, sender = text_of(fields, "MsgType"), text_of(fields, "FromUserName")
    if not kind or not sender:
        raise BadPush("no sender or no type")
    if kind.lower() == "event":
        return _event(account, fields, raw, sender)
    return _message(account, fields, raw, sender)


def _message(account: AccountId, fields: Fields, raw: str, sender: str) -> Incoming:
    type_name = text_of(fields, "MsgType")
    number = text_of(fields, "MsgId")
    show = _MESSAGES.get(type_name.lower())
    article = text_of(fields, "MsgDataId")
    return Incoming(
        account=account,
        channel=Channel.WECHAT_MESSAGE,
        kind=ReplyKind.MESSAGE,
        key=f"message:{number}" if number else f"message:{_digest(sender, fields)}",
        sender=sender,
        text=show(fields) if show else f"［{type_name}］",
        said_at=_said_at(fields),
        raw=raw,
        type_name=type_name,
        target=f"{article}:{int(text_of(fields, 'Idx') or 1) - 1}" if article else "",
        platform_id=number,
        recipient=text_of(fields, "ToUserName"),
        is_known_type=show is not None,
    )


def _event(account: AccountId, fields: Fields, raw: str, sender: str) -> Incoming:
    event = text_of(fields, "Event")
    job = job_in(event, fields)
    name = _EVENTS.get(event.lower())
    detail = text_of(fields, "EventKey")
    key = f"event:{_digest(sender, fields)}"
    if job is not None:
        key = f"{job.job_ids['job_id']}:{job.status}"
    elif text_of(fields, "MsgID"):
        key = f"{event.lower()}:{text_of(fields, 'MsgID')}:{text_of(fields, 'Status')}"
    return Incoming(
        account=account,
        channel=Channel.WECHAT_EVENT,
        kind=ReplyKind.EVENT,
        key=key,
        sender=sender,
        text=f"［{name or event}］{detail}",
        said_at=_said_at(fields),
        raw=raw,
        type_name=event,
        recipient=text_of(fields, "ToUserName"),
        job=job,
        is_known_type=name is not None,
    )


def _digest(sender: str, fields: Fields) -> str:
    """Sender, time, event, and everything else the push holds; short but whole."""
    rest = {name: value for name, value in fields.items() if name not in _KEYED_APART}
    known = (sender, text_of(fields, "CreateTime"), text_of(fields, "Event").lower())
    whole = canonical_json([*known, rest])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _said_at(fields: Fields) -> datetime:
    seconds = text_of(fields, "CreateTime")
    if not seconds.isdecimal() or len(seconds) > 11:
        raise BadPush("no time")
    return datetime.fromtimestamp(int(seconds), UTC)
