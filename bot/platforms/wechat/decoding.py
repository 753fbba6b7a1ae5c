"""From the fields of a push to an Incoming: who said what, and the key that knows doubles."""

import hashlib
from datetime import UTC, datetime

from bot.domain.canonical import canonical_json
from bot.domain.ids import AccountId
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.wechat.described import ABOUT_A_PERSON, EVENTS, MESSAGES
from bot.platforms.wechat.jobs import job_in
from bot.platforms.wechat.pushes import BadPush, Fields, text_of

_KEYED_APART = frozenset(
    {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "Encrypt"}
)


def incoming_of(account: AccountId, fields: Fields, raw: str) -> Incoming:
    """What a push says. An unknown type is kept whole and marked, never refused.

    Raises:
        BadPush: it names no sender or no type, so it is no push at all.
    """
    kind, sender = text_of(fields, "MsgType"), text_of(fields, "FromUserName")
    if not kind or not sender:
        raise BadPush("no sender or no type")
    if kind.strip().lower() == "event":
        return _event(account, fields, raw, sender)
    return _message(account, fields, raw, sender)


def _message(account: AccountId, fields: Fields, raw: str, sender: str) -> Incoming:
    type_name = text_of(fields, "MsgType").strip()
    number = text_of(fields, "MsgId")
    show = MESSAGES.get(type_name.lower())
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
    event = text_of(fields, "Event").strip()
    job = job_in(event, fields)
    known = EVENTS.get(event.lower())
    name, show = known or (event, lambda fields: text_of(fields, "EventKey"))
    if event.lower() in ABOUT_A_PERSON:
        sender = text_of(fields, "OpenID") or sender
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
        text=f"［{name}］{show(fields)}",
        said_at=_said_at(fields),
        raw=raw,
        type_name=event,
        target=text_of(fields, "EventKey"),
        recipient=text_of(fields, "ToUserName"),
        job=job,
        is_known_type=known is not None,
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
