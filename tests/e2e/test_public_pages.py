"""A follower with a phone and no script: writes, keeps number and code, reads the answer, rates."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.domain.cases.case import Channel
from bot.domain.permissions import SYSTEM
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from tests.serving import served
from tests.unit.public.street import ANSWER, Street, street_on


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """390 px wide, with script switched off."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_a_letter_is_written_looked_up_and_its_answer_rated(street: Street, phone: Page) -> None:
    """From the form to the vote, along the links and buttons of the pages alone."""
    with served(street.app_of_pages) as address:
        phone.goto(f"{address}/gongkai")
        phone.get_by_role("link", name="留言", exact=True).click()
        phone.get_by_label("求助").check()
        phone.get_by_role("textbox", name="内容").fill("人民路路灯坏了三天没人修")
        street.clock.pass_seconds(20)
        phone.get_by_role("button", name="提交留言").click()
        number, code = phone.locator(".big").all_inner_texts()
        with street.storage.begin() as uow:
            case = uow.cases.by_number(number)
        assert case is not None
        written = WrittenAnswer(ANSWER, Channel.LOOK_UP)
        answer_case(case.id, written, actor=SYSTEM, tools=street.cases)

        phone.get_by_role("link", name="查询办理进度").click()
        phone.get_by_label("受理编号").fill(number)
        phone.get_by_label("校验码").fill(code)
        phone.get_by_role("button", name="查询").click()
        read = phone.locator(".words").inner_text()
        phone.get_by_role("link", name="评价这次答复").click()
        phone.get_by_label("5 分").check()
        phone.get_by_role("button", name="提交评价").click()

        assert read == ANSWER
        assert phone.get_by_role("heading", name="评价已收到").is_visible()
