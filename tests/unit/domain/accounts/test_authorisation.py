"""How long an authorisation lives, who is asked to renew it, and what may be collected."""

from datetime import timedelta

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.authorisation import (
    LEGAL_BASIS,
    Life,
    asks_for_consent,
    code_in,
    life_in_words,
    life_of,
    may_collect,
)
from bot.domain.accounts.checklist import (
    WEIBO,
    checklist_findings,
    checklist_of,
    confirmed_by,
    with_confirmation,
)
from tests import factories as make
from tests.factories import NOW

SHARE = make.account(platform=PlatformName.WEIBO, mode=Mode.SHARE, production=True)


@pytest.mark.parametrize(
    ("left", "life", "words"),
    [
        (timedelta(days=1825), Life.LONG, "授权还有 1825 天到期"),
        (timedelta(days=7, seconds=1), Life.LONG, "授权还有 7 天到期"),
        (timedelta(days=7), Life.WEEK, "授权还有 7 天到期"),
        (timedelta(days=1), Life.DAY, "授权还有 1 天到期"),
        (timedelta(minutes=60), Life.HOUR, "授权还有 1 小时到期"),
        (timedelta(seconds=1), Life.HOUR, "授权还有 1 秒到期"),
        (timedelta(0), Life.OVER, "授权已到期"),
        (timedelta(days=-3), Life.OVER, "授权已到期"),
    ],
)
def test_its_end_is_told_at_seven_days_one_day_and_one_hour(
    left: timedelta, life: Life, words: str
) -> None:
    """And when it is over."""
    assert life_of(NOW + left, NOW) is life
    assert life_in_words(NOW + left, NOW) == words


def test_only_who_can_renew_it_by_hand_is_asked() -> None:
    """WeChat's tokens live two hours and are renewed by us."""
    soon = NOW + timedelta(hours=1)

    assert asks_for_consent("weibo", soon, NOW)
    assert not asks_for_consent("wechat", soon, NOW)
    assert not asks_for_consent("weibo", NOW + timedelta(days=30), NOW)
    assert not asks_for_consent("weibo", None, NOW)


def test_nothing_is_collected_on_weibo_before_somebody_has_said_why() -> None:
    """The terms of the open platform restrict keeping its users' data."""
    with_basis = make.account(platform=PlatformName.WEIBO, options={LEGAL_BASIS: "合同 7 号"})

    assert not may_collect(SHARE)
    assert may_collect(with_basis)
    assert may_collect(make.account(platform=PlatformName.WECHAT))


def test_the_check_list_is_that_of_the_mode() -> None:
    """A safe domain matters for share only, a contract for the commercial interface only."""
    names = {
        mode: {item.name for item in checklist_of(make.account(platform="weibo", mode=mode))}
        for mode in (Mode.SHARE, Mode.ARTICLE, Mode.COMMERCIAL)
    }

    assert "safe_domain" in names[Mode.SHARE]
    assert "commercial_contract" not in names[Mode.SHARE]
    assert names[Mode.ARTICLE] - names[Mode.SHARE] == {"article_permission"}
    assert names[Mode.COMMERCIAL] - names[Mode.SHARE] == {"commercial_contract"}
    assert checklist_of(make.account(platform=PlatformName.WECHAT)) == ()


def test_what_nobody_confirmed_forbids_a_real_account_and_only_warns_in_the_sandbox() -> None:
    """Confirmed is confirmed until it is taken back."""
    item = WEIBO[0]
    confirmed = make.account(
        platform=PlatformName.WEIBO,
        mode=Mode.SHARE,
        production=True,
        options=with_confirmation(SHARE, item, "张三 2026-11-23 10:00 确认"),
    )
    practising = make.account(platform=PlatformName.WEIBO, mode=Mode.SHARE, production=False)

    assert all(not finding.ok for finding in checklist_findings(SHARE))
    assert checklist_findings(confirmed)[0].ok
    assert "张三" in confirmed_by(confirmed, item)
    assert confirmed_by(make.account(options=with_confirmation(confirmed, item, "")), item) == ""
    assert all(finding.ok and finding.warning for finding in checklist_findings(practising))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (" 0123abcd\n", "0123abcd"),
        ("https://office.example/accounts/consent?state=x&code=0123abcd", "0123abcd"),
        ("https://office.example/accounts/consent?error=access_denied", ""),
        ("https://office.example/accounts/consent?state=x", None),
        ("", ""),
    ],
    ids=["the code", "the whole address", "nobody consented", "an address without one", "nothing"],
)
def test_a_code_is_found_in_the_address_it_came_back_in(given: str, code: str | None) -> None:
    """People paste what stands in the browser; what holds no code is left as it is, for the
    platform to refuse, unless it says that nobody consented."""
    assert code_in(given) == (given if code is None else code)
