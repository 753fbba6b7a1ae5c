"""Customer-service messages: a few, for a while after a follower did something."""

from __future__ import annotations

from typing import Any

from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Follower, Grant, Line, World
from bot.sandbox.wechat.uploads import is_sendable

OK = {"errcode": 0, "errmsg": "ok"}
MESSAGE_SECONDS = 48 * 3600
SHORT_SECONDS = 60
TYPING_SECONDS = 30
MEDIA_TYPES = frozenset({"image", "voice", "video"})
OTHER_TYPES = frozenset({"music", "msgmenu", "wxcard", "miniprogrampage"})


def interact(world: World, follower: Follower, kind: str) -> None:
    """Record a ``message``, ``click``, ``follow`` or ``scan`` and renew what it allows."""
    now = world.now()
    is_message = kind == "message"
    follower.last_interaction = now
    follower.is_typing = False
    follower.grants[kind] = Grant(
        kind,
        now + (MESSAGE_SECONDS if is_message else SHORT_SECONDS),
        world.switches.messages_per_message if is_message else world.switches.messages_per_click,
    )


def send(world: World, call: ApiCall) -> dict[str, Any]:
    """message/custom/send."""
    if not call.account.spec.verified:
        raise Refusal(48001)
    follower = _follower(call)
    msgtype, content = _content(world, call)
    if follower.is_blacklisted:
        raise Refusal(43019)
    if follower.refuses_messages:
        raise Refusal(48002)
    _use_grant(world, follower)
    follower.lines.append(Line(world.now(), False, "custom", msgtype, content))
    return OK


def typing(world: World, call: ApiCall) -> dict[str, Any]:
    """message/custom/typing."""
    follower = _follower(call)
    command = call.body.get("command")
    if command not in ("Typing", "CancelTyping"):
        raise Refusal(45072)
    if world.now() - follower.last_interaction > TYPING_SECONDS:
        raise Refusal(45080)
    if command == "Typing" and follower.is_typing:
        raise Refusal(45081)
    follower.is_typing = command == "Typing"
    return OK


def _follower(call: ApiCall) -> Follower:
    follower = call.account.followers.get(call.text("touser", 40003))
    if follower is None:
        raise Refusal(40003)
    return follower


def _use_grant(world: World, follower: Follower) -> None:
    now = world.now()
    running = [one for one in follower.grants.values() if one.until > now]
    if not follower.is_subscribed:
        raise Refusal(world.switches.left_follower_refusal)
    if not running:
        raise Refusal(45015)
    usable = sorted((one for one in running if one.left > 0), key=lambda one: one.until)
    if not usable:
        raise Refusal(45047)
    usable[0].left -= 1


def _content(world: World, call: ApiCall) -> tuple[str, Any]:
    msgtype = call.text("msgtype", 40008)
    content = call.body.get(msgtype)
    if not isinstance(content, dict):
        raise Refusal(40008)
    if msgtype == "text":
        _check_text(world, content.get("content"))
    elif msgtype in MEDIA_TYPES:
        if not is_sendable(call.account, content.get("media_id"), world.now()):
            raise Refusal(40007)
    elif msgtype == "mpnews":
        if content.get("media_id") not in call.account.drafts:
            raise Refusal(40007)
    elif msgtype == "mpnewsarticle":
        if content.get("article_id") not in call.account.publications:
            raise Refusal(53600)
    elif msgtype == "news":
        _check_card(content.get("articles"))
    elif msgtype not in OTHER_TYPES:
        raise Refusal(40008)
    return msgtype, content


def _check_text(world: World, text: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise Refusal(44004)
    if len(text.encode()) > world.switches.custom_text_bytes:
        raise Refusal(45002)


def _check_card(articles: Any) -> None:
    """One article since 2018; its link must be one."""
    if not isinstance(articles, list) or len(articles) != 1 or not isinstance(articles[0], dict):
        raise Refusal(45008)
    url = articles[0].get("url", "")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise Refusal(40066)
