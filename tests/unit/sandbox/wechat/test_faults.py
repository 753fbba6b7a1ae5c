"""Faults between a client and the simulated WeChat: what happened, and what the caller hears."""

import pytest

from bot.sandbox.serving import ConnectionDropped

SUBMIT = "/cgi-bin/freepublish/submit"


def submit(desk):
    return desk.post("freepublish/submit", {"media_id": desk.draft()})


@pytest.mark.parametrize(
    ("kind", "published"),
    [
        pytest.param("timeout_before", 0, id="time-out before"),
        pytest.param("timeout_after", 1, id="time-out after"),
        pytest.param("reset_before", 0, id="reset before"),
        pytest.param("reset_after", 1, id="reset after"),
    ],
)
def test_a_dropped_connection_says_nothing_about_the_effect(make_desk, kind, published):
    """The caller sees the same in both cases; only the platform knows."""
    desk = make_desk(faults=[{"kind": kind, "path": SUBMIT, "seconds": 0.0}])

    with pytest.raises(ConnectionDropped):
        submit(desk)

    desk.wait(1.0)
    assert len(desk.city()["published"]) == published
    (call,) = desk.stage.journal.calls(SUBMIT)
    assert (call.fault, call.outcome) == (kind, "ok" if published else "not done")


@pytest.mark.parametrize(
    ("kind", "status", "published"),
    [
        pytest.param("http_5xx", 502, 0, id="gateway, nothing done"),
        pytest.param("http_5xx_after", 502, 1, id="gateway, done"),
        pytest.param("html_200", 200, 0, id="page with 200, nothing done"),
        pytest.param("html_200_after", 200, 1, id="page with 200, done"),
    ],
)
def test_a_gateway_may_answer_with_a_page(make_desk, kind, status, published):
    """An HTML page instead of JSON, whether or not the job was taken."""
    desk = make_desk(faults=[{"kind": kind, "path": SUBMIT}])
    media_id = desk.draft()

    answer = desk.request(
        "POST", SUBMIT, params={"access_token": desk.token}, json={"media_id": media_id}
    )

    assert (answer.status_code, answer.text[:6]) == (status, "<html>")
    desk.wait(1.0)
    assert len(desk.city()["published"]) == published


@pytest.mark.parametrize(("kind", "published"), [("error", 0), ("error_after", 1)])
def test_an_error_may_come_with_the_effect(make_desk, kind, published):
    """-1 is said before or after the job was taken."""
    desk = make_desk(faults=[{"kind": kind, "path": SUBMIT, "code": -1}])

    answer = submit(desk)

    assert answer["errcode"] == -1
    assert answer["errmsg"].startswith("system error rid: ")
    desk.wait(1.0)
    assert len(desk.city()["published"]) == published


def test_a_fault_strikes_the_call_it_was_told_to(make_desk):
    """nth and count choose the calls; a fault of another account does nothing."""
    faults = [
        {"kind": "error", "path": "/cgi-bin/draft/*", "nth": 2, "count": 2, "code": 45009},
        {"kind": "error", "account": "another", "count": 0},
    ]
    desk = make_desk(faults=faults)

    answers = [desk.get("draft/count").get("errcode", 0) for _ in range(4)]

    assert answers == [0, 45009, 45009, 0]


def test_faults_can_be_armed_and_cleared_while_running(desk):
    """The control door lists what can still strike and forgets it on request."""
    fault = {"kind": "error", "path": "*", "count": 0, "code": 45011}
    desk.request("POST", "/_sandbox/faults", json=fault)
    listed = desk.request("GET", "/_sandbox/faults").json()["faults"]
    assert [one["kind"] for one in listed] == ["error"]

    desk.request("DELETE", "/_sandbox/faults")

    assert "total_count" in desk.get("draft/count")
