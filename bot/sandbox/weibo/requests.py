"""Turns an HTTP request into a call: query, form or multipart, and the token wherever it is."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.requests import Request

from bot.sandbox.platform import Incoming
from bot.sandbox.weibo.calls import Call, Upload

MAX_BODY_BYTES = 20 * 1024 * 1024
_MAX_FIELD_BYTES = 8 * 1024 * 1024
_TOKEN_PART = re.compile(rb'name="access_token"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)')


async def read_call(request: Request) -> Call | None:
    """The call, or None when the body is over 20 MB."""
    body = await request.body()
    if len(body) > MAX_BODY_BYTES:
        return None
    params = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        params |= _form(body)
    elif kind == "multipart/form-data":
        async with request.form(max_part_size=_MAX_FIELD_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or "", await value.read())
                else:
                    params[name] = value
    return Call(
        method=request.method,
        path=request.url.path,
        params=params,
        files=files,
        json=_json(body) if kind == "application/json" else None,
        ip=request.client.host if request.client else "",
        host=request.headers.get("host", ""),
        authorization=request.headers.get("authorization", ""),
    )


def token_of(incoming: Incoming) -> str:
    """The token of a request that has not been parsed yet."""
    headers = Headers(dict(incoming.headers))
    kind = headers.get("content-type", "")
    params = dict(incoming.query)
    if "urlencoded" in kind:
        params |= _form(incoming.body)
    found = _TOKEN_PART.search(incoming.body) if "multipart" in kind else None
    if found:
        params["access_token"] = found.group(1).decode("utf-8", "replace")
    authorization = headers.get("authorization", "")
    return Call("", "", params, authorization=authorization).token


def _form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
