"""WeChat's accepting steps and what becomes of their jobs."""

import httpx
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    AlreadyDone,
    ContentRejected,
    NotPermitted,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    TargetGone,
)
from bot.domain.publishing.journal import Outcome
from tests.unit.platforms.wechat.stand import OK, Stand, access, order, refusal

MASS = access(Mode.MASS)
KEY = "0123456789abcdef0123456789abcdef"


def test_a_submit_keeps_both_ids_as_text() -> None:
    """publish_id is a number in places, and may be longer than others can hold."""
    stand = Stand(freepublish__submit=OK | {"publish_id": 100000001, "msg_data_id": 2247480001})

    done = stand.perform("submit", order())

    assert done.evidence == {
        "publish_id": "100000001",
        "job_id": "publish:100000001",
        "msg_data_id": "2247480001",
    }


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(-1), OutcomeUnknown),
        (refusal(40007), OutcomeUnknown),
        (OK, OutcomeUnknown),
        (httpx.ReadTimeout("silence"), OutcomeUnknown),
        (httpx.Response(504, html="<html>"), OutcomeUnknown),
        (refusal(53503), ContentRejected),
        (refusal(53504), NotPermitted),
        (refusal(48001), NotPermitted),
        (refusal(45009), RateLimited),
    ],
    ids=["busy", "draft gone", "no id", "time-out", "504", "53503", "53504", "48001", "45009"],
)
def test_a_submit_is_refused_only_when_the_platform_clearly_says_so(
    answer: httpx.Response | Exception | dict[str, object], expected: type[PlatformError]
) -> None:
    """Everything else is looked for, and nothing submits twice."""
    stand = Stand(freepublish__submit=answer)

    with pytest.raises(expected):
        stand.perform("submit", order())

    assert stand.platform.count("submit") == 1


def test_a_mass_send_carries_the_deliverys_key() -> None:
    """The platform remembers it for a day; a tag narrows the receivers."""
    stand = Stand(mass__sendall=OK | {"msg_id": 1000001625, "msg_data_id": 2247480002})
    tagged = access(Mode.MASS, options={"mass_tag_id": "2"})

    done = stand.perform("send", order(given=tagged, key=KEY))

    (sent,) = stand.platform.bodies("mass/sendall")
    assert sent["clientmsgid"] == KEY
    assert sent["filter"] == {"is_to_all": False, "tag_id": 2}
    assert done.evidence["job_id"] == "mass:1000001625"


def test_a_key_too_long_for_the_platform_is_shortened_the_same_way_each_time() -> None:
    """45067 would refuse it; another key would send twice."""
    stand = Stand(mass__sendall=OK | {"msg_id": 1})

    for _ in range(2):
        stand.perform("send", order(given=MASS, key="k" * 65))

    first, second = (body["clientmsgid"] for body in stand.platform.bodies("mass/sendall"))
    assert first == second
    assert len(first) == 32


def test_a_known_key_names_the_first_job() -> None:
    """45065 is a success whose id the journal keeps."""
    stand = Stand(mass__sendall=refusal(45065) | {"msg_id": 1000001625})

    with pytest.raises(AlreadyDone) as known:
        stand.perform("send", order(given=MASS, key=KEY))

    assert known.value.evidence["job_id"] == "mass:1000001625"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"publish_status": 1, "fail_idx": []}, Outcome.PENDING),
        (httpx.ConnectError("refused"), Outcome.PENDING),
        (httpx.Response(502, html="<html>"), Outcome.PENDING),
        ({"errcode": 0, "article_detail": []}, Outcome.PENDING),
        ({"publish_status": 0, "article_id": "A"}, Outcome.DONE),
    ],
    ids=["in progress", "not reachable", "gateway", "odd", "published"],
)
def test_a_job_is_waited_for_until_the_platform_says_how_it_ended(
    answer: httpx.Response | Exception | dict[str, object], outcome: Outcome
) -> None:
    """Failing to ask proves nothing about an accepted post."""
    stand = Stand(freepublish__get=answer)

    assert stand.perform("confirm", order({"publish_id": "1"})).outcome is outcome


@pytest.mark.parametrize(
    ("status", "expected"),
    [(2, ContentRejected), (3, ContentRejected), (4, ContentRejected), (5, TargetGone)],
)
def test_a_failed_job_says_which_articles_and_why(
    status: int, expected: type[PlatformError]
) -> None:
    """Each status of the platform has its sentence."""
    stand = Stand(freepublish__get={"publish_status": status, "fail_idx": [1, 3]})

    with pytest.raises(expected) as failed:
        stand.perform("confirm", order({"publish_id": "1"}))

    assert failed.value.evidence["failed_articles"] == "1,3"


def test_a_published_bundle_has_an_address_each() -> None:
    """One a line, in the order of the articles."""
    items = [{"idx": i, "article_url": f"http://mp.weixin.qq.com/s/{i}"} for i in (1, 2)]
    answer = {"publish_status": 0, "article_id": "A", "article_detail": {"item": items}}
    stand = Stand(freepublish__get=answer)

    done = stand.perform("confirm", order({"publish_id": "1"}))

    assert done.evidence["urls"].split("\n") == [
        "http://mp.weixin.qq.com/s/1",
        "http://mp.weixin.qq.com/s/2",
    ]


def test_a_mass_send_waits_one_poll_for_the_addresses_in_the_event() -> None:
    """mass/get never names them; when the event is lost the walk goes on without."""
    stand = Stand(mass__get={"msg_id": 1, "msg_status": "SEND_SUCCESS"})
    first = stand.perform("confirm", order({"msg_id": "1"}, given=MASS))

    second = stand.perform("confirm", order({"msg_id": "1"} | dict(first.evidence), given=MASS))

    assert (first.outcome, second.outcome) == (Outcome.PENDING, Outcome.DONE)


@pytest.mark.parametrize(
    ("status", "expected"), [("SEND_FAIL", ContentRejected), ("DELETE", TargetGone)]
)
def test_a_failed_mass_send_is_refused(status: str, expected: type[PlatformError]) -> None:
    """It goes back to a person."""
    stand = Stand(mass__get={"msg_id": 1, "msg_status": status})

    with pytest.raises(expected):
        stand.perform("confirm", order({"msg_id": "1"}, given=MASS))
