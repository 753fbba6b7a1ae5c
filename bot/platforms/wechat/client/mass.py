"""Mass sending (群发): pushing to followers, with a key the platform remembers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.wechat.client.answers import errcode_of, reading
from bot.platforms.wechat.client.endpoints import (
    MASS_DELETE,
    MASS_PREVIEW,
    MASS_SENDALL,
    MASS_SPEED_GET,
    MASS_SPEED_SET,
)
from bot.platforms.wechat.client.sdk import SdkClient
from bot.platforms.wechat.client.session import Session

KEY_BYTES = 32
SENT_BEFORE = "45065"


@dataclass(frozen=True)
class MassSent:
    """An accepted mass send; `msg_data_id` is missing when the key was known before."""

    msg_id: str
    msg_data_id: str
    was_sent_before: bool


def send_to_all(
    session: Session,
    message: Mapping[str, Any],
    *,
    key: str,
    tag_id: str = "",
    ignore_reprint: bool = False,
) -> MassSent:
    """Push `message` (its `msgtype` and the body of that name) to all followers, or to a tag's.

    The platform remembers `key` for 24 hours: the same key again sends nothing and names the
    first job. Not within a minute (RateLimited).
    """
    said = session.call(
        MASS_SENDALL,
        {
            "filter": {"is_to_all": False, "tag_id": int(tag_id)} if tag_id else _TO_ALL,
            **message,
            "send_ignore_reprint": int(ignore_reprint),
            "clientmsgid": _fitting(key),
        },
        tolerate={SENT_BEFORE},
        needs="msg_id",
    )
    return MassSent(
        msg_id=str(said["msg_id"]),
        msg_data_id=str(said.get("msg_data_id", "")),
        was_sent_before=errcode_of(said) == SENT_BEFORE,
    )


def get_status(session: Session, msg_id: str) -> str:
    """SEND_SUCCESS, SENDING, SEND_FAIL or DELETE.

    Raises:
        TargetGone: the platform knows no such job.
    """
    said: dict[str, Any] = SdkClient(session).message.get_mass(msg_id)
    return str(said.get("msg_status", ""))


def preview(
    session: Session, message: Mapping[str, Any], *, openid: str = "", wechat_id: str = ""
) -> None:
    """Show `message` to one tester, by openid or by WeChat id (100 of the latter a day).

    Raises:
        TargetGone, Misconfigured: the platform knows no such follower or WeChat id.
    """
    receiver = {"towxname": wechat_id} if wechat_id else {"touser": openid}
    session.call(MASS_PREVIEW, {**receiver, **message})


def delete(session: Session, msg_id: str, *, article: int = 0) -> None:
    """Take a mass send's pages away, or one of them (counted from 1; 0 means all). Readers keep
    the entry in their chat; its page is dead.

    Raises:
        TargetGone, NotPermitted: there is no such job, or it may not be deleted.
    """
    session.call(MASS_DELETE, {"msg_id": int(msg_id), "article_idx": article})


def get_speed(session: Session) -> int:
    """How fast the account sends: 0 (800,000 a minute) to 4 (100,000)."""
    said = session.call(MASS_SPEED_GET, {})
    with reading(MASS_SPEED_GET.path):
        return int(said["speed"])


def set_speed(session: Session, speed: int) -> None:
    """Set how fast the account sends, 0 to 4.

    Raises:
        Misconfigured: out of range, or the account may not change it.
    """
    session.call(MASS_SPEED_SET, {"speed": speed})


_TO_ALL = {"is_to_all": True}


def _fitting(key: str) -> str:
    """`key` where it fits, else a digest of it; both stay the same over all tries."""
    if len(key.encode()) <= KEY_BYTES:
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:KEY_BYTES]
