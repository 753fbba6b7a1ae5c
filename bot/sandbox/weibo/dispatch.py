"""From a parsed call to an answer: admission in the platform's order, then the handler."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.weibo import errors, oauth
from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.endpoints import ENDPOINTS, Endpoint, Tier
from bot.sandbox.weibo.errors import ArticleRefusal, OAuthRefusal, Refusal, SendAllRefusal
from bot.sandbox.weibo.limits import HOUR, Buckets, buckets
from bot.sandbox.weibo.records import AppLevel, Picture
from bot.sandbox.weibo.state import World

_ARTICLE_PATH = "/proxy/article/publish.json"
_OAUTH: dict[str, tuple[tuple[str, ...], Callable[[World, Call], Any]]] = {
    "/oauth2/authorize": (("GET", "POST"), oauth.authorize),
    "/oauth2/access_token": (("POST",), oauth.access_token),
    "/oauth2/get_token_info": (("POST",), oauth.get_token_info),
    "/oauth2/revokeoauth2": (("GET", "POST"), oauth.revoke),
}


@dataclass(frozen=True)
class Answer:
    """What goes back: JSON, the bytes of a picture, or a redirect."""

    status: int
    body: Any = None
    picture: Picture | None = None
    location: str = ""


def dispatch(world: World, call: Call) -> Answer:
    """Answer a call; a refusal comes in the envelope of its API."""
    if call.path in _OAUTH:
        return _oauth(world, call)
    try:
        body = _api(world, call)
    except Refusal as refusal:
        return refused(world, call.path, refusal.code, refusal.text)
    except ArticleRefusal as refusal:
        return Answer(200, errors.article_body(refusal.code, refusal.text))
    except SendAllRefusal as refusal:
        return Answer(200, errors.send_all_body(refusal))
    return Answer(200, picture=body) if isinstance(body, Picture) else Answer(200, body)


def refused(
    world: World, path: str, code: int, text: str = "", *, under_200: bool = False
) -> Answer:
    """A refusal in the envelope of the path's API.

    ``under_200`` is the gateway's fault of HTTP 200 with the code as a string.
    """
    switches = world.switches
    is_articles_own = code in errors.ARTICLE_MESSAGES or switches.article_refusals == "article"
    if path == _ARTICLE_PATH and is_articles_own:
        words = errors.ARTICLE_MESSAGES.get(code, Refusal(code).text)
        return Answer(200, errors.article_body(code, text or words))
    text = text or Refusal(code).text
    status = errors.http_status(code, auth=switches.auth_status, rate=switches.rate_status)
    if path in _OAUTH:
        return Answer(status, errors.oauth_body(OAuthRefusal(code, text), path))
    body = errors.rest_body(code, text, path)
    if under_200 or switches.error_code_as_string:
        body["error_code"] = str(code)
    return Answer(200 if under_200 else status, body)


def admit(world: World, endpoint: Endpoint, call: Call) -> Caller:
    """Whether the call may run: method, token, review, permission, address, quota, in that order.

    The true order is not documented; this is the sensible one.
    """
    if call.method != endpoint.method:
        raise Refusal(10021)
    token = oauth.valid_token(world, call.token)
    caller = Caller(world.users[token.uid], world.apps[token.app_key])
    if caller.app.level is AppLevel.TEST and caller.user.uid not in caller.app.test_uids:
        raise Refusal(21321)
    if not _is_permitted(caller, endpoint):
        raise Refusal(21701 if "/remind/" in endpoint.path else 10014)
    if caller.app.safe_ips and call.ip not in caller.app.safe_ips:
        raise Refusal(10004)
    _check_quota(world, endpoint, caller, call)
    if endpoint.method == "POST" and caller.user.frozen:
        raise Refusal(20015)
    return caller


def _api(world: World, call: Call) -> Any:
    endpoint = ENDPOINTS.get(call.path)
    if endpoint is None:
        raise Refusal(10020)
    caller = admit(world, endpoint, call)
    where = buckets(caller.app.key, caller.user.uid, call.ip)
    spent = False
    try:
        body = endpoint.handler(world, caller, call)
        spent = True
    except Refusal as refusal:
        spent = refusal.code == 20032
        raise
    finally:
        if spent or world.switches.failed_calls_count:
            _count(world, endpoint, where)
        if spent and endpoint.is_post:
            world.meter.add(where.posts, HOUR)
    return body


def _count(world: World, endpoint: Endpoint, where: Buckets) -> None:
    if not endpoint.is_counted:
        return
    is_commercial = endpoint.tier is Tier.COMMERCIAL
    world.meter.add(where.commercial if is_commercial else where.ip, HOUR)
    if not is_commercial or world.switches.commercial_calls_count:
        world.meter.add(where.user, world.meter.profile.user_window)


def _is_permitted(caller: Caller, endpoint: Endpoint) -> bool:
    app = caller.app
    if endpoint.path in app.denied:
        return False
    if endpoint.path in app.granted:
        return True
    return {
        Tier.ORDINARY: True,
        Tier.CLOSED: False,
        Tier.COMMERCIAL: app.level is AppLevel.COMMERCIAL,
        Tier.ARTICLE: app.article_enabled,
    }[endpoint.tier]


def _check_quota(world: World, endpoint: Endpoint, caller: Caller, call: Call) -> None:
    if not endpoint.is_counted:
        return
    meter, profile = world.meter, world.meter.profile
    where = buckets(caller.app.key, caller.user.uid, call.ip)
    is_commercial = endpoint.tier is Tier.COMMERCIAL
    if is_commercial:
        meter.check(where.commercial, HOUR, profile.commercial_ip_calls, 10022)
    else:
        meter.check(where.ip, HOUR, profile.ip_calls, 10022)
    if not is_commercial or world.switches.commercial_calls_count:
        meter.check(where.user, profile.user_window, profile.user_calls, 10023)
    if endpoint.is_post:
        meter.check(where.posts, HOUR, profile.posts, 20016)


def _oauth(world: World, call: Call) -> Answer:
    methods, handler = _OAUTH[call.path]
    if call.method not in methods:
        return refused(world, call.path, 10021)
    try:
        body = handler(world, call)
    except OAuthRefusal as refusal:
        status = errors.http_status(refusal.code, auth=world.switches.auth_status, rate=400)
        return Answer(status, errors.oauth_body(refusal, call.path))
    except Refusal as refusal:
        return refused(world, call.path, refusal.code, refusal.text)
    if isinstance(body, oauth.Redirect):
        return Answer(302, location=body.location)
    return Answer(200, body)
