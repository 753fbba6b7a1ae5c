"""Request bodies: JSON of a bounded size that a database can hold."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Depends, Request

from bot.api.failures import RequestRefused
from bot.api.tokens import Token, Tools

MEDIA_TYPE = "application/json"


@dataclass(frozen=True)
class JsonBody:
    """A decoded body and the digest of its bytes."""

    payload: object
    digest: str


async def _read(request: Request, tools: Tools, _token: Token) -> JsonBody:
    """The token is asked for first: strangers may not make us read five megabytes."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != MEDIA_TYPE:
        raise RequestRefused(
            415, "wrong_media_type", "请求内容应当是 JSON，请把 Content-Type 设为 application/json"
        )
    content = await bounded(request, tools.largest_body)
    try:
        payload = orjson.loads(content)
    except orjson.JSONDecodeError as fault:
        raise RequestRefused(
            400,
            "not_json",
            f"请求内容在第 {fault.lineno} 行第 {fault.colno} 列不是有效的 UTF-8 JSON，请改正",
        ) from fault
    return JsonBody(payload, hashlib.sha256(content).hexdigest())


Body = Annotated[JsonBody, Depends(_read)]


async def bounded(request: Request, largest: int) -> bytes:
    """The body of a request, of at most so many bytes."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise RequestRefused(
                413,
                "too_large",
                f"请求内容超过 {largest / 1048576:g} MB，请把图片和附件改为网址后重新提交",
            )
        chunks.append(chunk)
    return b"".join(chunks)
