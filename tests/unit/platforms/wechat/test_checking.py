"""Checking a WeChat account."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import RateLimited
from bot.domain.publishing.journal import Outcome
from bot.platforms.wechat.client.endpoints import PUBLISH_GET
from tests.unit.platforms.wechat.stand import OK, Said, Stand, access, listed, order, refusal


def quota(left: int, most: int = 100) -> dict[str, object]:
    return OK | {"quota": {"daily_limit": most, "used": most - left, "remain": left}}


REACHED = {
    "dns": [{"ip": "203.0.113.7", "real_operator": "DEFAULT"}],
    "ping": [{"ip": "203.0.113.7", "package_loss": "0%", "time": "23.079ms"}],
}


def checked(**answers: Said) -> Stand:
    usual: dict[str, Said] = {
        "quota__get": quota(97),
        "callback__check": REACHED,
        "getusercumulate": {"list": []},
    }
    return Stand(**(usual | answers))


def test_a_healthy_account_has_nothing_to_mend() -> None:
    """Token, quota and right are seen, not assumed."""
    stand = checked(freepublish__batchget=listed())

    findings = stand.adapter.check(access(comment_privilege=True))

    assert all(finding.ok for finding in findings)
    assert "97" in findings[0].what


def test_a_missing_right_points_to_the_draft_mode() -> None:
    """Found at go-live, not on release day."""
    stand = checked(freepublish__batchget=refusal(48001, "api unauthorized"))

    wrong = [f for f in stand.adapter.check(access()) if not f.ok]

    assert len(wrong) == 1
    assert "草稿" in wrong[0].next_step
    assert "没有“发布”接口的权限" in wrong[0].what
    assert wrong[0].who


def test_a_quota_nearly_used_up_is_told() -> None:
    """Ten calls may not carry a bundle to its end."""
    stand = checked(quota__get=quota(3), freepublish__batchget=listed())

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
    stand = checked(speed__get=OK | {"speed": 3, "realspeed": 10})

    findings = stand.adapter.check(access(Mode.MASS, verified=False))

    assert any(not f.ok and "认证" in f.what for f in findings)


def test_a_missing_mass_right_is_found_by_a_harmless_read() -> None:
    """Asking for the speed sends nothing."""
    stand = checked(speed__get=refusal(48001, "api unauthorized"))

    wrong = [f for f in stand.adapter.check(access(Mode.MASS)) if not f.ok]

    assert ["“群发”" in f.what for f in wrong] == [True]
    assert stand.platform.count("sendall") == 0


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (refusal(40201, "invalid check url"), "没有设置回调地址"),
        (REACHED | {"ping": [{"package_loss": "100%"}]}, "访问不到回调地址"),
        (REACHED | {"dns": []}, "访问不到回调地址"),
    ],
    ids=["none set", "packets lost", "no name"],
)
def test_a_silent_callback_warns_and_forbids_nothing(answer: Said, says: str) -> None:
    """Publishing works without it; replies and events do not come."""
    stand = checked(freepublish__batchget=listed(), callback__check=answer)

    findings = stand.adapter.check(access())

    assert all(f.ok for f in findings)
    assert [says in f.what for f in findings if f.warning] == [True]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (refusal(48001, "api unauthorized"), "（48001）"),
        (refusal(61503), "（61503）"),
        (httpx.ConnectError("refused"), "连接不上平台"),
    ],
    ids=["no right", "not ready", "unreachable"],
)
def test_figures_that_cannot_be_read_warn_and_forbid_nothing(answer: Said, says: str) -> None:
    """Publishing does not need them; a question about a day that is surely ready tells."""
    stand = checked(freepublish__batchget=listed(), getusercumulate=answer)

    findings = stand.adapter.check(access())

    assert all(f.ok for f in findings)
    assert [says in f.what for f in findings if f.warning] == [True]
    assert stand.platform.bodies("getusercumulate") == [
        {"begin_date": "2026-11-21", "end_date": "2026-11-21"}
    ]


def test_an_unverified_account_is_not_asked_for_its_figures() -> None:
    """The platform would refuse; the finding says so."""
    stand = checked(freepublish__batchget=listed())

    findings = stand.adapter.check(access(Mode.DRAFT, verified=False))

    assert any("不提供阅读和关注数据" in f.what for f in findings)
    assert stand.platform.count("getusercumulate") == 0


def test_a_draft_account_hears_whether_publication_will_be_noticed() -> None:
    """Without the list of what is out, a person will have to enter the address."""
    stand = checked(freepublish__batchget=refusal(48001, "api unauthorized"))

    findings = stand.adapter.check(access(Mode.DRAFT))

    assert all(f.ok for f in findings)
    assert any(f.warning and "登记" in f.next_step for f in findings)


def test_polls_leave_calls_to_what_a_person_waits_for() -> None:
    """The day's last calls of a poll are kept; the refusal says so, in plain words."""
    account = access(options={"quota_freepublish_get": "4"}).account
    budget = PUBLISH_GET.budget(account)

    assert budget is not None
    assert (budget.limit_for(publishing=False), budget.limit_for(publishing=True)) == (2, 4)


def test_a_spent_budget_says_when_it_goes_on() -> None:
    """No call leaves; the words name the endpoint and midnight."""
    stand = checked(freepublish__submit=refusal(40035))
    asked = order(given=access(options={"quota_freepublish_submit": "0"}))

    with pytest.raises(RateLimited) as spent:
        stand.perform("submit", asked)

    assert "freepublish/submit" in spent.value.explanation.cause
    assert "零点" in spent.value.explanation.next_step
    assert stand.platform.count("freepublish/submit") == 0


def test_polls_beyond_their_pace_go_on_within_the_day() -> None:
    """A question too many at ten in the morning waits minutes, not until midnight; what is out
    is found in the list meanwhile."""
    known = {"publish_id": "7"}
    few = access(options={"quota_freepublish_get": "20", "quota_freepublish_batchget": "20"})
    stand = checked(
        freepublish__get={"publish_status": 1},
        freepublish__batchget=[{"item": []}, listed()],
    )
    for _ in range(6):
        assert stand.perform("confirm", order(known, given=few)).outcome is Outcome.PENDING

    found = stand.perform("confirm", order(known, given=few))

    assert stand.platform.count("freepublish/get") == 5
    assert found.evidence["article_id"] == "ARTICLE-1"


def test_a_poll_without_any_way_to_ask_says_when_it_goes_on() -> None:
    """Neither the job nor the list may be asked now: again within the hour, not at midnight."""
    few = access(options={"quota_freepublish_get": "60", "quota_freepublish_batchget": "2"})
    asked = order({"publish_id": "7"}, given=few)
    stand = checked(freepublish__get={"publish_status": 1}, freepublish__batchget={"item": []})

    for _ in range(26):
        stand.perform("confirm", asked)

    with pytest.raises(RateLimited) as spent:
        stand.perform("confirm", asked)

    assert spent.value.until is not None
    assert stand.clock.now() < spent.value.until <= stand.clock.now() + timedelta(hours=1)
    assert "均匀" in spent.value.explanation.cause
