"""Whoever has number and check code sees how the case stands; whoever guesses is slowed down."""

from collections.abc import Iterator

import httpx
import pytest

from bot.domain.cases.case import CaseState
from bot.usecases.cases.look_up_receipt import TRIES_AN_ASKER
from tests.unit.console.browser import Browser
from tests.unit.public.street import ANSWER, Street, street_on

CODE = "7K3MQX"


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def look(browser: Browser, number: str, code: str) -> httpx.Response:
    return browser.post("/chaxun", data={"number": number, "code": code})


def test_the_state_is_shown_and_then_the_answer(street: Street) -> None:
    """However number and code are typed; nobody keeps the page."""
    street.answered(1)
    street.answered(2, state=CaseState.IN_REVIEW, answered_at=None, answer_text="")
    browser = street.passer_by()

    answered = look(browser, "20261123 000001", " 7k3mqx ")
    waiting = look(browser, "20261123-000002", CODE)

    assert "已答复" in answered.text
    assert ANSWER in answered.text
    assert 'href="/pingjia/' in answered.text
    assert answered.headers["cache-control"] == "no-store"
    assert "答复审核中" in waiting.text
    assert "答复期限" in waiting.text
    assert "/pingjia/" not in waiting.text


def test_a_wrong_code_looks_like_a_number_nobody_has(street: Street) -> None:
    """Nothing says which of the two was wrong."""
    street.answered(1)
    browser = street.passer_by()

    wrong_code = look(browser, "20261123-000001", "AAAAAA")
    wrong_number = look(browser, "20261123-999999", CODE)
    unmade = look(browser, "<script>", "")

    assert wrong_code.status_code == wrong_number.status_code == unmade.status_code == 404
    assert wrong_code.text.replace("000001", "999999") == wrong_number.text
    assert "<script>" not in unmade.text


def test_who_guesses_has_to_wait(street: Street) -> None:
    """Then even the right code finds nothing, until ten minutes are over."""
    street.answered(1)
    browser = street.passer_by()
    for _ in range(TRIES_AN_ASKER):
        look(browser, "20261123-000001", "AAAAAA")

    slowed = look(browser, "20261123-000001", CODE)
    street.clock.pass_seconds(601)
    later = look(browser, "20261123-000001", CODE)

    assert slowed.status_code == 429
    assert "查询次数过多" in slowed.text
    assert ANSWER not in slowed.text
    assert ANSWER in later.text


def test_a_form_too_large_is_not_read(street: Street) -> None:
    """Nor does one of many fields do harm."""
    browser = street.passer_by()

    assert look(browser, "1" * 70_000, CODE).status_code == 413
    assert browser.post("/chaxun", content="a=1&" * 1000).status_code == 404
