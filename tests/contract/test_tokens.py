"""What every storage promises about platform tokens, call budgets and uploads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from bot.domain.accounts.budgets import Budget
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId
from bot.ports.tokens import PlatformToken
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after
from tests.fakes.clock import StillClock

ACCOUNT = AccountId("acc_1")
BUDGET = Budget("comments", daily_limit=10, reserve=4)


def token(value: str) -> PlatformToken:
    """A token fetched now."""
    return PlatformToken(value, expires_at=after(7200), fetched_at=NOW)


def test_a_token_is_swapped_only_for_what_was_seen(peopled: CompleteStorage) -> None:
    """Who saw another token than the stored one was too slow."""
    tokens = peopled.tokens()

    swaps = [
        tokens.swap(ACCOUNT, seen=token("zero"), new=token("one")),
        tokens.swap(ACCOUNT, seen=None, new=token("one")),
        tokens.swap(ACCOUNT, seen=None, new=token("two")),
        tokens.swap(ACCOUNT, seen=token("one"), new=token("three")),
        tokens.swap(ACCOUNT, seen=token("one"), new=token("four")),
    ]

    assert swaps == [False, True, False, True, False]
    assert tokens.get(ACCOUNT) == token("three")


def test_of_many_swaps_one_succeeds(peopled: CompleteStorage) -> None:
    """However many fetch a token at once, one of them is kept."""
    tokens = peopled.tokens()

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda n: tokens.swap(ACCOUNT, seen=None, new=token(str(n))), range(8)))

    assert won.count(True) == 1
    assert tokens.get(ACCOUNT) == token(str(won.index(True)))


def test_one_process_refreshes_at_a_time(peopled: CompleteStorage, clock: StillClock) -> None:
    """A claim excludes others until it is released or its time is over."""
    tokens = peopled.tokens()
    claims = [tokens.claim_refresh(ACCOUNT, seconds=10), tokens.claim_refresh(ACCOUNT, seconds=10)]
    clock.pass_seconds(10)
    claims.append(tokens.claim_refresh(ACCOUNT, seconds=10))
    tokens.release_refresh(ACCOUNT)
    claims.append(tokens.claim_refresh(ACCOUNT, seconds=10))

    assert claims == [True, False, True, True]
    assert tokens.get(ACCOUNT) is None


def test_a_budget_is_never_overspent(peopled: CompleteStorage) -> None:
    """Of many calls at once, exactly the allowance goes through."""
    budgets = peopled.budgets()

    def spend(_: int) -> bool:
        try:
            budgets.spend(ACCOUNT, BUDGET, publishing=False)
        except RateLimited:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        spent = list(pool.map(spend, range(20)))

    assert spent.count(True) == 6
    assert budgets.remaining(ACCOUNT, BUDGET) == 4


def test_the_reserve_is_kept_for_publishing(peopled: CompleteStorage, clock: StillClock) -> None:
    """Collecting stops at the reserve; publishing may use it; midnight in Beijing resets both."""
    budgets = peopled.budgets()
    for _ in range(6):
        budgets.spend(ACCOUNT, BUDGET, publishing=False)

    with pytest.raises(RateLimited) as refused:
        budgets.spend(ACCOUNT, BUDGET, publishing=False)
    for _ in range(4):
        budgets.spend(ACCOUNT, BUDGET, publishing=True)
    with pytest.raises(RateLimited):
        budgets.spend(ACCOUNT, BUDGET, publishing=True)

    assert refused.value.until == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    clock.pass_seconds(14 * 3600)
    assert budgets.remaining(ACCOUNT, BUDGET) == 10


def test_buckets_and_accounts_do_not_share(peopled: CompleteStorage) -> None:
    """Each bucket of each account has its own allowance; none means none."""
    budgets = peopled.budgets()
    budgets.spend(ACCOUNT, BUDGET, publishing=True)

    with pytest.raises(RateLimited):
        budgets.spend(ACCOUNT, Budget("mass", daily_limit=0), publishing=True)

    assert budgets.remaining(ACCOUNT, Budget("publish", daily_limit=10)) == 10


def test_an_upload_is_remembered_and_replaced(peopled: CompleteStorage) -> None:
    """The last answer counts, for its account, purpose and bytes only."""
    uploads = peopled.uploads()
    uploads.put(ACCOUNT, "thumb", "a" * 64, {"media_id": "1"})
    uploads.put(ACCOUNT, "thumb", "a" * 64, {"media_id": "2"})

    assert uploads.get(ACCOUNT, "thumb", "a" * 64) == {"media_id": "2"}
    assert uploads.get(ACCOUNT, "image", "a" * 64) is None
