"""In-memory platform tokens, call budgets and uploads."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta

from bot.domain.accounts.budgets import Budget, Purpose, budget_day, next_budget_day
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId
from bot.ports.clock import Clock
from bot.ports.tokens import PlatformToken
from tests.fakes.storage_state import State


class FakeTokenStore:
    """Tokens under the storage's lock."""

    def __init__(self, state: State, clock: Clock, turn: AbstractContextManager[object]) -> None:
        self._state = state
        self._clock = clock
        self._turn = turn

    def get(self, account: AccountId) -> PlatformToken | None:
        return self._state.platform_tokens.get(account)

    def swap(self, account: AccountId, *, seen: PlatformToken | None, new: PlatformToken) -> bool:
        with self._turn:
            if self._state.platform_tokens.get(account) != seen:
                return False
            self._state.platform_tokens[account] = new
            return True

    def claim_refresh(self, account: AccountId, *, seconds: float) -> bool:
        with self._turn:
            now = self._clock.now()
            if self._state.refreshes.get(account, now) > now:
                return False
            self._state.refreshes[account] = now + timedelta(seconds=seconds)
            return True

    def release_refresh(self, account: AccountId) -> None:
        with self._turn:
            self._state.refreshes.pop(account, None)


class FakeCallBudgets:
    """Budgets under the storage's lock."""

    def __init__(self, state: State, clock: Clock, turn: AbstractContextManager[object]) -> None:
        self._state = state
        self._clock = clock
        self._turn = turn

    def spend(
        self,
        account: AccountId,
        budget: Budget,
        *,
        publishing: bool,
        purpose: Purpose | None = None,
    ) -> None:
        with self._turn:
            now = self._clock.now()
            key = (account, budget.bucket, budget_day(now))
            last = max(self._state.restorations, default=None)
            lost = budget.lost_by(last, now) if last else 0
            spent = max(self._state.budgets.get(key, 0), lost)
            if spent >= budget.limit_for(publishing=publishing):
                raise RateLimited("今天的接口调用次数已用完", until=next_budget_day(now))
            self._state.budgets[key] = spent + 1

    def remaining(self, account: AccountId, budget: Budget) -> int:
        key = (account, budget.bucket, budget_day(self._clock.now()))
        return max(0, budget.daily_limit - self._state.budgets.get(key, 0))


class FakeUploadCache:
    """Uploads under the storage's lock."""

    def __init__(self, state: State, turn: AbstractContextManager[object]) -> None:
        self._state = state
        self._turn = turn

    def get(self, account: AccountId, purpose: str, sha256: str) -> Mapping[str, str] | None:
        return self._state.uploads.get((account, purpose, sha256))

    def put(self, account: AccountId, purpose: str, sha256: str, answer: Mapping[str, str]) -> None:
        with self._turn:
            self._state.uploads[account, purpose, sha256] = dict(answer)
