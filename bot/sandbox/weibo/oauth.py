"""Consent, tokens and their end. The authorise page consents by itself."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.weibo.calls import Call
from bot.sandbox.weibo.errors import OAuthRefusal, Refusal
from bot.sandbox.weibo.records import App, AppLevel, Code, Token
from bot.sandbox.weibo.state import World

_DAY = 86_400
_CODE_SECONDS = 600
_OWNER_SECONDS = 157_679_999
_LEVEL_SECONDS = {AppLevel.TEST: _DAY, AppLevel.COMMERCIAL: 90 * _DAY}


@dataclass(frozen=True)
class Redirect:
    """The browser is sent on."""

    location: str


def authorize(world: World, call: Call) -> Redirect:
    """Send the browser back with a one-time code.

    The account logged in is that of ``sandbox_uid``, else the app's owner, else the first account
    of the app; ``sandbox_deny=1`` plays a person who says no. Both are the sandbox's own.
    """
    app = world.apps.get(call.text("client_id"))
    if app is None:
        description = f"unknow client id:{call.text('client_id')}"
        raise OAuthRefusal(21324, "invalid_client", description)
    redirect_uri = call.text("redirect_uri")
    if redirect_uri != app.redirect_uri:
        raise OAuthRefusal(21322, "redirect_uri_mismatch")
    if call.text("response_type", "code") != "code":
        raise OAuthRefusal(21329, "unsupported_response_type")
    state = {"state": call.text("state")} if call.text("state") else {}
    if call.text("sandbox_deny"):
        refusal = {"error": "access_denied", "error_code": "21330"}
        return Redirect(_with_query(redirect_uri, state | refusal))
    uid = call.number("sandbox_uid") or _logged_in(world, app)
    if uid not in world.users:
        raise OAuthRefusal(21330, "access_denied", "nobody is logged in.")
    code = Code(
        value=world.ids.hex_word(32),
        uid=uid,
        app_key=app.key,
        redirect_uri=redirect_uri,
        expires_at=world.now() + _CODE_SECONDS,
    )
    world.codes[code.value] = code
    return Redirect(_with_query(redirect_uri, state | {"code": code.value}))


def access_token(world: World, call: Call) -> dict[str, Any]:
    """Exchange a code for a token; there is no refresh token for a server."""
    app = _client(world, call)
    if call.text("grant_type") != "authorization_code":
        raise OAuthRefusal(21328, "unsupported_grant_type")
    if not call.text("redirect_uri"):
        raise OAuthRefusal(21323, "invalid_request", "miss redirect uri.")
    code = world.codes.get(call.text("code"))
    if code is None or code.used or code.app_key != app.key or code.expires_at < world.now():
        description = f"invalid authorization code:{call.text('code')}"
        raise OAuthRefusal(21325, "invalid_grant", description)
    if code.redirect_uri != call.text("redirect_uri"):
        raise OAuthRefusal(21322, "redirect_uri_mismatch")
    code.used = True
    token = issue(world, app, code.uid)
    seconds = int(token.expires_at - token.created_at)
    return {
        "access_token": token.value,
        "remind_in": str(seconds),
        "expires_in": str(seconds) if world.switches.expires_in_as_string else seconds,
        "uid": str(code.uid),
        "isRealName": "true",
    }


def get_token_info(world: World, call: Call) -> dict[str, Any]:
    """Whose token it is, for which app, and how many seconds are left."""
    token = _living(world, call)
    return {
        "uid": token.uid,
        "appkey": int(token.app_key) if token.app_key.isdigit() else token.app_key,
        "scope": None,
        "create_at": int(token.created_at),
        "expire_in": int(token.expires_at - world.now()),
    }


def revoke(world: World, call: Call) -> dict[str, str]:
    """End a token."""
    _living(world, call).dead = 21332
    return {"result": "true"}


def issue(world: World, app: App, uid: int) -> Token:
    """A new token with the lifetime of the app's level, or its owner's five years."""
    value = f"2.00{world.ids.hex_word(28)}"
    now = world.now()
    token = Token(value, uid, app.key, now, now + _lifetime(world, app, uid))
    world.tokens[value] = token
    return token


def valid_token(world: World, value: str) -> Token:
    """The living token; Refusal 10006 without one, 21332 unknown, 21327 expired, or its own end."""
    if not value:
        raise Refusal(10006)
    token = world.tokens.get(value)
    if token is None:
        raise Refusal(21332)
    if token.dead:
        raise Refusal(token.dead)
    if token.expires_at <= world.now():
        raise Refusal(21327)
    return token


def _living(world: World, call: Call) -> Token:
    try:
        return valid_token(world, call.token)
    except Refusal as refusal:
        raise OAuthRefusal(refusal.code, refusal.text) from refusal


def _client(world: World, call: Call) -> App:
    if not call.text("client_id") or not call.text("client_secret"):
        raise OAuthRefusal(21323, "invalid_request", "miss client id or secret")
    app = world.apps.get(call.text("client_id"))
    if app is None or app.secret != call.text("client_secret"):
        raise OAuthRefusal(21324, "invalid_client", "client_id or client_secret is invalid.")
    return app


def _logged_in(world: World, app: App) -> int:
    mine = (user.uid for user in world.users.values() if user.registered)
    return app.owner_uid or next(mine, 0)


def _lifetime(world: World, app: App, uid: int) -> int:
    if app.token_seconds:
        return app.token_seconds
    if uid == app.owner_uid:
        return _OWNER_SECONDS
    return _LEVEL_SECONDS.get(app.level, world.switches.ordinary_token_days * _DAY)


def _with_query(uri: str, fields: dict[str, str]) -> str:
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(fields)}"
