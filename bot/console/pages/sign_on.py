"""统一身份认证: to the identity provider and back; what was asked is kept in a cookie between."""

import hmac
import json
import secrets
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import forms
from bot.console.pages.sign_in import STALE, keep_session
from bot.console.running import Console
from bot.console.sign_in_form import sign_in_page
from bot.console.words.browsers import browser_of
from bot.domain.errors import NotAllowed
from bot.domain.sign_on import Identity, challenge_of
from bot.ports.sign_on import SignOn, SignOnRefused
from bot.usecases.people.sign_on import sign_on

LASTS_SECONDS = 600
TURNED_BACK = "没有在统一身份认证里完成登录，请再登录一次"


async def go(console: Console, request: Request) -> Response:
    """Send the browser to the provider, with a question that only its answer fits."""
    return await run_in_threadpool(_go, console, request)


async def come_back(console: Console, request: Request) -> Response:
    """What the provider answers: a code, or that nobody signed on."""
    return await run_in_threadpool(_come_back, console, request)


async def leave(console: Console, _request: Request) -> Response:
    """Leave the provider too; our own session has ended before."""
    provider = console.tools.sign_on
    place = await run_in_threadpool(provider.leaving_address) if provider else ""
    return RedirectResponse(place or "/login", status_code=303)


def _go(console: Console, request: Request) -> Response:
    provider = console.tools.sign_on
    if provider is None:
        return RedirectResponse("/login", status_code=303)
    asked = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    asked["next"] = forms.local_path(request.query_params.get("next", "/"))
    challenge = challenge_of(asked["verifier"])
    try:
        place = provider.address(state=asked["state"], nonce=asked["nonce"], challenge=challenge)
    except SignOnRefused as refusal:
        return sign_in_page(console, status=503, fault=str(refusal), wanted=asked["next"])
    response = RedirectResponse(place, status_code=303)
    response.set_cookie(
        _cookie(console),
        json.dumps(asked),
        max_age=LASTS_SECONDS,
        path="/",
        secure=console.tools.is_https,
        httponly=True,
        samesite="lax",
    )
    return response


def _come_back(console: Console, request: Request) -> Response:
    provider = console.tools.sign_on
    if provider is None:
        return RedirectResponse("/login", status_code=303)
    response = _answered(console, request, provider)
    response.delete_cookie(_cookie(console), path="/", secure=console.tools.is_https, httponly=True)
    return response


def _answered(console: Console, request: Request, provider: SignOn) -> Response:
    asked, given = _asked(console, request), request.query_params
    if not asked or not hmac.compare_digest(
        given.get("state", "").encode(), asked["state"].encode()
    ):
        return sign_in_page(console, status=403, fault=STALE)
    wanted = forms.local_path(asked["next"])
    if not given.get("code"):
        return sign_in_page(console, status=422, fault=TURNED_BACK, wanted=wanted)
    try:
        identity = provider.identify(
            given["code"], verifier=asked["verifier"], nonce=asked["nonce"]
        )
    except SignOnRefused as refusal:
        return sign_in_page(console, status=422, fault=str(refusal), wanted=wanted)
    return _let_in(console, request, provider, identity, wanted)


def _let_in(
    console: Console, request: Request, provider: SignOn, identity: Identity, wanted: str
) -> Response:
    try:
        secret = sign_on(
            identity,
            binds_by_login=provider.binds_by_login,
            storage=console.tools.storage,
            passwords=console.tools.passwords,
            address=request.client.host if request.client else "",
            browser=browser_of(request.headers.get("user-agent", "")),
        )
    except NotAllowed as refusal:
        unknown = identity.subject
        return sign_in_page(console, status=403, fault=str(refusal), wanted=wanted, subject=unknown)
    response = RedirectResponse(wanted, status_code=303)
    keep_session(console, response, secret)
    return response


def _asked(console: Console, request: Request) -> Mapping[str, str]:
    """What this browser set out with; nothing if it did not, or too long ago."""
    try:
        asked = json.loads(request.cookies.get(_cookie(console), ""))
    except ValueError:
        return {}
    names = ("state", "nonce", "verifier", "next")
    if not isinstance(asked, dict) or not all(isinstance(asked.get(n), str) for n in names):
        return {}
    return asked


def _cookie(console: Console) -> str:
    return "__Host-tongbu-oidc" if console.tools.is_https else "tongbu_oidc"
