"""The log tells everything about a post, and nothing about a person or a key."""

import io
import json
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.domain.errors import NotSent
from bot.observability import LoggedSteps, configure_logging, masked
from tests.fakes.platform import PENDING
from tests.unit.usecases.publishing.office import Office


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What this process writes to its log, as JSON lines."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    structlog.reset_defaults()
    configure_logging(json=True)
    yield written
    structlog.reset_defaults()


def test_a_post_is_followed_through_the_log(lines: io.StringIO) -> None:
    """Each step with post, account, delivery, attempt, outcome and seconds, then where it rests."""
    office = Office()
    office.tools = office.tools_with(LoggedSteps())
    office.platform.script("accept", NotSent("no route"), PENDING)
    office.platform.script("confirm", PENDING)

    office.advance()
    office.advance(after=60)

    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    of_one = [line for line in told if line["post"] == "pst_1"]
    steps = [(e["step"], e["attempt"], e["outcome"]) for e in of_one if e["event"] == "step taken"]
    rests = [e["state"] for e in of_one if e["event"] == "delivery rests"]
    assert of_one == told
    assert steps[:3] == [
        ("prepare", 1, "done"),
        ("accept", 1, "not_done"),
        ("accept", 2, "pending"),
    ]
    assert rests == ["waiting", "waiting"]
    assert of_one[1]["error"] == "NotSent"
    assert of_one[1]["level"] == "warning"
    assert {"account", "delivery", "seconds", "act", "timestamp"} <= set(of_one[0])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("access_token", "2.00abc"),
        ("app_secret", "s3cret"),
        ("openid", "oABCD"),
        ("sender", "someone"),
        ("text", "我家的地址是人民路 1 号"),
        ("url", "https://api.example/cgi-bin/token?access_token=74_abcdef&x=1"),
        ("url", "postgresql://tongbu:hunter2@db/tongbu"),
        ("error", "refused: {'secret': 'hunter2', 'errcode': 40001}"),
        ("error", "user oGZUI0egBJY1zhBYw2KhdUfwVJJE is unknown"),
        ("error", "请联系 13800138000"),
        ("error", "身份证 11010519491231002X"),
        ("error", "wrote to someone@example.org"),
        ("ids", [{"openid": "oABCD"}]),
    ],
)
def test_nothing_secret_or_personal_is_written(field: str, value: object) -> None:
    """Whether its field is named so, or it stands among other words."""
    told = json.dumps(masked(None, "info", {"event": "something", field: value}))

    assert "***" in told
    for secret in ("2.00abc", "s3cret", "oABCD", "someone", "人民路", "74_abcdef", "hunter2"):
        assert secret not in told
    for number in ("13800138000", "11010519491231002X", "oGZUI0egBJY1zhBYw2KhdUfwVJJE"):
        assert number not in told


def test_ids_and_codes_stay_readable() -> None:
    """A masked log that says nothing helps nobody."""
    event = {
        "event": "step taken",
        "post": "pst_01j9z8k2m3n4p5q6r",
        "code": "45009",
        "seconds": 0.25,
        "error": "RateLimited",
    }

    assert masked(None, "info", dict(event)) == event


def test_an_errors_trace_is_masked_too(lines: io.StringIO) -> None:
    """Bugs crash and are seen, their secrets are not."""
    try:
        raise ValueError("bad token=abc.def.ghi")
    except ValueError:
        structlog.get_logger().exception("job failed")

    assert "ValueError" in lines.getvalue()
    assert "abc.def.ghi" not in lines.getvalue()
