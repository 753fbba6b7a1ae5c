"""Asking for the token before a rollout."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import CredentialExpired, Misconfigured, RateLimited
from bot.domain.publishing.journal import Outcome
from bot.platforms.weibo.routes import ASK_AHEAD
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import TOKEN, access, order, refusal, stand
from tests.unit.platforms.weibo.test_checking import token_info

TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize("mode", [Mode.SHARE, Mode.COMMERCIAL, Mode.ARTICLE])
def test_a_token_that_outlives_the_due_time_is_fine(mode: Mode) -> None:
    """On every route, with one call; how long it lives is remembered."""
    at = stand(get_token_info=token_info(expire_in=13 * 60))

    result = at.perform(ASK_AHEAD, order(access(mode), due_at=NOW + TEN_MINUTES))

    assert result.outcome is Outcome.DONE
    assert at.tokens.token is not None
    assert at.tokens.token.expires_at == NOW + timedelta(minutes=13)
    assert at.ledger.purposes == [Purpose.PUBLISHING]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (token_info(expire_in=11 * 60), CredentialExpired, "授权还有 11 分钟到期"),
        (token_info(expire_in=0), CredentialExpired, "授权已到期"),
        (token_info(uid=7), Misconfigured, "另一个账号"),
        (token_info(appkey="7"), Misconfigured, "另一个应用"),
        (refusal(21327), CredentialExpired, "授权已过期"),
        (refusal(21332), CredentialExpired, "授权无效"),
    ],
    ids=["ends too soon", "has ended", "another account", "another app", "expired", "dead"],
)
def test_a_token_that_will_not_carry_the_post_is_refused(
    answer: Any, error: type[Exception], words: str
) -> None:
    """With the reason and the next step in Chinese."""
    with pytest.raises(error) as refused:
        stand(get_token_info=answer).perform(ASK_AHEAD, order(due_at=NOW + TEN_MINUTES))

    explanation = refused.value.explanation  # type: ignore[attr-defined]
    assert words in explanation.cause
    assert explanation.next_step
    assert TOKEN not in str(refused.value)


def test_a_post_that_is_late_already_needs_the_token_now() -> None:
    """The due time lies behind."""
    at = stand(get_token_info=token_info(expire_in=60))

    with pytest.raises(CredentialExpired):
        at.perform(ASK_AHEAD, order(due_at=NOW - TEN_MINUTES))


def test_asking_may_use_what_is_kept_back_for_publishing() -> None:
    """A day that collecting has used up lets rollouts go all the same; an empty one does not."""
    reserved = stand(get_token_info=token_info())
    reserved.ledger.already = 95
    empty = stand(get_token_info=token_info())
    empty.ledger.already = 100

    assert reserved.perform(ASK_AHEAD, order()).outcome is Outcome.DONE
    with pytest.raises(RateLimited):
        empty.perform(ASK_AHEAD, order())
