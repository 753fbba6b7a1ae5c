"""WeChat's accepting steps and what becomes of their jobs."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    AlreadyDone,
    ContentRejected,
    NotPermitted,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    TargetGone,
)
from bot.domain.publishing.journal import Outcome
from tests.fakes.away import AwayLedger
from tests.fakes.clock import START
from tests.unit.platforms.wechat.stand import OK, Stand, access, order, refusal, stored

MASS = access(Mode.MASS)
KEY = "0123456789abcdef0123456789abcdef"
LONG_PREPARED = {"read_back_at": (START - timedelta(minutes=9)).isoformat()}


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


@pytest.mark.parametrize(("mode", "step"), [(Mode.PUBLISH, "submit"), (Mode.MASS, "send")])
def test_a_draft_edited_while_it_waited_is_not_handed_in(mode: Mode, step: str) -> None:
    """Prepared minutes ago, edited since: read back once more, and stopped with both texts."""
    edited = {"news_item": [stored(title="关于优化办事时间的通告")]}
    stand = Stand(draft__get=edited)
    prepared = order(LONG_PREPARED, given=access(mode), key=KEY)

    with pytest.raises(ContentRejected) as changed:
        stand.perform(step, prepared)

    assert "通告" in changed.value.explanation.cause
    assert [r.url.path for r in stand.platform.requests] == ["/cgi-bin/draft/get"]


def test_a_draft_that_is_still_as_approved_is_handed_in() -> None:
    """One more call for what was prepared ahead, none for what has just been read."""
    as_approved = {"news_item": [stored()]}
    answer = OK | {"publish_id": "1"}
    ahead = Stand(draft__get=as_approved, freepublish__submit=answer)
    at_once = Stand(freepublish__submit=answer)

    ahead.perform("submit", order(LONG_PREPARED))
    at_once.perform("submit", order())

    assert ahead.platform.count("draft/get") == 1
    assert at_once.platform.count("draft/get") == 0


def test_a_key_is_repeated_without_looking_at_the_draft() -> None:
    """It may have been sent: the draft proves nothing, and its key sends nothing twice."""
    stand = Stand(mass__sendall=refusal(45065) | {"msg_id": 7})
    given = access(Mode.MASS)

    with pytest.raises(AlreadyDone):
        stand.perform("send", order(LONG_PREPARED, given=given, key=KEY, unsure=True))

    assert stand.platform.count("draft/get") == 0


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


@pytest.mark.parametrize("store", ["budgets", "tokens"])
def test_without_the_database_nothing_is_sent_and_that_is_known(store: str) -> None:
    """The ledger or the token cannot be read, so the call was not made: no person need look."""
    stand = Stand(freepublish__submit=OK | {"publish_id": 1})
    adapter = replace(stand.adapter, **{store: AwayLedger()})
    step = adapter.route(order().access.account).step("submit")

    with pytest.raises(NotSent):
        adapter.perform(step, order())

    assert stand.platform.count("freepublish/submit") == 0
