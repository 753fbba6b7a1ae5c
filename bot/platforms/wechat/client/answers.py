"""Reading an answer of the API: JSON whatever its label, an errcode or none."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from bot.domain.errors import (
    Explanation,
    Misconfigured,
    PlatformError,
    RateLimited,
)
from bot.platforms.transport import Answer, no_clear_answer
from bot.platforms.wechat.errors import Effect

_NOT_THE_API = Explanation(
    "接口地址没有按微信平台的方式答复",
    "请在账号设置里核对接口地址和中转服务器",
    "系统管理员",
)


def parsed(answer: Answer, *, what: str, effect: Effect) -> dict[str, Any]:
    """The JSON object of `answer`; JSON arrives as text/plain at times, so the label is ignored.

    Raises:
        OutcomeUnknown: no usable answer to a call that may have changed something.
        PlatformUnavailable: no usable answer to a read.
        RateLimited, Misconfigured: a gateway said 429, or another 4xx.
    """
    said = _object(answer.body)
    if said is not None and (answer.status < 400 or errcode_of(said)):
        return said
    raise _unusable(answer, what, effect)


def errcode_of(said: dict[str, Any]) -> str:
    """The error code as text, empty for success: reads carry no errcode at all, writes 0."""
    code = str(said.get("errcode", 0) or 0)
    return "" if code == "0" else code


def needed(said: dict[str, Any], field: str, *, what: str, effect: Effect) -> str:
    """The text of a field that a good answer always has.

    Raises:
        OutcomeUnknown, PlatformUnavailable: it is missing, so the answer proves nothing.
    """
    value = str(said.get(field) or "")
    if not value:
        raise no_clear_answer(f"{what}: no {field}", writes=effect.changes_something)
    return value


@contextmanager
def reading(what: str, effect: Effect = Effect.READ) -> Iterator[None]:
    """Around code that takes an answer apart: another shape than documented proves nothing.

    Raises:
        OutcomeUnknown, PlatformUnavailable: a field is missing or of another kind.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{what}: the answer has another shape ({type(error).__name__})"
        raise no_clear_answer(message, writes=effect.changes_something) from error


def _object(body: bytes) -> dict[str, Any] | None:
    """A strict reading first; article texts at times hold raw control characters."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = _lenient(body)
    return said if isinstance(said, dict) else None


def _lenient(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8", "replace"), strict=False)
    except ValueError:
        return None


def _unusable(answer: Answer, what: str, effect: Effect) -> PlatformError:
    status = answer.status
    message = f"{what}: HTTP {status}, {answer.media_type or 'no type'}"
    if status == 429:
        return RateLimited(message, code=f"HTTP {status}")
    if 400 <= status < 500 and status != 408:
        return Misconfigured(message, code=f"HTTP {status}", explanation=_NOT_THE_API)
    return no_clear_answer(message, writes=effect.changes_something)
