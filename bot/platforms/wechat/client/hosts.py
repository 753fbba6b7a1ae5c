"""Where an account's API is reached, and which addresses a production account may use."""

from urllib.parse import urlsplit

from bot.domain.accounts.account import Account
from bot.domain.errors import Explanation, Misconfigured

DEFAULT_BASE = "https://api.weixin.qq.com"
PLATFORM_HOSTS = frozenset(
    {f"{name}.weixin.qq.com" for name in ("api", "api2", "sh.api", "sz.api", "hk.api")}
)
READER_HOST = "mp.weixin.qq.com"


def api_base(account: Account) -> str:
    """The API's base address without a slash at its end.

    Raises:
        Misconfigured: a production account's address is not https on the platform's own host or
            on one of the relays listed in its option `relay_hosts`.
    """
    base = account.api_base.get("api", DEFAULT_BASE).rstrip("/")
    parts = urlsplit(base)
    relays = account.options.get("relay_hosts", "").split()
    allowed = parts.hostname in PLATFORM_HOSTS or parts.hostname in relays
    if account.production and not (parts.scheme == "https" and allowed):
        raise Misconfigured(
            f"account {account.id}: {parts.scheme}://{parts.hostname} is not WeChat's API",
            explanation=Explanation(
                "正式账号的接口地址不是微信平台的 https 地址",
                "请在账号设置里改回微信的接口地址，或登记中转服务器",
                "系统管理员",
            ),
        )
    return base


def readers_address(url: str) -> str:
    """`url` as a reader's browser would open it: WeChat still hands out http addresses."""
    prefix = f"http://{READER_HOST}/"
    return f"https://{READER_HOST}/" + url[len(prefix) :] if url.startswith(prefix) else url
