"""Tokens and the calls about calling: allow lists, addresses, quotas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.wechat import quotas
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, World

OK = {"errcode": 0, "errmsg": "ok"}
CHECKS = frozenset({"dns", "ping", "all"})
OPERATORS = frozenset({"CHINANET", "UNICOM", "CAP", "DEFAULT"})
GRANT = "client_credential"


def token(world: World, asked: Mapping[str, Any], client_ip: str) -> dict[str, Any]:
    """/cgi-bin/token."""
    account = _authenticate(world, asked, client_ip)
    quotas.count_call(world, account, "/cgi-bin/token")
    value, seconds = account.tokens.fetch_ordinary(world.now())
    world.token_owners[value] = account
    return {"access_token": value, "expires_in": seconds}


def stable_token(world: World, asked: Mapping[str, Any], client_ip: str) -> dict[str, Any]:
    """/cgi-bin/stable_token."""
    account = _authenticate(world, asked, client_ip)
    quotas.count_call(world, account, "/cgi-bin/stable_token")
    force = asked.get("force_refresh", False)
    if not isinstance(force, bool):
        raise Refusal(47001)
    day = world.stage.clock.beijing().strftime("%Y-%m-%d")
    value, seconds = account.tokens.fetch_stable(world.now(), day, force=force)
    world.token_owners[value] = account
    return {"access_token": value, "expires_in": seconds}


def own_addresses(_: World, __: ApiCall) -> dict[str, Any]:
    """getcallbackip and get_api_domain_ip: the sandbox lives on the loopback."""
    return {"ip_list": ["127.0.0.1"]}


def check_callback(world: World, call: ApiCall) -> dict[str, Any]:
    """callback/check: how the callback's name resolves, and whether packets reach it."""
    action = call.text("action", 40202)
    if action not in CHECKS:
        raise Refusal(40202)
    operator = str(call.body.get("check_operator", "DEFAULT"))
    if operator not in OPERATORS:
        raise Refusal(40203)
    if not call.account.spec.callback_url:
        raise Refusal(40201)
    answer: dict[str, Any] = {}
    lost = "0%" if world.switches.callback_reachable else "100%"
    if action in {"dns", "all"}:
        answer["dns"] = [{"ip": "127.0.0.1", "real_operator": operator}]
    if action in {"ping", "all"}:
        ping = {"ip": "127.0.0.1", "from_operator": operator}
        answer["ping"] = [{**ping, "package_loss": lost, "time": "23.079ms"}]
    return answer


def get_quota(world: World, call: ApiCall) -> dict[str, Any]:
    """openapi/quota/get for paths whose quota is known."""
    path = _known_path(call)
    limit = quotas.daily_limit(world, path)
    used = quotas.used_today(world, call.account, path)
    return {
        **OK,
        "quota": {"daily_limit": limit, "used": used, "remain": max(0, limit - used)},
        "rate_limit": {"call_count": quotas.A_MINUTE.get(path, 1000), "refresh_second": 60},
    }


def clear_one_quota(world: World, call: ApiCall) -> dict[str, Any]:
    """openapi/quota/clear."""
    quotas.clear(world, call.account, _known_path(call))
    return OK


def clear_quota(world: World, call: ApiCall) -> dict[str, Any]:
    """clear_quota: all paths of the account."""
    if call.body.get("appid") != call.account.spec.app_id:
        raise Refusal(40013)
    quotas.clear(world, call.account)
    return OK


def clear_quota_by_secret(world: World, asked: Mapping[str, Any]) -> dict[str, Any]:
    """clear_quota/v2: the same without a token, with the AppSecret."""
    quotas.clear(world, _owner(world, asked.get("appid"), asked.get("appsecret")))
    return OK


def _known_path(call: ApiCall) -> str:
    path = call.text("cgi_path", 76021)
    if path not in quotas.DOCUMENTED:
        raise Refusal(76021)
    return path


def _authenticate(world: World, asked: Mapping[str, Any], client_ip: str) -> Account:
    if asked.get("grant_type") != GRANT:
        raise Refusal(40002)
    account = _owner(world, asked.get("appid"), asked.get("secret"))
    spec = account.spec
    if spec.allowed_ips and client_ip not in spec.allowed_ips:
        where = f"invalid ip {client_ip} ipv6 ::ffff:{client_ip}, not in whitelist"
        raise Refusal(40164, where)
    if spec.frozen:
        raise Refusal(50007)
    return account


def _owner(world: World, app_id: object, secret: object) -> Account:
    if not app_id:
        raise Refusal(41002)
    if not secret:
        raise Refusal(41004)
    account = world.by_app_id(str(app_id))
    if account is None:
        raise Refusal(40013)
    if secret != account.spec.app_secret:
        raise Refusal(40125)
    if account.spec.secret_frozen:
        raise Refusal(40243)
    return account
