"""Which host serves what, and which addresses a production account may be sent to."""

from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.accounts.account import Account, Mode
from bot.domain.errors import Explanation, Misconfigured


class Host(StrEnum):
    """Host roles; the keys of an account's `api_base`."""

    API = "api"
    COMMERCIAL = "c"
    REMIND = "rm"
    MESSAGES = "m"
    UPLOAD = "upload"


DEFAULT_BASES = {
    Host.API: "https://api.weibo.com",
    Host.COMMERCIAL: "https://c.api.weibo.com",
    Host.REMIND: "https://rm.api.weibo.com",
    Host.MESSAGES: "https://m.api.weibo.com",
    Host.UPLOAD: "https://upload.api.weibo.com",
}


COMMERCIAL_TWINS = frozenset(
    {
        "/2/comments/to_me.json",
        "/2/comments/mentions.json",
        "/2/comments/by_me.json",
        "/2/comments/reply.json",
        "/2/comments/create.json",
        "/2/statuses/mentions.json",
        "/2/statuses/count.json",
        "/2/messages/reply.json",
    }
)
"""Calls of ours that the commercial host has too, with the same fields and answers (its pages
C/2/…/biz). It has neither `comments/show` nor `comments/destroy`, nor the unread counters."""


def is_commercial(account: Account) -> bool:
    """Whether followers' words are read and answered on the commercial host: with that route,
    unless the option `commercial_scope` says that the contract is for `posts` alone."""
    scope = account.options.get("commercial_scope", "all")
    return account.mode is Mode.COMMERCIAL and scope != "posts"


def place_of(account: Account, host: Host, path: str) -> tuple[Host, str]:
    """Where this account makes the call: at its commercial twin, if it may and there is one."""
    if path not in COMMERCIAL_TWINS or not is_commercial(account):
        return host, path
    return Host.COMMERCIAL, path.replace(".json", "/biz.json")


def base_address(account: Account, host: Host) -> str:
    """Scheme and host for a role, without a closing slash.

    An account that is not in production and names only its `api` base keeps all roles there, so
    that an account of the sandbox never reaches the real platform.

    Raises:
        Misconfigured: a production account names a host that is neither Weibo's nor in its
            option `relay_hosts`, or not https.
    """
    own = account.api_base.get(host.value)
    if own is None and not account.production:
        own = account.api_base.get(Host.API.value)
    base = (own or DEFAULT_BASES[host]).rstrip("/")
    if account.production and not _is_trusted(account, host, base):
        raise _foreign(account, host)
    return base


def _is_trusted(account: Account, host: Host, base: str) -> bool:
    parts = urlsplit(base)
    relays = account.options.get("relay_hosts", "").replace(",", " ").split()
    return parts.scheme == "https" and parts.hostname in {
        urlsplit(DEFAULT_BASES[host]).hostname,
        *relays,
    }


def _foreign(account: Account, host: Host) -> Misconfigured:
    return Misconfigured(
        f"account {account.name}: the {host.value} address is not a trusted https host",
        explanation=Explanation(
            cause=f"正式账号“{account.name}”的微博接口地址不是微博官方的 https 地址",
            next_step="请在账号设置中清空接口地址，或把中转主机登记到 relay_hosts",
            who="系统管理员",
        ),
    )
