"""How a Weibo account gives us its token: a page of consent, a code, and a check whose it is."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import Explanation, Misconfigured
from bot.platforms.weibo.client.account import token_facts
from bot.platforms.weibo.client.consent import AUTHORISE_PATH, exchange_code
from bot.platforms.weibo.client.hosts import Host, base_address
from bot.platforms.weibo.client.session import Link
from bot.ports.authorising import Grant
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets, PlatformToken, TokenStore

_SECONDS = 20.0


@dataclass(frozen=True)
class WeiboAuthoriser:
    """Implements `bot.ports.authorising.Authoriser`."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def app_key(self, account: Account) -> str:
        """The app key of the settings."""
        return account.options.get("app_key", "")

    def consent_address(self, account: Account, *, redirect_uri: str, state: str) -> str:
        """With `forcelogin`: who is logged in at that browser as a private person must not be
        asked in the account's place."""
        query = {
            "client_id": self._required_app_key(account),
            "response_type": "code",
            "redirect_uri": redirect_uri,
            "state": state,
            "forcelogin": "true",
        }
        return f"{base_address(account, Host.API)}{AUTHORISE_PATH}?{urlencode(query)}"

    def grant(self, access: AccountAccess, code: str, *, redirect_uri: str) -> Grant:
        """Two calls: the exchange, and `get_token_info`, the only trustworthy source of whose
        token it is."""
        self._required_app_key(access.account)
        if not access.secret("app_secret"):
            raise _missing(access.account, "App Secret（app_secret）")
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        # What a session knows as a secret it takes out of answers; the new token may be the old.
        only = AccountAccess(access.account, {"app_secret": access.secret("app_secret")})
        stranger = link.opened(only, "", seconds=_SECONDS, purpose=Purpose.AUTHORISING)
        new = exchange_code(stranger, code, redirect_uri=redirect_uri)
        facts = token_facts(replace(stranger, token=new.value))
        now = self.clock.now()
        token = PlatformToken(new.value, now + timedelta(seconds=facts.seconds_left), now)
        return Grant(token, facts.uid, facts.app_key, timedelta(seconds=new.seconds))

    def _required_app_key(self, account: Account) -> str:
        app_key = self.app_key(account)
        if not app_key:
            raise _missing(account, "App Key（app_key）")
        return app_key


def _missing(account: Account, what: str) -> Misconfigured:
    return Misconfigured(
        f"account {account.name} lacks {what}",
        explanation=Explanation(
            cause=f"账号“{account.name}”没有设置应用的 {what}",
            next_step="请在账号设置中填写微博开放平台“应用信息”里的值",
            who="系统管理员",
        ),
    )
