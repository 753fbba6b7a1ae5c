"""One door to Weibo's HTTP interface: address, token, budget, deadline, and what came back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import COMMERCIAL_BUCKET, Budget, Purpose
from bot.domain.errors import CredentialExpired, Explanation, PlatformError, RateLimited
from bot.platforms.transport import Answer, Deadline, before_sending, no_clear_answer, send
from bot.platforms.weibo.client.envelopes import refusal_in
from bot.platforms.weibo.client.hosts import Host, base_address, place_of
from bot.platforms.weibo.errors import error_for, error_table
from bot.platforms.weibo.json_text import parsed
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets, TokenStore

T = TypeVar("T")
Fields = Mapping[str, str]
_HUGE = 10**9
_EXPIRED = "21327"
_DAY_IS_SPENT = "10023"
"""Our own ledger says it before the platform does; staff read the same words."""


@dataclass(frozen=True)
class Upload:
    """A picture on its way."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Link:
    """What every session needs: the HTTP client, the shared ledgers, the time."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def session(self, access: AccountAccess, *, seconds: float, purpose: Purpose) -> "Session":
        """A session whose calls together may last `seconds`.

        Raises:
            CredentialExpired: the account has no token, neither stored nor among its secrets.
        """
        return self.opened(access, self._token(access), seconds=seconds, purpose=purpose)

    def opened(
        self, access: AccountAccess, token: str, *, seconds: float, purpose: Purpose
    ) -> "Session":
        """A session with this very token; an empty one is not sent."""
        return Session(self, access, token, Deadline(seconds), purpose)

    def _token(self, access: AccountAccess) -> str:
        """One that somebody wrote among the secrets goes first; connecting takes it out there."""
        account, written = access.account, access.secret("access_token")
        if written:
            return written
        with before_sending("weibo"):
            stored = self.tokens.get(account.id)
        if stored is None:
            words = f"account {account.name} has no access token"
            raise CredentialExpired(words, explanation=NO_TOKEN)
        if stored.expires_at <= self.clock.now():
            words = f"the token of account {account.name} has expired"
            raise CredentialExpired(words, explanation=error_table().codes[_EXPIRED].explanation)
        return stored.value


@dataclass(frozen=True)
class Session:
    """The calls of one step for one account, under one deadline and one purpose.

    Every call raises only `PlatformError`s, and none of them holds a token.
    """

    link: Link
    access: AccountAccess
    token: str = field(repr=False)
    deadline: Deadline
    purpose: Purpose

    def spent_on(self, purpose: Purpose) -> "Session":
        """The same session, its next calls counted under another purpose."""
        return replace(self, purpose=purpose)

    def get(self, host: Host, path: str, fields: Fields, parse: Callable[[Any], T]) -> T:
        """Read `path`; `parse` makes our value of the JSON, or fails with an AttributeError,
        KeyError, TypeError or ValueError when it is not what was asked for."""
        host, path = place_of(self.access.account, host, path)
        url = base_address(self.access.account, host) + path
        query = {**self._token_field, **fields}
        request = self.link.http.build_request("GET", url, params=query)
        return self._exchange(request, parse, host=host, writes=False)

    def post(
        self,
        host: Host,
        path: str,
        fields: Fields,
        parse: Callable[[Any], T],
        *,
        picture: Upload | None = None,
        writes: bool = True,
    ) -> T:
        """Send a form, encoded once; multipart under the name `pic` when a picture goes along."""
        host, path = place_of(self.access.account, host, path)
        url = base_address(self.access.account, host) + path
        form = {**self._token_field, **fields}
        files = {"pic": _part(picture)} if picture else None
        request = self.link.http.build_request("POST", url, data=form, files=files)
        return self._exchange(request, parse, host=host, writes=writes)

    def fetch(self, host: Host, path: str, fields: Fields) -> Answer:
        """Read something that is no JSON; a refusal is one."""
        url = base_address(self.access.account, host) + path
        query = {**self._token_field, **fields}
        request = self.link.http.build_request("GET", url, params=query)
        self._spend(host)
        answer = send(
            self.link.http, request, deadline_seconds=self.deadline.remaining, writes=False
        )
        if answer.status >= 400 or "json" in answer.media_type or "html" in answer.media_type:
            self._judged(answer, path, writes=False)
            raise _unreadable(answer, path, writes=False)
        return answer

    @property
    def _token_field(self) -> dict[str, str]:
        return {"access_token": self.token} if self.token else {}

    def _exchange(
        self, request: httpx.Request, parse: Callable[[Any], T], *, host: Host, writes: bool
    ) -> T:
        self._spend(host)
        answer = send(
            self.link.http, request, deadline_seconds=self.deadline.remaining, writes=writes
        )
        body = self._judged(answer, request.url.path, writes=writes)
        try:
            return parse(body)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(answer, request.url.path, writes=writes) from error

    def _spend(self, host: Host) -> None:
        account = self.access.account
        budget = budget_for(account, host)
        try:
            with before_sending("weibo"):
                self.link.budgets.spend(
                    account.id,
                    budget,
                    publishing=self.purpose.may_use_reserve,
                    # The list of what the day's hundred calls went for is about those alone.
                    purpose=None if host is Host.COMMERCIAL else self.purpose,
                )
        except RateLimited as error:
            error.explanation = error_table().codes[_DAY_IS_SPENT].explanation
            raise

    def _judged(self, answer: Answer, path: str, *, writes: bool) -> Any:
        """The JSON of a success; the body is looked at before the status."""
        try:
            body = parsed(self._without_secrets(answer.body.decode("utf-8")))
        except ValueError as error:
            raise _unreadable(answer, path, writes=writes) from error
        said = refusal_in(body, path=path, http_status=answer.status)
        if said is not None and (said.code or not writes):
            raise error_for(said, writes=writes, now=self.link.clock.now())
        if said is not None or answer.status >= 400:
            raise _unreadable(answer, path, writes=writes)
        return body

    def _without_secrets(self, text: str) -> str:
        """The text with every secret taken out, should the platform echo one."""
        for secret in {self.token, *self.access.secrets.values()}:
            text = text.replace(secret, "***") if len(secret) >= 8 else text
        return text


NO_TOKEN = Explanation(
    cause="账号还没有微博授权（access_token）",
    next_step="请到“账号”页用该微博账号授权",
    who="账号管理员",
)


def budget_for(account: Account, host: Host) -> Budget:
    """The daily allowance a call counts against.

    An ordinary app has 100 calls a user and day (rate-limit page, rev. 16512); 20 are kept for
    publishing and reading back. The commercial host has a contract of its own, 50,000 an hour.
    """
    if host is Host.COMMERCIAL:
        return Budget(COMMERCIAL_BUCKET, _HUGE if _is_load(account) else 50_000)
    if _is_load(account):
        return Budget("weibo_user_day", _HUGE)
    return Budget("weibo_user_day", 100, reserve=20)


def _is_load(account: Account) -> bool:
    return account.quota_profile == "load"


def _part(picture: Upload) -> tuple[str, bytes, str]:
    extension = picture.media_type.rpartition("/")[2].replace("jpeg", "jpg")
    return f"picture.{extension}", picture.content, picture.media_type


def _unreadable(answer: Answer, path: str, *, writes: bool) -> PlatformError:
    message = f"weibo {path}: HTTP {answer.status} without a readable answer"
    return no_clear_answer(message, writes=writes)
