"""热点: themes, alerts that are judged, stages, questions of the press."""

import pytest

from bot.domain.people import Role
from bot.domain.topics.alert import AlertState
from tests.unit.console.desk import Desk, send
from tests.unit.console.town_topics import speak_of_gas


@pytest.fixture
def square(busy: Desk) -> Desk:
    """A desk on the day on which everybody speaks of gas."""
    speak_of_gas(busy.storage)
    return busy


def alert_of(desk: Desk) -> AlertState:
    with desk.storage.begin() as uow:
        (alert,) = uow.topics.alerts()
    return alert.state


def test_a_burst_is_shown_with_masked_quotes(square: Desk) -> None:
    """As an alert and as a theme; who asks for our own only sees none."""
    browser = square.signed_in("wang", Role.DESK)
    page, alert = browser.get("/topics").text, browser.get("/topics/alerts/alr_1").text

    assert page.count("燃气") > 1
    assert all(words in alert for words in ("9 人", "异常增长", "〔电话〕", "转舆情办理"))
    assert "13812345678" not in page + alert
    assert "没有待研判的预警" in browser.get("/topics?us=1").text


def test_an_alert_is_taken_up_and_goes_from_stage_to_stage(square: Desk) -> None:
    """A refusal keeps what was written; the case's page tells the stages too."""
    browser = square.signed_in("wu", Role.SUPERVISOR, Role.DESK)
    none = send(browser, "/topics/alerts/alr_1/take-up", level="huge", note="一般情况")
    taken = send(browser, "/topics/alerts/alr_1/take-up", level="ordinary", department="gas")
    address = taken.headers["location"].partition("?")[0]
    again = send(browser, "/topics/alerts/alr_1/dismiss", reason="误报")
    empty = send(browser, f"{address}/stage", stage="handled", note="")
    early = send(browser, f"{address}/stage", stage="responded", note="已发通报")
    noted = send(browser, f"{address}/stage", stage="handled", note="已约谈企业")

    record = browser.get(address).text
    assert (none.status_code, "一般情况" in none.text) == (422, True)
    assert alert_of(square) is AlertState.RECORDED
    assert [again.status_code, empty.status_code, early.status_code] == [409, 422, 409]
    assert "已发通报" in early.text
    assert noted.status_code == 303
    assert all(words in record for words in ("监测", "研判", "处置", "已约谈企业"))
    assert "舆情处置" in browser.get(address.replace("/topics/records", "/cases")).text
    assert "住建局" in browser.get("/topics/records").text


def test_an_alert_is_put_aside_with_a_reason(square: Desk) -> None:
    """Who only writes posts decides nothing."""
    writer = square.signed_in("zhao", Role.WRITER)
    refused = send(writer, "/topics/alerts/alr_1/dismiss", reason="误报")
    browser = square.signed_in("wang", Role.DESK)
    done = send(browser, "/topics/alerts/alr_1/dismiss", reason="已发通告")

    assert (refused.status_code, done.status_code) == (403, 303)
    assert "转舆情办理" not in writer.get("/topics/alerts/alr_1").text
    assert alert_of(square) is AlertState.DISMISSED
    assert "已发通告" in browser.get("/topics").text


def test_a_question_of_the_press_is_taken_down(square: Desk) -> None:
    """With what is missing named and what was written kept."""
    browser = square.signed_in("wang", Role.DESK)
    refused = send(browser, "/topics/media", outlet="", text="为何涨价？", at="2020-01-01T09:00")
    taken = send(browser, "/topics/media", outlet="云岭晚报", text="为何涨价？", at="")

    assert refused.status_code == 422
    assert all(words in refused.text for words in ("媒体名称", "已经过去", "为何涨价？"))
    assert taken.status_code == 303
    assert "云岭晚报" in browser.get("/topics/media").text


def test_subjects_are_suggested_from_what_is_spoken_of(square: Desk) -> None:
    """For editors; nothing is planned."""
    assert "燃气" in square.signed_in("zhao", Role.EDITOR).get("/topics/subjects").text
