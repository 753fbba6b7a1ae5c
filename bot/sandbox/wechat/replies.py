"""Judges what an account answers to a push: only a proper reply reaches the follower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.wechat import crypto
from bot.sandbox.wechat.accounts import AccountSpec, CallbackFormat, CallbackMode
from bot.sandbox.wechat.documents import BadDocument, read_json, read_xml

MAX_TEXT_BYTES = 2048
Reader = Callable[[bytes], dict[str, Any]]


class BadReply(ValueError):
    """An answer the platform cannot use; the text says why."""


@dataclass(frozen=True)
class PassiveReply:
    """A proper passive reply; `content` is the part its type names."""

    type: str
    content: Any


# For each type of reply, the elements that must be there, from the outside in.
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "text": (("Content",),),
    "image": (("Image", "MediaId"),),
    "voice": (("Voice", "MediaId"),),
    "video": (("Video", "MediaId"),),
    "music": (("Music", "ThumbMediaId"),),
    "news": (("ArticleCount",), ("Articles", "item")),
    "transfer_customer_service": (),
}


def judge(spec: AccountSpec, openid: str, body: bytes) -> PassiveReply | None:
    """Return the reply in `body`; None for ``success`` and an empty body, which say nothing.

    Raises:
        BadReply: wrong envelope, signature, padding or appid; not well-formed; wrong addressee;
            an unknown type or one with parts missing.
    """
    if body.strip() in (b"", b"success"):
        return None
    read = read_json if spec.callback_format is CallbackFormat.JSON else read_xml
    try:
        outer = read(body)
        if spec.callback_mode is CallbackMode.PLAIN:
            return _check(spec, openid, outer)
        if spec.callback_mode is CallbackMode.COMPATIBLE and "Encrypt" not in outer:
            return _check(spec, openid, outer)
        return _check(spec, openid, read(_unwrap(spec, outer).encode()))
    except (BadDocument, crypto.BadEnvelope) as error:
        raise BadReply(str(error)) from error


def _unwrap(spec: AccountSpec, outer: dict[str, Any]) -> str:
    parts = [str(outer.get(name, "")) for name in ("TimeStamp", "Nonce", "Encrypt")]
    if not all(parts):
        raise BadReply("the envelope is incomplete")
    if not crypto.is_signed(str(outer.get("MsgSignature", "")), spec.token, *parts):
        raise BadReply("MsgSignature does not fit")
    return crypto.decrypt(parts[2], aes_key=spec.aes_key, app_id=spec.app_id)


def _check(spec: AccountSpec, openid: str, reply: dict[str, Any]) -> PassiveReply:
    if reply.get("ToUserName") != openid or reply.get("FromUserName") != spec.original_id:
        raise BadReply("sender or receiver is wrong")
    if not str(reply.get("CreateTime", "")).isdigit():
        raise BadReply("CreateTime is not a number")
    kind = str(reply.get("MsgType", ""))
    if kind not in REQUIRED:
        raise BadReply(f"unknown MsgType {kind!r}")
    for path in REQUIRED[kind]:
        if not _find(reply, path):
            raise BadReply(f"{'/'.join(path)} is missing")
    if kind == "text" and len(str(reply["Content"]).encode()) > MAX_TEXT_BYTES:
        raise BadReply("text over 2048 bytes")
    if kind == "news" and isinstance(reply["Articles"]["item"], list):
        raise BadReply("more than one article")
    first = REQUIRED[kind][-1][0] if REQUIRED[kind] else "TransInfo"
    return PassiveReply(kind, reply.get(first, ""))


def _find(reply: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        reply = reply.get(name) if isinstance(reply, dict) else None
    return reply
