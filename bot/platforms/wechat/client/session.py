"""A session: the calls of one step, with its token, its budget and its one deadline."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import httpx
import orjson

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Budget, next_budget_day
from bot.domain.errors import Explanation, RateLimited
from bot.domain.ids import AccountId
from bot.platforms.transport import Answer, Deadline, before_sending, send
from bot.platforms.wechat.client.answers import errcode_of, needed, parsed
from bot.platforms.wechat.client.endpoints import FORCED_REFRESH, Endpoint
from bot.platforms.wechat.client.hosts import api_base
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.errors import Reaction, Section, error_of, table
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets

_IN_A_WHILE = Explanation(
    "查询次数按一天均匀使用，目前暂时用完", "系统稍后自动继续；平台的通知一到会立即更新", "无需处理"
)


@dataclass(frozen=True)
class Line:
    """What every session shares: the HTTP client, the token keeper, the ledgers, the clock."""

    http: httpx.Client
    keeper: TokenKeeper
    budgets: CallBudgets
    clock: Clock


@dataclass(frozen=True)
class Upload:
    """One file of a multipart body; the platform refuses a part without a file name."""

    content: bytes
    media_type: str

    @property
    def name(self) -> str:
        return "picture.png" if self.media_type == "image/png" else "picture.jpg"


class Session:
    """Calls the API for one account within one deadline."""

    def __init__(
        self, line: Line, access: AccountAccess, deadline: Deadline, *, publishing: bool = True
    ) -> None:
        self._line, self._access, self._deadline = line, access, deadline
        self._publishing = publishing

    @property
    def account(self) -> AccountId:
        """Whose session this is."""
        return self._access.account.id

    def call(
        self,
        endpoint: Endpoint,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        upload: Upload | None = None,
        tolerate: Collection[str] = (),
        needs: str = "",
    ) -> dict[str, Any]:
        """The decoded answer. A refused token is renewed once, and the call made once more.

        `tolerate` names error codes whose answer the caller wants to read itself, `needs` the
        field without which an answer proves nothing.

        Raises:
            PlatformError: as the tree tells them apart; no message ever holds the token.
        """
        read = partial(_said, endpoint=endpoint)
        said = self._judged(
            endpoint, body, query=query, upload=upload, tolerate=tolerate, read=read
        )
        if needs:
            needed(said, needs, what=endpoint.path, effect=endpoint.effect)
        return said

    def fetch(self, endpoint: Endpoint, query: Mapping[str, str]) -> Answer:
        """A file. Of some the platform tells the address only: that answer is JSON.

        Raises:
            PlatformError: as `call`.
        """
        answers: list[Answer] = []

        def read(answer: Answer) -> dict[str, Any]:
            answers.append(answer)
            return {} if _is_file(answer) else _said(answer, endpoint=endpoint)

        self._judged(endpoint, query=query, read=read)
        return answers[-1]

    def _judged(
        self,
        endpoint: Endpoint,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None,
        read: Callable[[Answer], dict[str, Any]],
        upload: Upload | None = None,
        tolerate: Collection[str] = (),
    ) -> dict[str, Any]:
        budget = endpoint.budget(self._access.account)
        with before_sending(endpoint.path):
            if budget is not None:
                self._spend(budget, endpoint)
            token = self._line.keeper.current(self._access, self._deadline)
        said = read(self._ask(endpoint, token, body, query, upload))
        if _says_token_is_dead(said):
            with before_sending(endpoint.path):
                token = self._line.keeper.renew(
                    self._access, refused=token, deadline=self._deadline, may_force=self._may_force
                )
            said = read(self._ask(endpoint, token, body, query, upload))
        code = errcode_of(said)
        if not code or code in tolerate:
            return said
        raise error_of(
            code,
            str(said.get("errmsg", "")).replace(token, "***"),
            what=endpoint.path,
            effect=endpoint.effect,
            now=self._line.clock.now(),
        )

    def _may_force(self) -> bool:
        """Take one of the day's forced refreshes, if any is left."""
        budget = FORCED_REFRESH.budget(self._access.account)
        try:
            if budget is not None:
                self._line.budgets.spend(self._access.account.id, budget, publishing=True)
        except RateLimited:
            return False
        return True

    def _spend(self, budget: Budget, endpoint: Endpoint) -> None:
        account, now = self._access.account.id, self._line.clock.now()
        is_poll = endpoint.paced and not self._publishing
        asked = budget.paced(now) if is_poll else budget
        try:
            self._line.budgets.spend(account, asked, publishing=self._publishing)
        except RateLimited as spent:
            if is_poll and (again := budget.next_poll(now)) < next_budget_day(now):
                raise replace(spent, until=again, explanation=_IN_A_WHILE) from spent
            limit = budget.limit_for(publishing=self._publishing)
            kept = f"，另 {budget.reserve} 次留给发布" if limit < budget.daily_limit else ""
            cause = f"接口 {endpoint.path} 今天的 {limit} 次调用已用完{kept}"
            told = Explanation(cause, "北京时间零点后自动继续，稿件不会丢失", "无需处理")
            raise replace(spent, explanation=told) from spent

    def _ask(
        self,
        endpoint: Endpoint,
        token: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, str] | None,
        upload: Upload | None,
    ) -> Answer:
        has_json = upload is None and endpoint.method == "POST"
        request = self._line.http.build_request(
            endpoint.method,
            api_base(self._access.account) + endpoint.path,
            params={"access_token": token, **(query or {})},
            content=orjson.dumps(body or {}) if has_json else None,
            files={"media": (upload.name, upload.content, upload.media_type)} if upload else None,
            headers={"Content-Type": "application/json"} if has_json else {},
        )
        writes = endpoint.effect.changes_something
        seconds = self._deadline.remaining
        return send(self._line.http, request, deadline_seconds=seconds, writes=writes)


def _is_file(answer: Answer) -> bool:
    """A gateway's page is none, whatever its status."""
    is_page = "html" in answer.media_type
    return answer.status < 400 and not is_page and not answer.body.lstrip().startswith(b"{")


def _said(answer: Answer, *, endpoint: Endpoint) -> dict[str, Any]:
    return parsed(answer, what=endpoint.path, effect=endpoint.effect)


def _says_token_is_dead(said: dict[str, Any]) -> bool:
    row = table(Section.ERROR).get(errcode_of(said))
    return row is not None and row.reaction is Reaction.TOKEN
