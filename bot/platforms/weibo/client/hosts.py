"""Which host serves what, and which addresses a production account may be sent to."""

from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.accounts.account import Account
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
