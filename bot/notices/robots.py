"""Group robots: what each takes, how it is signed, what its refusals mean."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.domain.errors import Misconfigured, RateLimited
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.notices.posting import post
from bot.ports.clock import Clock

TEXT_BYTES = 2048
"""企业微信 takes this much in a text; the others take more."""


@dataclass(frozen=True)
class Wecom:
    """企业微信群机器人: `msgtype` text, content up to 2,048 bytes; 20 messages a minute, then
    errcode 45009. There is no signature: the key in the address is the secret. `mentioned_list`
    takes user ids, `mentioned_mobile_list` telephone numbers.

    https://developer.work.weixin.qq.com/document/path/91770 (read 2026-11-26)
    """

    http: httpx.Client
    clock: Clock

    def send(self, channel: NoticeChannel, secrets: Mapping[str, str], notice: Notice) -> None:
        """Post it."""
        text = {"content": words_of(channel, notice)}
        mobiles, ids = _addresses(notice)
        named = {"mentioned_list": ids, "mentioned_mobile_list": mobiles} if notice.to else {}
        said = post(self.http, secrets["url"], {"msgtype": "text", "text": {**text, **named}})
        _judge(said, code=said.get("errcode"), busy={45009}, until=self.clock.now, minutes=1)


@dataclass(frozen=True)
class Dingtalk:
    """钉钉自定义机器人: `msgtype` text; 20 messages a minute, then silence for ten minutes (errcode
    130101). Signed (加签): HMAC-SHA256 over "timestamp\\nsecret", the secret as key, base64, in
    the query beside the time in milliseconds, which may differ by an hour. Whom `at` names must
    stand in the text too.

    https://open.dingtalk.com/document/robots/custom-robot-access and
    .../robots/customize-robot-security-settings (read 2026-11-26)
    """

    http: httpx.Client
    clock: Clock

    def send(self, channel: NoticeChannel, secrets: Mapping[str, str], notice: Notice) -> None:
        """Post it, signed where there is a secret."""
        text = {"content": words_of(channel, notice, call="".join(f"@{one} " for one in notice.to))}
        mobiles, ids = _addresses(notice)
        named = {"at": {"atMobiles": mobiles, "atUserIds": ids}} if notice.to else {}
        body = {"msgtype": "text", "text": text, **named}
        said = post(self.http, self._address(secrets), body)
        _judge(said, code=said.get("errcode"), busy={130101}, until=self.clock.now, minutes=10)

    def _address(self, secrets: Mapping[str, str]) -> str:
        secret = secrets.get("secret", "")
        if not secret:
            return secrets["url"]
        moment = str(round(self.clock.now().timestamp() * 1000))
        signed = _signed(key=secret, words=f"{moment}\n{secret}")
        joint = "&" if "?" in secrets["url"] else "?"
        return f"{secrets['url']}{joint}{urlencode({'timestamp': moment, 'sign': signed})}"


@dataclass(frozen=True)
class Feishu:
    """飞书自定义机器人: `msg_type` text, up to 20 KB; 100 a minute, 5 a second, then code 11232.
    Signed: HMAC-SHA256 over nothing with "timestamp\\nsecret" as key, base64, in the body beside
    the time in seconds, which may differ by an hour (code 19021). An `at` tag mentions by open id.

    https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (read 2026-11-26)
    """

    http: httpx.Client
    clock: Clock

    def send(self, channel: NoticeChannel, secrets: Mapping[str, str], notice: Notice) -> None:
        """Post it, signed where there is a secret."""
        body: dict[str, Any] = {
            "msg_type": "text",
            "content": {"text": words_of(channel, notice, call=_at_tags(notice))},
        }
        secret = secrets.get("secret", "")
        if secret:
            moment = str(int(self.clock.now().timestamp()))
            body |= {"timestamp": moment, "sign": _signed(key=f"{moment}\n{secret}", words="")}
        said = post(self.http, secrets["url"], body)
        _judge(said, code=said.get("code"), busy={9499, 11232}, until=self.clock.now, minutes=1)


def words_of(channel: NoticeChannel, notice: Notice, *, call: str = "") -> str:
    """Title, lines and where to go, cut to what every robot takes, behind the `call` that mentions
    whom it is for. `keyword` is for robots that take nothing without it."""
    keyword = channel.options.get("keyword", "")
    tail = "\n".join(part for part in (notice.page, keyword) if part)
    words = f"{call}{notice.title}\n{notice.text}"
    room = TEXT_BYTES - len(tail.encode()) - 1
    if len(words.encode()) > room:
        words = words.encode()[: room - 3].decode(errors="ignore") + "…"
    return f"{words}\n{tail}" if tail else words


def _addresses(notice: Notice) -> tuple[list[str], list[str]]:
    """Telephone numbers and ids of whom it is for."""
    mobiles = [one for one in notice.to if one.isascii() and one.isdigit() and len(one) == 11]
    return mobiles, [one for one in notice.to if one not in mobiles]


def _at_tags(notice: Notice) -> str:
    return "".join(f'<at user_id="{escape(one)}"></at> ' for one in notice.to)


def _signed(*, key: str, words: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), words.encode(), hashlib.sha256)).decode()


def _judge(
    said: Mapping[str, Any],
    *,
    code: object,
    busy: set[int],
    until: Callable[[], datetime],
    minutes: int,
) -> None:
    """What the robot said of it, without its words: they may repeat what was sent."""
    if code == 0:
        return
    if code in busy:
        raise RateLimited(
            "机器人发送过于频繁", code=str(code), until=until() + timedelta(minutes=minutes)
        )
    known = code if isinstance(code, int) else "no code"
    raise Misconfigured(f"robot refused: {known}; {len(said)} fields", code=str(known))
