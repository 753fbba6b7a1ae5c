"""The one keeper of an account's access token: single flight over all processes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import orjson

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import NotSent
from bot.platforms.transport import NOT_REACHED, Deadline, send
from bot.platforms.wechat.client.answers import errcode_of, parsed, reading
from bot.platforms.wechat.client.endpoints import STABLE_TOKEN
from bot.platforms.wechat.client.hosts import api_base
from bot.platforms.wechat.errors import Effect, Section, error_of
from bot.platforms.wechat.identity import app_id, required_secret
from bot.ports.clock import Clock
from bot.ports.tokens import PlatformToken, TokenStore

REFRESH_BEFORE = timedelta(minutes=5)
NOT_AGAIN_WITHIN = timedelta(minutes=1)
"""The platform hands out the same token until about five minutes before its end; asking for
another more often than once a minute brings nothing."""
FORCED_APART = timedelta(seconds=30)
"""A forced refresh sooner after the last one gives the same token, and still counts."""
CLAIM_SECONDS = 15.0
FETCH_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class _Wish:
    """Until when a token is wanted, which one is of no use, and whether one may be forced."""

    deadline: Deadline
    refused: str = ""
    may_force: Callable[[], bool] = lambda: False


class TokenKeeper:
    """Reads the stored token and renews it; the only caller of `stable_token`.

    The normal mode is used: it does not kill tokens that other systems of the office hold. Only
    when it insists on a token that is refused, a new one is forced.
    """

    def __init__(
        self,
        http: httpx.Client,
        tokens: TokenStore,
        clock: Clock,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http, self._tokens, self._clock, self._sleep = http, tokens, clock, sleep

    def current(self, access: AccountAccess, deadline: Deadline) -> str:
        """A token with some life left.

        Raises:
            PlatformError: none could be had; the call it was for has not been sent.
        """
        stored = self._tokens.get(access.account.id)
        if stored is not None and self._is_good(stored):
            return stored.value
        return self._renewed(access, stored, _Wish(deadline)).value

    def renew(
        self,
        access: AccountAccess,
        *,
        refused: str,
        deadline: Deadline,
        may_force: Callable[[], bool] = lambda: False,
    ) -> str:
        """The token to use instead of `refused`: somebody else's newer one, or a fresh one.

        `may_force` is asked before a refresh is forced; the platform allows twenty a day.

        Raises:
            PlatformError: none could be had.
        """
        stored = self._tokens.get(access.account.id)
        if stored is not None and stored.value != refused and self._is_alive(stored):
            return stored.value
        return self._renewed(access, stored, _Wish(deadline, refused, may_force)).value

    def _is_alive(self, token: PlatformToken) -> bool:
        return self._clock.now() < token.expires_at

    def _is_good(self, token: PlatformToken) -> bool:
        now = self._clock.now()
        if now < token.expires_at - REFRESH_BEFORE:
            return True
        return now < token.expires_at and now < token.fetched_at + NOT_AGAIN_WITHIN

    def _renewed(
        self, access: AccountAccess, seen: PlatformToken | None, wish: "_Wish"
    ) -> PlatformToken:
        account = access.account.id
        while not self._tokens.claim_refresh(account, seconds=CLAIM_SECONDS):
            if wish.deadline.remaining <= LOOK_AGAIN_SECONDS:
                raise NotSent(
                    "stable_token: somebody else is still refreshing", explanation=NOT_REACHED
                )
            self._sleep(LOOK_AGAIN_SECONDS)
            stored = self._tokens.get(account)
            if stored is not None and stored != seen:
                return stored
        try:
            return self._fetched_once(access, seen, wish)
        finally:
            self._tokens.release_refresh(account)

    def _fetched_once(
        self, access: AccountAccess, seen: PlatformToken | None, wish: "_Wish"
    ) -> PlatformToken:
        """Fetch, unless another process did between our look and our claim."""
        account = access.account.id
        stored = self._tokens.get(account)
        if stored is not None and stored != seen:
            return stored
        new = self._fetch(access, wish.deadline)
        if new.value == wish.refused and self._may_force(seen, wish):
            new = self._fetch(access, wish.deadline, force=True)
        if self._tokens.swap(account, seen=seen, new=new):
            return new
        return self._tokens.get(account) or new

    def _may_force(self, seen: PlatformToken | None, wish: "_Wish") -> bool:
        is_old = seen is None or self._clock.now() - seen.fetched_at >= FORCED_APART
        return is_old and wish.may_force()

    def _fetch(
        self, access: AccountAccess, deadline: Deadline, *, force: bool = False
    ) -> PlatformToken:
        body = {
            "grant_type": "client_credential",
            "appid": app_id(access),
            "secret": required_secret(access, "app_secret", "AppSecret"),
            "force_refresh": force,
        }
        url = api_base(access.account) + STABLE_TOKEN.path
        request = self._http.build_request(
            "POST", url, content=orjson.dumps(body), headers={"Content-Type": "application/json"}
        )
        seconds = min(deadline.remaining, FETCH_SECONDS)
        answer = send(self._http, request, deadline_seconds=seconds, writes=False)
        said = parsed(answer, what="stable_token", effect=Effect.READ)
        self._refuse(said)
        now = self._clock.now()
        with reading("stable_token"):
            expires_at = now + timedelta(seconds=int(said["expires_in"]))
            return PlatformToken(str(said["access_token"]), expires_at, now)

    def _refuse(self, said: dict[str, Any]) -> None:
        code = errcode_of(said)
        if code:
            words = str(said.get("errmsg", ""))
            raise error_of(
                code,
                words,
                what="stable_token",
                effect=Effect.READ,
                now=self._clock.now(),
                section=Section.TOKEN_ERROR,
            )
