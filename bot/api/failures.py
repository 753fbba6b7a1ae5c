"""Every refusal of the API in one shape, with a Chinese sentence and the next step."""

from collections.abc import Sequence

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound, Refusal
from bot.ports.storage import StorageUnavailable

log = structlog.get_logger()


class ProblemShape(BaseModel):
    """One fault: the field it is in, and what to do."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """`code` is for programs and does not change; `message` is for people."""

    code: str = Field(examples=["invalid_input"])
    message: str
    problems: list[ProblemShape] = []


class ErrorShape(BaseModel):
    """The body of every answer that is not a success."""

    error: ErrorBody


class RequestRefused(Exception):
    """A request that cannot be served; carries the whole answer."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        problems: Sequence[tuple[str, str]] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        self.status, self.code, self.message = status, code, message
        self.problems, self.headers = tuple(problems), headers
        super().__init__(message)


_STATUS: tuple[tuple[type[Refusal], int, str], ...] = (
    (InvalidInput, 422, "invalid_input"),
    (NotFound, 404, "not_found"),
    (NotAllowed, 403, "not_allowed"),
    (Conflict, 409, "conflict"),
    (IllegalMove, 409, "illegal_move"),
)

_BY_STATUS = {
    404: ("not_found", "没有这个地址，请对照 /api/openapi.json 核对"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法，请对照 /api/openapi.json 核对"),
}

_WORDS = {
    "missing": "缺少这一项，请补上",
    "enum": "不在可选范围内，请对照接口说明",
    "int_parsing": "应当是整数",
    "bool_parsing": "应当是 true 或 false",
    "greater_than_equal": "太小，请对照接口说明",
    "less_than_equal": "太大，请对照接口说明",
    "string_too_long": "太长，请缩短",
    "string_too_short": "太短，请对照接口说明",
    "string_pattern_mismatch": "含有不能使用的字符或格式不对，请对照接口说明",
}

ANSWERS: dict[int, str] = {
    400: "请求不是有效的 JSON",
    401: "没有令牌，或令牌无效、已撤销",
    403: "令牌有效，但不允许这样做",
    404: "没有这个编号",
    409: "与已有内容冲突",
    413: "请求内容太大",
    415: "请求内容不是 application/json",
    422: "内容或参数不合要求，problems 逐条列出",
    503: "数据库暂时不可用，请稍后重试",
}


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The refusals of an operation, for OpenAPI."""
    return {s: {"model": ErrorShape, "description": ANSWERS[s]} for s in (*statuses, 503)}


def answer_failures(app: FastAPI) -> None:
    """Let every known failure leave `app` in the one shape."""
    app.add_exception_handler(RequestRefused, _on_refused)
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(StorageUnavailable, _on_unavailable)
    app.add_exception_handler(RequestValidationError, _on_invalid_parameters)
    app.add_exception_handler(HTTPException, _on_http_error)


def _answer(
    status: int,
    code: str,
    message: str,
    problems: Sequence[tuple[str, str]] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    listed = [ProblemShape(field=where, message=what) for where, what in problems]
    body = ErrorShape(error=ErrorBody(code=code, message=message, problems=listed))
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


def _on_refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestRefused)  # noqa: S101 - registered for this class only
    return _answer(error.status, error.code, error.message, error.problems, error.headers)


def _on_refusal(_: Request, error: Exception) -> JSONResponse:
    status, code = next(
        ((s, c) for kind, s, c in _STATUS if isinstance(error, kind)), (409, "refused")
    )
    if isinstance(error, InvalidInput):
        problems = [(p.field, p.message) for p in error.problems]
        return _answer(
            status, code, f"有 {len(problems)} 处不合要求，请逐条改正后重新提交", problems
        )
    return _answer(status, code, str(error))


def _on_unavailable(request: Request, error: Exception) -> JSONResponse:
    log.warning("api request not served", path=request.url.path, error=str(error))
    return _answer(
        503, "unavailable", "系统暂时繁忙，请稍后用相同内容重试", headers={"Retry-After": "5"}
    )


def _on_invalid_parameters(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    problems = [
        (str(fault["loc"][-1]), _WORDS.get(str(fault["type"]), "不合要求，请对照接口说明"))
        for fault in error.errors()
    ]
    return _answer(422, "invalid_input", "请求参数不合要求，请逐条改正", problems)


def _on_http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    code, message = _BY_STATUS.get(error.status_code, ("refused", "请求不能处理，请核对后重试"))
    headers = dict(error.headers) if error.headers else None
    return _answer(error.status_code, code, message, headers=headers)
