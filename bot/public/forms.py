"""Short forms that anybody may send: read within a limit, from a known address."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.ports.storage import StorageUnavailable
from bot.public.pages import Pages

LONGEST_FORM = 64 * 1024
"""Three thousand Chinese signs take 27 kB as a form sends them."""
MOST_FIELDS = 20

Taken = Callable[[Request, Mapping[str, str]], Response]


def form_route(path: str, take: Taken, pages: Pages) -> Route:
    """What is sent to `path`, field by field."""

    async def sent(request: Request) -> Response:
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("内容过长，请删减后再提交", status_code=413)
        try:
            return await run_in_threadpool(take, request, fields)
        except StorageUnavailable:
            return pages.away()

    return Route(path, sent, methods=["POST"])


def address_of(request: Request) -> str:
    """Where a request comes from, as the server knows it."""
    return request.client.host if request.client else ""


async def _fields(request: Request) -> Mapping[str, str] | None:
    """The fields, each once; None if there is too much of it."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}
