"""登录: signing in and out; what was written before the session ran out is offered again."""

import hmac
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import forms
from bot.console.answering import page
from bot.console.deeds import DEEDS
from bot.console.doors import arrive
from bot.console.running import Console
from bot.console.sign_in_form import FORM_COOKIE, sign_in_page
from bot.console.visit import Visit
from bot.console.words.browsers import browser_of
from bot.domain.errors import NotAllowed
from bot.usecases.people.sign_in import SESSION_LASTS, sign_in, sign_out

TOO_MANY = "输错次数太多，请 15 分钟后再试；忘记密码请联系账号管理员"
STALE = "登录页面已过期，请再登录一次"
ONLY_WAY = "这里不用密码登录，请用{}登录"


async def show_sign_in(console: Console, request: Request) -> Response:
    """The login page; who is signed in already goes on."""
    wanted = forms.local_path(request.query_params.get("next", "/"))
    if await run_in_threadpool(arrive, console, request) is not None:
        return RedirectResponse(wanted, status_code=303)
    return sign_in_page(console, wanted=wanted, has_left="left" in request.query_params)


async def do_sign_in(console: Console, request: Request) -> Response:
    """Check login and password, open a session, go where the visitor was going."""
    try:
        fields = await forms.read_fields(request, largest=forms.LARGEST_KEPT_BYTES)
    except forms.FormRefused:
        return sign_in_page(console, status=413, fault=STALE)
    return await run_in_threadpool(_sign_in, console, request, fields)


def _sign_in(console: Console, request: Request, fields: Mapping[str, str]) -> Response:
    login = fields.get("login", "").strip()
    address = request.client.host if request.client else ""
    token, cookie = fields.get("token", ""), request.cookies.get(FORM_COOKIE, "")
    if not cookie or not hmac.compare_digest(token.encode(), cookie.encode()):
        return _again(console, fields, STALE, status=403)
    provider = console.tools.sign_on
    if provider is not None and provider.is_only_way:
        return _again(console, fields, ONLY_WAY.format(provider.name), status=403)
    if not console.throttle.may_try(login, address):
        return _again(console, fields, TOO_MANY, status=429)
    try:
        secret = sign_in(
            login,
            fields.get("password", ""),
            storage=console.tools.storage,
            passwords=console.tools.passwords,
            address=address,
            browser=browser_of(request.headers.get("user-agent", "")),
        )
    except NotAllowed as refusal:
        console.throttle.failed(login, address)
        return _again(console, fields, str(refusal), status=422)
    console.throttle.succeeded(login, address)
    return _let_in(console, request, fields, secret)


def _again(console: Console, fields: Mapping[str, str], fault: str, *, status: int) -> Response:
    return sign_in_page(
        console,
        status=status,
        fault=fault,
        login=fields.get("login", ""),
        wanted=forms.local_path(fields.get("next", "/")),
        kept_action=fields.get(forms.KEPT_ACTION_FIELD, ""),
        kept=fields.get(forms.KEPT_FIELD, ""),
    )


def _let_in(console: Console, request: Request, fields: Mapping[str, str], secret: str) -> Response:
    action = fields.get(forms.KEPT_ACTION_FIELD, "")
    if action:
        response = _resumed(console, request, forms.local_path(action), fields, secret)
    else:
        wanted = forms.local_path(fields.get("next", "/"))
        response = RedirectResponse(wanted, status_code=303)
    keep_session(console, response, secret)
    return response


def keep_session(console: Console, response: Response, secret: str) -> None:
    """Give the browser its session, in the place of whatever it had."""
    response.set_cookie(
        console.cookie,
        secret,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=console.tools.is_https,
        httponly=True,
        samesite="lax",
    )
    response.delete_cookie(FORM_COOKIE, path="/login")


def _resumed(
    console: Console, request: Request, action: str, fields: Mapping[str, str], secret: str
) -> Response:
    """Show what was about to be sent; the person sends it again, or not."""
    request.cookies[console.cookie] = secret
    visit = arrive(console, request)
    if visit is None:
        return RedirectResponse("/login", status_code=303)
    deed = DEEDS.get(action.rpartition("/")[2])
    return page(
        visit,
        "resume.html.j2",
        action=action,
        label=deed.label if deed else "提交",
        kept=forms.unpacked(fields.get(forms.KEPT_FIELD, "")),
    )


def do_sign_out(visit: Visit, cookie: str) -> Response:
    """End the session on both sides."""
    sign_out(visit.request.cookies[cookie], storage=visit.tools.storage)
    left = "/login?left" if visit.tools.sign_on else "/login"
    response = RedirectResponse(left, status_code=303)
    response.delete_cookie(cookie, path="/", secure=visit.tools.is_https, httponly=True)
    return response
