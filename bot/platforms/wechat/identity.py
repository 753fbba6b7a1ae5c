"""Who an account is on the platform, and what only its owner knows."""

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import Explanation, Misconfigured


def app_id(access: AccountAccess) -> str:
    """The account's AppID; not a secret, so it may stand among the options.

    Raises:
        Misconfigured: the account has none.
    """
    return access.account.options.get("app_id", "") or required_secret(access, "app_id", "AppID")


def required_secret(access: AccountAccess, name: str, chinese: str) -> str:
    """The secret called `name`.

    Raises:
        Misconfigured: the account has none; staff read it as `chinese`.
    """
    value = access.secret(name)
    if not value:
        raise Misconfigured(
            f"account {access.account.id} has no {name}",
            explanation=Explanation(f"账号没有填写{chinese}", "请在账号设置里补上", "系统管理员"),
        )
    return value
