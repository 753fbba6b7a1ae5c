"""Every page and every form goes through here: session, token, permission to read, refusals."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console import forms
from bot.console.answering import page
from bot.console.refusals import faults_of, status_of
from bot.console.running import Console
from bot.console.sign_in_form import sign_in_page
from bot.console.visit import Visit
from bot.domain.errors import Refusal
from bot.domain.permissions import Permission
from bot.ports.storage import StorageUnavailable
from bot.usecases.people.sign_in import session_of

FIRST_OF_ALL = frozenset({"/password", "/logout"})
"""All that is open to somebody whose password somebody else knows."""
RETRY_AFTER = {"retry-after": "30"}

ELSEWHERE = "这个请求来自别的网站，没有执行"
EXPIRED = "登录已过期，没有提交；请登录后返回上一页再提交一次"
TOO_LARGE = "文件太大或没有传完，没有上传；请返回上一页，压缩图片或拆分后再提交"

Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def shown(console: Console, handler: Handler) -> Endpoint:
    """A page for those who are signed in; others are sent to sign in and brought back."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_show, console, handler, request)

    return endpoint


def done(console: Console, handler: Handler) -> Endpoint:
    """What a form does; it must carry its session's token. A lost session keeps the input."""

    async def endpoint(request: Request) -> Response:
        try:
            fields = await forms.read_fields(request)
        except forms.FormRefused:
            return _plain(console, status=413, title="内容太多，没有提交")
        if forms.is_from_elsewhere(request):
            return _plain(console, status=403, title=ELSEWHERE)
        return await run_in_threadpool(_do, console, handler, request, fields)

    return endpoint


def uploaded(console: Console, handler: Handler) -> Endpoint:
    """What a form with files does. Only those who are signed in may make us read large ones; of
    others the fields are kept, the files have to be chosen again."""

    async def endpoint(request: Request) -> Response:
        if forms.is_from_elsewhere(request):
            return _plain(console, status=403, title=ELSEWHERE)
        is_known = await run_in_threadpool(_is_known, console, request)
        largest = _largest(console) if is_known else forms.LARGEST_UNSIGNED_BYTES
        try:
            fields, files = await forms.read_upload(request, largest=largest)
        except forms.FormRefused:
            return _plain(console, status=413, title=TOO_LARGE if is_known else EXPIRED)
        return await run_in_threadpool(_do, console, handler, request, fields, files)

    return endpoint


def _largest(console: Console) -> int:
    attachment = console.tools.largest_attachment + forms.BESIDE_FILES_BYTES
    return max(forms.LARGEST_UPLOAD_BYTES, attachment)


def _is_known(console: Console, request: Request) -> bool:
    try:
        return arrive(console, request) is not None
    except StorageUnavailable:
        return False


def _show(console: Console, handler: Handler, request: Request) -> Response:
    visit = arrive(console, request)
    if visit is None:
        return _to_sign_in(request)
    return _handled(handler, visit)


def _do(
    console: Console,
    handler: Handler,
    request: Request,
    fields: Mapping[str, str],
    files: Mapping[str, forms.Upload] = MappingProxyType({}),
) -> Response:
    try:
        visit = arrive(console, request, fields, files)
        if visit is None:
            return _ask_to_sign_in_again(console, request, fields)
        given = fields.get(forms.CSRF_FIELD, "")
        if not hmac.compare_digest(given.encode(), visit.session.csrf.encode()):
            return _plain(console, status=403, title="页面已过期，没有提交；请返回上一页刷新后再试")
        return _handled(handler, visit)
    except StorageUnavailable:
        return _send_again(console, request, fields)


def arrive(
    console: Console,
    request: Request,
    fields: Mapping[str, str] | None = None,
    files: Mapping[str, forms.Upload] = MappingProxyType({}),
) -> Visit | None:
    """The visit behind a request, or None without a living session."""
    found = session_of(request.cookies.get(console.cookie, ""), storage=console.tools.storage)
    if found is None:
        return None
    session, user = found
    tools, drawing, tallies = console.tools, console.drawing, console.tallies
    return Visit(tools, drawing, request, session, user, tallies, fields or {}, files)


def _handled(handler: Handler, visit: Visit) -> Response:
    if visit.user.must_change_password and visit.request.url.path not in FIRST_OF_ALL:
        return RedirectResponse("/password", status_code=303)
    try:
        visit.actor.require(Permission.READ)
        return handler(visit)
    except Refusal as refusal:
        return page(visit, "refused.html.j2", status=status_of(refusal), faults=faults_of(refusal))


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    address = f"/login?next={quote(wanted, safe='')}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"hx-redirect": address})
    return RedirectResponse(address, status_code=303)


def _ask_to_sign_in_again(
    console: Console, request: Request, fields: Mapping[str, str]
) -> Response:
    return sign_in_page(
        console, status=401, kept_action=request.url.path, kept=forms.packed(fields)
    )


def _plain(console: Console, *, status: int, title: str) -> Response:
    drawn = console.drawing.draw("plain.html.j2", {"title": title})
    return HTMLResponse(drawn, status_code=status)


def _send_again(console: Console, request: Request, fields: Mapping[str, str]) -> Response:
    """The database is away under somebody's hands: what they wrote stays on the page."""
    context = {"action": request.url.path, "kept": forms.without_secrets(fields)}
    drawn = console.drawing.draw("away.html.j2", context)
    return HTMLResponse(drawn, status_code=503, headers=RETRY_AFTER)


async def away(console: Console, _request: Request, _error: Exception) -> Response:
    """Any other page while the database is away."""
    drawn = console.drawing.draw("away.html.j2", {"action": "", "kept": {}})
    return HTMLResponse(drawn, status_code=503, headers=RETRY_AFTER)
