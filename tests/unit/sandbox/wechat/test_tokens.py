"""Rules of the two token families."""

import pytest

from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.tokens import TokenDesk
from tests.unit.sandbox.wechat.desk import ACCOUNT

DAY = "2026-11-23"


def refusal_of(desk: TokenDesk, token: str, now: float) -> int:
    try:
        desk.check(token, now)
    except Refusal as refusal:
        return refusal.code
    return 0


def test_an_ordinary_token_outlives_its_successor_by_five_minutes():
    """A new token ends the previous one after the overlap, not at once."""
    desk = TokenDesk()
    first, _ = desk.fetch_ordinary(0)
    second, seconds = desk.fetch_ordinary(100)

    assert seconds == 7200
    assert refusal_of(desk, first, 399) == 0
    assert refusal_of(desk, first, 400) == 40001
    assert refusal_of(desk, second, 400) == 0


def test_a_stable_token_stays_until_shortly_before_its_end():
    """Normal mode gives the same token with what remains, and a new one in the last minutes."""
    desk = TokenDesk()
    first, _ = desk.fetch_stable(0, DAY, force=False)

    again, remaining = desk.fetch_stable(6000, DAY, force=False)
    renewed, _ = desk.fetch_stable(6901, DAY, force=False)

    assert (again, remaining) == (first, 1200)
    assert renewed != first
    assert refusal_of(desk, first, 6901) == 0
    assert refusal_of(desk, first, 7200) == 42001


def test_forcing_ends_the_previous_token_at_once():
    """force_refresh gives a new token and kills the old one without an overlap."""
    desk = TokenDesk()
    first, _ = desk.fetch_stable(0, DAY, force=False)

    forced, _ = desk.fetch_stable(60, DAY, force=True)

    assert forced != first
    assert refusal_of(desk, first, 60) == 40001


def test_forcing_twice_within_thirty_seconds_gives_the_same_token():
    """The second force within 30 s has no effect."""
    desk = TokenDesk()
    first, _ = desk.fetch_stable(0, DAY, force=True)

    assert desk.fetch_stable(29, DAY, force=True)[0] == first
    assert desk.fetch_stable(30, DAY, force=True)[0] != first


def test_the_twenty_first_force_of_a_day_is_refused():
    """Forced refreshes are limited to twenty a day and free again on the next."""
    desk = TokenDesk()
    for turn in range(20):
        desk.fetch_stable(turn * 30, DAY, force=True)

    with pytest.raises(Refusal) as refused:
        desk.fetch_stable(600, DAY, force=True)
    assert refused.value.code == 45009
    assert desk.fetch_stable(700, "2026-11-24", force=True)


def test_the_families_do_not_touch_each_other():
    """Fetching one kind of token leaves the other kind good."""
    desk = TokenDesk()
    ordinary, _ = desk.fetch_ordinary(0)
    stable, _ = desk.fetch_stable(0, DAY, force=False)

    desk.fetch_stable(60, DAY, force=True)

    assert refusal_of(desk, ordinary, 1000) == 0
    desk.fetch_ordinary(60)
    assert refusal_of(desk, stable, 1000) == 40001


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"grant_type": "password"}, 40002, id="grant type"),
        pytest.param({"appid": ""}, 41002, id="no appid"),
        pytest.param({"secret": ""}, 41004, id="no secret"),
        pytest.param({"appid": "wx9999999999999999"}, 40013, id="unknown appid"),
        pytest.param({"secret": "wrong"}, 40125, id="wrong secret"),
    ],
)
def test_a_token_call_names_what_is_wrong(desk, changes, code):
    """Every bad parameter has its own number, and the errmsg ends with a request id."""
    asked = {
        "grant_type": "client_credential",
        "appid": ACCOUNT["app_id"],
        "secret": ACCOUNT["app_secret"],
        **changes,
    }

    answer = desk.request("GET", "/cgi-bin/token", params=asked).json()

    assert answer["errcode"] == code
    assert " rid: " in answer["errmsg"]


def test_an_address_outside_the_allow_list_is_told_its_own_address(make_desk):
    """40164 carries the caller's IP, so that an operator can add it."""
    desk = make_desk(allowed_ips=["203.0.113.7"])
    asked = {
        "grant_type": "client_credential",
        "appid": ACCOUNT["app_id"],
        "secret": ACCOUNT["app_secret"],
    }

    answer = desk.request("GET", "/cgi-bin/token", params=asked).json()

    assert answer["errcode"] == 40164
    assert answer["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in")


@pytest.mark.parametrize(
    ("token", "code"),
    [("", 41001), ("short", 40014), ("x" * 64, 40001)],
    ids=["missing", "malformed", "unknown"],
)
def test_a_bad_token_is_refused_by_kind(desk, token, code):
    """Missing, malformed and unknown tokens have different numbers."""
    assert desk.get("draft/count", access_token=token)["errcode"] == code


def test_an_expired_and_a_revoked_token_are_refused(desk):
    """42001 after two hours, 40001 after a reset of the secret."""
    assert "total_count" in desk.get("draft/count")
    desk.act("revoke_tokens")
    assert desk.get("draft/count")["errcode"] == 40001

    desk.wait(7200)

    assert desk.get("draft/count")["errcode"] == 42001


def test_a_frozen_account_cannot_call(desk):
    """50007 for every call while the account is frozen."""
    assert "total_count" in desk.get("draft/count")
    desk.act("change_account", changes={"frozen": True})

    assert desk.get("draft/count")["errcode"] == 50007


def test_get_and_post_are_not_the_same(desk):
    """A POST call by GET is 43002, a GET call by POST 43001."""
    assert desk.get("draft/add")["errcode"] == 43002
    assert desk.post("draft/count", {})["errcode"] == 43001
    assert desk.request("GET", "/cgi-bin/stable_token").json()["errcode"] == 43002
