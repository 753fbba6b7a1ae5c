"""What staff read of each kind of message and event, and what an event is about."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

from bot.platforms.wechat.errors import Section, table
from bot.platforms.wechat.pushes import Fields, many, text_of, within

_BEIJING = timezone(timedelta(hours=8))
_WELL = frozenset({"0", "send success"})
"""How the platform calls the good end of a publish job and of a mass send."""

Show = Callable[[Fields], str]
"""What to show of a push, beside the name of its kind."""


def _field(name: str) -> Show:
    return lambda fields: text_of(fields, name)


def _key(fields: Fields) -> str:
    return text_of(fields, "EventKey")


def _scanned(fields: Fields) -> str:
    return text_of(within(fields, "ScanCodeInfo"), "ScanResult")


def _pictures(fields: Fields) -> str:
    return f"{text_of(within(fields, 'SendPicsInfo'), 'Count') or '若干'} 张"


def _place(fields: Fields) -> str:
    place = within(fields, "SendLocationInfo")
    return text_of(place, "Poiname") or text_of(place, "Label")


def _position(fields: Fields) -> str:
    return f"{text_of(fields, 'Latitude')},{text_of(fields, 'Longitude')}"


def _switch(fields: Fields) -> str:
    return f"{text_of(fields, 'FromKfAccount')} → {text_of(fields, 'ToKfAccount')}"


def _consents(fields: Fields) -> str:
    """Which templates a follower took or refused; pushes nest them in one of three nodes."""
    told: list[str] = []
    for node in ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"):
        for row in many(within(fields, node) or fields, "List"):
            if isinstance(row, dict):
                status = row.get("SubscribeStatusString") or row.get("ErrorStatus") or ""
                told.append(f"{row.get('TemplateId', '')} {status}".strip())
    return "、".join(dict.fromkeys(told))


def _published(fields: Fields) -> str:
    status = text_of(within(fields, "PublishEventInfo"), "publish_status")
    return _ended(Section.PUBLISH_STATUS, status)


def _sent(fields: Fields) -> str:
    if within(fields, "PublishEventInfo"):
        return _published(fields)
    return _ended(Section.MASS_STATUS, text_of(fields, "Status"))


def _ended(section: Section, status: str) -> str:
    """How a job ended, in words; an end that is not known is told as the platform wrote it."""
    if status.lower() in _WELL:
        return "成功"
    row = table(section).get(status)
    return row.explanation.cause if row else f"未知结果（{status}）"


def _failure(fields: Fields) -> str:
    return text_of(fields, "FailReason")


def _until(fields: Fields) -> str:
    """The day in Beijing."""
    seconds = text_of(fields, "ExpiredTime")
    if not (seconds.isdecimal() and len(seconds) <= 11):
        return seconds
    return datetime.fromtimestamp(int(seconds), _BEIJING).date().isoformat()


MESSAGES: Mapping[str, Show] = {
    "text": _field("Content"),
    "image": lambda _: "［图片］",
    "voice": lambda f: text_of(f, "Recognition") or "［语音］",
    "video": lambda _: "［视频］",
    "shortvideo": lambda _: "［小视频］",
    "location": lambda f: f"［位置］{text_of(f, 'Label')}",
    "link": lambda f: f"［链接］{text_of(f, 'Title')} {text_of(f, 'Url')}".rstrip(),
}
"""By MsgType in small letters. Source: Receiving_standard_messages of the platform's manual."""

EVENTS: Mapping[str, tuple[str, Show]] = {
    "subscribe": ("关注", _key),
    "unsubscribe": ("取消关注", _key),
    "scan": ("扫描二维码", _key),
    "location": ("上报位置", _position),
    "click": ("点击菜单", _key),
    "view": ("点击菜单链接", _key),
    "view_miniprogram": ("点击菜单小程序", _key),
    "scancode_push": ("扫码", _scanned),
    "scancode_waitmsg": ("扫码", _scanned),
    "pic_sysphoto": ("拍照发图", _pictures),
    "pic_photo_or_album": ("选图发图", _pictures),
    "pic_weixin": ("从相册发图", _pictures),
    "location_select": ("选择位置", _place),
    "templatesendjobfinish": ("模板消息发送结果", _field("Status")),
    "masssendjobfinish": ("群发结果", _sent),
    "publishjobfinish": ("发布结果", _published),
    "freepublishjobfinish": ("发布结果", _published),
    "subscribe_msg_popup_event": ("订阅通知授权", _consents),
    "subscribe_msg_change_event": ("订阅通知变更", _consents),
    "subscribe_msg_sent_event": ("订阅通知发送结果", _consents),
    "kf_create_session": ("客服接入", _field("KfAccount")),
    "kf_close_session": ("客服结束", _field("KfAccount")),
    "kf_switch_session": ("客服转接", _switch),
    "qualification_verify_success": ("资质认证成功", _until),
    "qualification_verify_fail": ("资质认证失败", _failure),
    "naming_verify_success": ("名称认证成功", _until),
    "naming_verify_fail": ("名称认证失败", _failure),
    "annual_renew": ("年审提醒", _until),
    "verify_expired": ("认证过期", _until),
    "user_info_modified": ("用户资料变更", _field("RevokeInfo")),
    "user_authorization_revoke": ("撤回授权", _field("RevokeInfo")),
    "user_authorization_cancellation": ("注销账号", _field("RevokeInfo")),
}
"""By Event in small letters: accounts spell it in either case. Source: Receiving_event_pushes."""

ABOUT_A_PERSON = frozenset(
    {"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"}
)
"""Events that name the follower in `OpenID`; their sender is the platform."""
