"""The account check, before the day it matters."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.accounts.account import AccountAccess
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import UID, Stand, access, refusal, stand, status, timeline

YEAR = 365 * 86_400


def token_info(**changes: Any) -> dict[str, Any]:
    created = int((NOW - timedelta(days=30)).timestamp())
    body = {"uid": int(UID), "appkey": 1000000001, "create_at": created, "expire_in": YEAR}
    return {k: v for k, v in (body | changes).items() if v is not None}


def faults(at: Stand, given: AccountAccess | None = None) -> list[str]:
    findings = at.adapter.check(given or access())
    assert all(finding.next_step for finding in findings if not finding.ok)
    return [finding.what for finding in findings if not finding.ok]


@pytest.mark.parametrize(
    "info",
    [
        token_info(),
        token_info(appkey="1000000001"),
        token_info(expire_in=None, expires_in=str(YEAR)),
        token_info(create_at=None),
    ],
    ids=["as today", "appkey as text", "the name of 2012", "no creation time"],
)
def test_a_sound_account_has_nothing_to_complain_about(info: dict[str, Any]) -> None:
    """In every shape the platform has answered in."""
    assert faults(stand(get_token_info=info, user_timeline=timeline(status()))) == []


@pytest.mark.parametrize(
    ("info", "words"),
    [
        (token_info(appkey="7"), "另一个应用"),
        (token_info(uid=7), "另一个微博账号"),
        (token_info(expire_in=3 * 86_400), "3 天"),
        (token_info(expire_in=7200), "2 小时"),
        (
            token_info(create_at=int(NOW.timestamp()) - 600, expire_in=86_400 - 600),
            "还没有通过审核",
        ),
        (refusal(21327), "微博授权不可用：微博授权已过期"),
    ],
)
def test_a_doubtful_token_is_named_with_what_to_do(info: Any, words: str) -> None:
    """Wrong app, wrong account, soon dead, test level, dead."""
    found = faults(stand(get_token_info=info, user_timeline=timeline(status())))

    assert any(words in what for what in found)


def test_an_unreviewed_app_is_recognised_by_the_source_of_its_posts() -> None:
    """It looks as if it worked, but only test accounts see the posts."""
    unreviewed = status(source="<a>未通过审核应用</a>")
    at = stand(get_token_info=token_info(), user_timeline=timeline(unreviewed))

    assert any("没有通过审核" in what for what in faults(at))


def test_settings_that_every_post_needs_are_missed_before_the_first_post() -> None:
    """uid, app_key, rip and, for share, the safe domains."""
    at = stand(get_token_info=token_info(), user_timeline=timeline())
    found = faults(at, access(uid="", app_key="", rip="", safe_domains=""))

    for name in ("UID", "App Key", "rip", "安全域名"):
        assert any(name in what for what in found)


def test_an_account_without_a_token_is_told_so_without_a_call() -> None:
    """The rest of the check still answers."""
    at = stand()

    found = faults(at, AccountAccess(access().account, {}))

    assert any("access_token" in what for what in found)
    assert at.platform.requests == []


def test_when_reading_back_is_closed_the_check_says_what_that_means() -> None:
    """An unknown outcome could not be cleared up."""
    at = stand(get_token_info=token_info(), user_timeline=refusal(10014))

    assert any("无法核对" in what for what in faults(at))
