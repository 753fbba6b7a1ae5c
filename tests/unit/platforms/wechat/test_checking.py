"""Checking a WeChat account."""

import httpx
import pytest

from bot.domain.accounts.account import Mode
from tests.unit.platforms.wechat.stand import OK, Stand, access, listed, refusal


def quota(left: int, most: int = 100) -> dict[str, object]:
    return OK | {"quota": {"daily_limit": most, "used": most - left, "remain": left}}


def test_a_healthy_account_has_nothing_to_mend() -> None:
    """Token, quota and right are seen, not assumed."""
    stand = Stand(quota__get=quota(97), freepublish__batchget=listed())

    findings = stand.adapter.check(access(comment_privilege=True))

    assert all(finding.ok for finding in findings)
    assert "97" in findings[0].what


def test_a_missing_right_points_to_the_draft_mode() -> None:
    """Found at go-live, not on release day."""
    stand = Stand(quota__get=quota(97), freepublish__batchget=refusal(48001, "api unauthorized"))

    wrong = [f for f in stand.adapter.check(access()) if not f.ok]

    assert len(wrong) == 1
    assert "草稿" in wrong[0].next_step


def test_a_quota_nearly_used_up_is_told() -> None:
    """Ten calls may not carry a bundle to its end."""
    stand = Stand(quota__get=quota(3), freepublish__batchget=listed())

    assert not stand.adapter.check(access())[0].ok


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (refusal(50007), "冻结"),
        (httpx.ConnectError("refused"), "连接不上平台"),
    ],
    ids=["frozen", "unreachable"],
)
def test_what_makes_the_rest_pointless_ends_the_check(
    answer: httpx.Response | Exception | dict[str, object], says: str
) -> None:
    """One finding with the cause; the check itself never fails."""
    (finding,) = Stand(quota__get=answer).adapter.check(access())

    assert not finding.ok
    assert says in finding.what


def test_mass_sending_needs_a_verified_account() -> None:
    """The account's own entry says so before the platform does."""
    stand = Stand(quota__get=quota(97))

    findings = stand.adapter.check(access(Mode.MASS, verified=False))

    assert any(not f.ok and "认证" in f.what for f in findings)
