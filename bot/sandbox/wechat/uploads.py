"""Pictures and other files: uploadimg, the permanent library, temporary media."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.sandbox.wechat.calls import ApiCall, Binary, Part
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, Material, World, fresh_id

KB, MB = 1024, 1024 * 1024
TEMPORARY_SECONDS = 3 * 24 * 3600
LIBRARY_LIMITS = {"image": 100_000}
OTHER_LIBRARY_LIMIT = 1000
MAGIC = {
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "gif": b"GIF8",
    "bmp": b"BM",
}

_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAHElEQVR42mOU95vHQA3AxEAlMGrQqEGjBo1UgwANdgEr"
    "QBFIOwAAAABJRU5ErkJggg=="
)
SENT_BY_FOLLOWERS = {
    "image": ("image", "image/png", _PICTURE),
    "voice": ("voice", "audio/amr", b"#!AMR\n" + bytes(32)),
    "video": ("video", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(32)),
    "shortvideo": ("video", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(32)),
}
"""Of each message type: what the file is, its label, and something that passes for one."""


@dataclass(frozen=True)
class _Rule:
    """What a type of material may be; `sniffed` formats are told by their first bytes."""

    max_bytes: int
    too_big: int
    sniffed: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()


RULES = {
    "image": _Rule(10 * MB, 40009, sniffed=frozenset(MAGIC)),
    "thumb": _Rule(64 * KB, 40012, sniffed=frozenset({"jpeg"})),
    "voice": _Rule(2 * MB, 40010, suffixes=frozenset({".mp3", ".wma", ".wav", ".amr"})),
    "video": _Rule(10 * MB, 40011, suffixes=frozenset({".mp4"})),
}


def sniff(data: bytes) -> str:
    """Return jpeg, png, gif or bmp by the first bytes, "" for anything else."""
    return next((name for name, magic in MAGIC.items() if data.startswith(magic)), "")


def upload_image(world: World, call: ApiCall) -> dict[str, Any]:
    """media/uploadimg: jpg or png below 1 MB; the URL may stand in an article."""
    part = _media(call)
    kind = sniff(part.data)
    if kind not in ("jpeg", "png"):
        raise Refusal(40005)
    if len(part.data) >= MB:
        raise Refusal(40009)
    return {"url": _keep_image(world, part, kind)}


def add_material(world: World, call: ApiCall) -> dict[str, Any]:
    """material/add_material: a permanent file."""
    kind, part, content_type = _checked(call)
    owned = sum(1 for one in call.account.library.values() if one.type == kind)
    if owned >= LIBRARY_LIMITS.get(kind, OTHER_LIBRARY_LIMIT):
        raise Refusal(45001)
    title, introduction = _description(call) if kind == "video" else ("", "")
    url = _keep_image(world, part, sniff(part.data)) if kind in ("image", "thumb") else ""
    material = Material(
        media_id=fresh_id("Hk2bT0_"),
        type=kind,
        name=part.filename,
        data=part.data,
        content_type=content_type,
        url=url,
        created_at=int(world.now()),
        title=title,
        introduction=introduction,
    )
    call.account.library[material.media_id] = material
    if kind == "image":
        return {"media_id": material.media_id, "url": url, "item": []}
    return {"media_id": material.media_id, **({"url": url} if url else {})}


def upload_temporary(world: World, call: ApiCall) -> dict[str, Any]:
    """media/upload: a file that lives three days."""
    kind, part, content_type = _checked(call)
    now = world.now()
    material = Material(
        media_id=fresh_id(),
        type=kind,
        name=part.filename,
        data=part.data,
        content_type=content_type,
        url="",
        created_at=int(now),
        expires_at=now + TEMPORARY_SECONDS,
    )
    call.account.temporary[material.media_id] = material
    return {
        "type": kind,
        "media_id": material.media_id,
        "created_at": material.created_at,
        "item": [],
    }


def from_follower(
    account: Account, kind: str, fields: dict[str, Any], now: float
) -> dict[str, Any]:
    """`fields` of a follower's message with the file that it brings, which lives three days;
    as they are for messages that bring none."""
    if kind not in SENT_BY_FOLLOWERS:
        return fields
    of_type, content_type, data = SENT_BY_FOLLOWERS[kind]
    media_id = str(fields.get("MediaId") or fresh_id())
    account.temporary[media_id] = Material(
        media_id=media_id,
        type=of_type,
        name=f"{media_id}.{kind}",
        data=data,
        content_type=content_type,
        url="",
        created_at=int(now),
        expires_at=now + TEMPORARY_SECONDS,
    )
    return fields | {"MediaId": media_id}


def get_temporary(world: World, call: ApiCall) -> Binary | dict[str, Any]:
    """media/get: the file, or a video's address."""
    material = call.account.temporary.get(call.query.get("media_id", ""))
    if material is None or (material.expires_at or 0) <= world.now():
        raise Refusal(40007)
    if material.type == "video":
        return {"video_url": f"{world.stage.public_base}/media/{material.media_id}"}
    return Binary(material.data, material.content_type, material.name)


def get_material(world: World, call: ApiCall) -> Binary | dict[str, Any]:
    """material/get_material: the file, or a video's particulars."""
    material = _owned(call)
    if material.type == "video":
        address = f"{world.stage.public_base}/media/{material.media_id}"
        return {
            "title": material.title,
            "description": material.introduction,
            "down_url": address,
        }
    return Binary(material.data, material.content_type, material.name)


def delete_material(_: World, call: ApiCall) -> dict[str, Any]:
    """material/del_material."""
    del call.account.library[_owned(call).media_id]
    return {"errcode": 0, "errmsg": "ok"}


def count_material(_: World, call: ApiCall) -> dict[str, Any]:
    """material/get_materialcount; thumbs count as images."""
    kinds = [one.type for one in call.account.library.values()]
    return {
        "voice_count": kinds.count("voice"),
        "video_count": kinds.count("video"),
        "image_count": kinds.count("image") + kinds.count("thumb"),
        "news_count": 0,
    }


def list_material(_: World, call: ApiCall) -> dict[str, Any]:
    """material/batchget_material, newest first."""
    kind = call.text("type", 40004)
    if kind not in ("image", "voice", "video", "news"):
        raise Refusal(40004)
    offset, count = page_of(call)
    owned = [one for one in call.account.library.values() if one.type == kind]
    page = owned[::-1][offset : offset + count]
    items = [
        {
            "media_id": one.media_id,
            "name": one.name,
            "update_time": one.created_at,
            "url": one.url,
            "tags": [],
        }
        for one in page
    ]
    return {"item": items, "total_count": len(owned), "item_count": len(items)}


def page_of(call: ApiCall) -> tuple[int, int]:
    """Return offset and count (1–20) of a list request.

    Raises:
        Refusal: 40035 outside the range.
    """
    offset, count = call.number("offset", 0), call.number("count", 20)
    if offset < 0 or not 1 <= count <= 20:
        raise Refusal(40035)
    return offset, count


def is_sendable(account: Account, media_id: object, now: float) -> bool:
    """Say whether a message may show this permanent or still living temporary file."""
    if media_id in account.library:
        return True
    material = account.temporary.get(str(media_id))
    return material is not None and (material.expires_at or 0) > now


def _owned(call: ApiCall) -> Material:
    material = call.account.library.get(call.text("media_id", 41006))
    if material is None:
        raise Refusal(40007)
    return material


def _media(call: ApiCall) -> Part:
    part = call.parts.get("media")
    if part is None:
        raise Refusal(41005)
    if not part.data:
        raise Refusal(44001)
    return part


def _checked(call: ApiCall) -> tuple[str, Part, str]:
    kind = call.query.get("type", "")
    rule = RULES.get(kind)
    if rule is None:
        raise Refusal(40004)
    part = _media(call)
    found = sniff(part.data)
    suffix = PurePath(part.filename).suffix.lower()
    if rule.sniffed and found not in rule.sniffed:
        raise Refusal(40005)
    if rule.suffixes and suffix not in rule.suffixes:
        raise Refusal(40005)
    if len(part.data) > rule.max_bytes:
        raise Refusal(rule.too_big)
    return kind, part, f"image/{found}" if found else "application/octet-stream"


def _description(call: ApiCall) -> tuple[str, str]:
    try:
        described = json.loads(call.form.get("description", ""))
        return str(described["title"]), str(described["introduction"])
    except (ValueError, KeyError, TypeError):
        raise Refusal(47001) from None


def _keep_image(world: World, part: Part, kind: str) -> str:
    short = {"jpeg": "jpg"}.get(kind, kind)
    path = f"/sz_mmbiz_{short}/{secrets.token_urlsafe(36)}/0"
    world.images[path] = Material(
        media_id=path,
        type="image",
        name=part.filename,
        data=part.data,
        content_type=f"image/{kind}",
        url=path,
        created_at=int(world.now()),
    )
    return f"http://mmbiz.qpic.cn{path}?wx_fmt={kind}"
