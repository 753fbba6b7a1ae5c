"""The control door refuses what it does not understand, in a sentence."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN, Desk


@pytest.fixture
def desk():
    """Return a desk with the default account."""
    made = Desk()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("door", "body", "words"),
    [
        pytest.param("acts", {"act": "dance"}, "unknown act 'dance'", id="unknown act"),
        pytest.param(
            "acts",
            {"act": "follower_writes", "account": "city", "openid": FAN},
            "follower_writes: key 'text' is missing",
            id="missing argument",
        ),
        pytest.param(
            "acts",
            {"act": "revoke_tokens", "account": "no"},
            "no WeChat account 'no'; known: city",
            id="unknown account",
        ),
        pytest.param("faults", {"kind": "boom"}, "fault.kind: 'boom' is not one of", id="fault"),
        pytest.param("clock", {"set": "noon"}, "send shift_seconds or set", id="clock"),
        pytest.param("acts", [], "must be a JSON object", id="a list"),
    ],
)
def test_a_request_that_is_not_understood_is_explained(desk, door, body, words):
    """400 with the reason, and nothing happened."""
    answer = desk.request("POST", f"/_sandbox/{door}", json=body)

    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_the_clock_can_be_set(desk):
    """An ISO time with a zone becomes the platform's present."""
    body = {"set": "2026-12-01T09:30:00+08:00"}

    answer = desk.request("POST", "/_sandbox/clock", json=body).json()

    assert answer["beijing"] == "2026-12-01T09:30:00+08:00"


def test_calls_are_recorded_with_account_digest_and_outcome(desk):
    """The journal tells who called what and what came of it; the control door is not in it."""
    desk.get("draft/count")
    desk.post("freepublish/get", {"publish_id": "1"})

    calls = desk.request("GET", "/_sandbox/calls?account=city").json()["calls"]

    assert [(one["path"], one["outcome"]) for one in calls] == [
        ("/cgi-bin/stable_token", "ok"),
        ("/cgi-bin/draft/count", "ok"),
        ("/cgi-bin/freepublish/get", "error 40035"),
    ]
    assert len(calls[0]["digest"]) == 64
    assert desk.stage.journal.count("/cgi-bin/draft/count", "city") == 1


def test_switches_can_be_changed_while_running(desk):
    """The other answer to an open question holds from the next call on."""
    desk.request("POST", "/_sandbox/acts", json={"act": "change_switches", "title_limit": 2})

    answer = desk.post("draft/add", {"articles": [desk.article(title="三个字")]})

    assert answer["errcode"] == 45003
