"""A letter is taken once, unaltered, by the office's rules; machines and floods are kept out."""

import re
from collections.abc import Iterator

import httpx
import pytest

from bot.domain.cases.case import Case
from bot.domain.cases.names import CaseClass, Entry
from bot.ports.case_overview import CaseFilter
from bot.public.mailbox import LETTERS_AN_ADDRESS
from tests.unit.console.browser import Browser
from tests.unit.public.street import Street, street_on

WORDS = "人民路路灯坏了三天<b>没人修</b>\r\n请尽快处理"


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def filled(street: Street, browser: Browser, **changes: str) -> dict[str, str]:
    """The fields of a form that somebody took their time with."""
    token = token_of(browser.get("/liuyan"))
    street.clock.pass_seconds(20)
    return {"token": token, "case_class": "complaint", "text": WORDS, "website": ""} | changes


def cases(street: Street) -> list[Case]:
    rows = street.storage.overview().cases(CaseFilter())
    with street.storage.begin() as uow:
        return [found for row in rows if (found := uow.cases.by_number(row.number))]


def test_a_letter_becomes_a_case_with_number_and_code(street: Street) -> None:
    """Word for word, of the writer's class, to be confirmed by somebody; nobody keeps the page."""
    browser = street.passer_by()

    done = browser.post("/liuyan", data=filled(street, browser))

    [case] = cases(street)
    assert (case.entry, case.case_class, case.subject) == (Entry.FORM, CaseClass.COMPLAINT, WORDS)
    assert case.suggested
    assert case.number in done.text
    assert case.check_code in done.text
    assert done.headers["cache-control"] == "no-store"


def test_what_was_received_can_be_looked_up(street: Street) -> None:
    """With what the page has shown."""
    browser = street.passer_by()
    done = browser.post("/liuyan", data=filled(street, browser)).text
    number, code = re.findall(r'class="big">([^<]+)<', done)

    found = browser.post("/chaxun", data={"number": number, "code": code})

    assert "已受理" in found.text


def test_a_form_that_is_sent_twice_is_taken_once(street: Street) -> None:
    """The second answer is the first one."""
    browser = street.passer_by()
    fields = filled(street, browser)

    answers = [browser.post("/liuyan", data=fields).text for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(cases(street)) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"website": "http://spam"}, "不需要填写", id="honeypot"),
        pytest.param({"token": "abc"}, "您写的内容还在", id="forged"),
        pytest.param({"token": ""}, "您写的内容还在", id="no token"),
        pytest.param({"case_class": "disclosure"}, "请选择要办的事", id="not in the form"),
        pytest.param({"case_class": ""}, "请选择要办的事", id="no class"),
        pytest.param({"text": " 1 "}, "至少 5 个字", id="too short"),
        pytest.param({"text": "长" * 3001}, "请删去 1 个字", id="too long"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(
    street: Street, changes: dict[str, str], why: str
) -> None:
    """The words stay in the form; the next try goes through."""
    browser = street.passer_by()

    refused = browser.post("/liuyan", data=filled(street, browser, **changes))
    street.clock.pass_seconds(20)
    good = {"token": token_of(refused), "case_class": "help", "text": WORDS}
    again = browser.post("/liuyan", data=good)

    assert refused.status_code == 422
    assert why in refused.text
    assert changes.get("text", "没人修") in refused.text
    assert "<b>" not in refused.text
    assert again.status_code == 200
    assert len(cases(street)) == 1


def test_who_does_not_wait_is_a_machine(street: Street) -> None:
    """A form is not sent in the second in which it was drawn, nor after half a day."""
    browser = street.passer_by()
    token = token_of(browser.get("/liuyan"))
    fields = {"token": token, "case_class": "help", "text": WORDS}

    at_once = browser.post("/liuyan", data=fields)
    street.clock.pass_seconds(5 * 3600)
    late = browser.post("/liuyan", data=fields)

    assert "提交得太快" in at_once.text
    assert "页面放得太久了" in late.text
    assert token_of(late) != token
    assert cases(street) == []


def test_one_address_sends_only_so_many(street: Street) -> None:
    """Then it has to wait, and loses no word."""
    browser = street.passer_by()
    for _ in range(LETTERS_AN_ADDRESS):
        assert browser.post("/liuyan", data=filled(street, browser)).status_code == 200

    refused = browser.post("/liuyan", data=filled(street, browser))
    street.clock.pass_seconds(601)
    later = browser.post("/liuyan", data=filled(street, browser))

    assert refused.status_code == 429
    assert "10 分钟后再提交" in refused.text
    assert "没人修" in refused.text
    assert later.status_code == 200


def test_the_form_shows_its_privacy_note_and_how_to_apply(street: Street) -> None:
    """A class in the address is chosen already; one that is none is not repeated."""
    browser = street.passer_by()

    form = browser.get("/liuyan?class=suggestion").text
    odd = browser.get('/liuyan?class="><script>').text
    applying = browser.get("/liuyan/shenqing").text

    assert 'value="suggestion" required checked' in form
    assert "公开问答前会隐去个人信息" in form
    assert "<script>" not in odd
    assert "20 个工作日" in applying
    assert "政府信息公开申请表" in applying
