"""Quotas by user, address and kind, and when they start anew."""

import pytest

from bot.sandbox.weibo.limits import HOUR, buckets
from tests.unit.sandbox.weibo.stand import LINK, UID, Stand, make_stand

GET_UID = "/2/account/get_uid.json"
STATUS = "/2/account/rate_limit_status.json"


def call_times(stand: Stand, times: int) -> None:
    for _ in range(times):
        stand.get(GET_UID)


def test_commercial_calls_have_a_limit_of_their_own_for_an_address() -> None:
    """Fifty thousand an hour take nothing from the ordinary fifteen thousand."""
    stand = make_stand(app={"level": "commercial"})
    ip = buckets("1000000001", UID, "127.0.0.1").ip

    stand.get("/2/comments/to_me/biz.json")
    before = stand.world.meter.used(ip, HOUR)
    stand.get("/2/comments/to_me.json")

    assert (before, stand.world.meter.used(ip, HOUR)) == (0, 1)


@pytest.mark.parametrize(
    "path", ["/2/comments/show", "/2/comments/destroy", "/2/comments/timeline", "/2/statuses/show"]
)
def test_the_commercial_host_has_only_the_twins_its_pages_list(path: str) -> None:
    """10020 for the others."""
    stand = make_stand(app={"level": "commercial"})

    assert stand.get(f"{path}/biz.json")["error_code"] == 10020


def test_the_hundred_and_first_call_of_a_day_is_refused_until_beijing_midnight() -> None:
    """10023, with HTTP 403 unless the switch says 400; the day is that of Beijing."""
    stand = make_stand()
    call_times(stand, 100)

    refused = stand.ask("GET", GET_UID)
    stand.clock.shift(12 * 3600 - 10)
    still = stand.ask("GET", GET_UID)
    stand.clock.shift(10)

    assert (refused.status, refused.body["error_code"]) == (403, 10023)
    assert still.body["error_code"] == 10023
    assert stand.get(GET_UID) == {"uid": str(UID)}


def test_refused_calls_are_counted_or_not() -> None:
    """Open question, so a switch."""
    for counted, left in ((True, 99), (False, 100)):
        stand = make_stand(failed_calls_count=counted)
        stand.share("没有链接")

        assert stand.get(STATUS)["remaining_user_hits"] == left


def test_asking_for_the_limits_costs_nothing() -> None:
    """The status names the reset in Beijing time."""
    stand = make_stand()
    stand.get(GET_UID)
    stand.get(STATUS)

    body = stand.get(STATUS)

    assert body["remaining_user_hits"] == 99
    assert body["remaining_ip_hits"] == 14_999
    assert body["limit_time_unit"] == "DAYS"
    assert body["reset_time"] == "2026-11-21 00:00:00"


def test_thirty_posts_an_hour() -> None:
    """20016 for the next one, until the hour is over."""
    stand = make_stand()
    for number in range(30):
        stand.share(f"第{number}条 {LINK} ")

    refused = stand.share(f"又一条 {LINK} ")
    stand.clock.shift(3600)

    assert refused["error_code"] == 20016
    assert "id" in stand.share(f"又一条 {LINK} ")


def test_the_commercial_host_has_its_own_budget() -> None:
    """Its calls leave the hundred untouched."""
    stand = make_stand(app={"level": "commercial"})
    for _ in range(5):
        stand.get("/2/comments/to_me/biz.json")

    assert stand.get(STATUS)["remaining_user_hits"] == 100


def test_the_load_profile_never_refuses() -> None:
    """For big runs."""
    stand = make_stand(profile="load")
    call_times(stand, 150)

    assert stand.get(GET_UID) == {"uid": str(UID)}


def test_an_hourly_profile_resets_on_the_full_hour() -> None:
    """150 calls an hour, as seen in 2018."""
    stand = make_stand(profile="live-2018")
    call_times(stand, 150)

    assert stand.ask("GET", GET_UID).body["error_code"] == 10023
    stand.clock.shift(3600)
    assert stand.get(GET_UID) == {"uid": str(UID)}
