"""Sensitive cases, and figures without a source, on the pages where answers are written."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.console.app import create_app
from bot.domain.cases.case import CaseState
from bot.domain.ids import CaseId
from bot.domain.people import Role
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.test_case_deeds import case, do
from tests.unit.console.town_cases import settle_cases

TOLD = "您好，每户补 500 元。"


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """A town with cases."""
    settle_cases(busy.storage)
    return busy


def test_a_sensitive_case_asks_for_a_check_and_two_people(hall: Desk) -> None:
    """Each finds their own part on 今日 and on the page; who has approved waits for the other."""
    li = hall.signed_in("li", Role.DESK)
    he = hall.signed_in("he", Role.SECRECY_OFFICER)
    chen, wu = (hall.signed_in(name, Role.REVIEWER) for name in ("chen", "wu"))

    marked = do(li, 3, "mark-sensitive", hall, reason="涉及在办案件")
    waits = do(li, 3, "answer", hall, text="您好，正在核实。", channel="phone")
    assert "敏感件" in marked
    assert "已提交审核" in waits
    assert "请先做保密审查" in he.get("/").text
    assert "敏感件 · " in he.get("/").text
    assert "/cases/case_4" not in he.get("/").text
    first = do(chen, 3, "approve", hall)
    early = send(wu, "/cases/case_3/approve", version=str(case(hall, 3).version))
    checked = do(he, 3, "check-secrecy", hall, secrecy="passed")
    done = do(wu, 3, "approve", hall)

    assert "还须另一位审核人通过" in first
    assert "/cases/case_3" not in chen.get("/").text
    assert early.status_code == 409
    assert "保密审查已登记" in checked
    assert "审核通过" in done
    assert case(hall, 3).state is CaseState.ANSWERED
    assert "敏感件" in li.get("/cases?view=all").text


def test_whoever_begins_to_answer_finds_the_field_open(hall: Desk) -> None:
    """Also where the class has yet to be confirmed, which stands before it."""
    with hall.storage.begin() as uow:
        suggested = replace(uow.cases.get(CaseId("case_3")), suggested=True)
        uow.cases.save(suggested)
        uow.commit()

    page = hall.signed_in("li", Role.DESK).get("/cases/case_3?done=draft").text

    assert "确认类别" in page
    assert "<summary>答复</summary>" not in page
    assert 'id="text"' in page


def strict(hall: Desk, login: str, *roles: Role) -> Browser:
    """Somebody of an office where a 500 has a source only in the letter itself."""

    def find(answer: str, sources: Sequence[str]) -> Sequence[str]:
        told = "500" in answer and not any("500" in source for source in sources)
        return ["500元"] if told else []

    known = hall.signed_in(login, *roles)
    letters = replace(hall.tools.correspondence, figures=find)
    cases = replace(hall.tools.cases, correspondence=letters)
    tools = replace(hall.tools, correspondence=letters, cases=cases)
    browser = Browser(create_app(tools), base_url="http://console.test")
    browser.cookies.update(known.cookies)
    return browser


def test_figures_without_a_source_ask_for_a_reason_before_a_case_is_answered(hall: Desk) -> None:
    """The page comes back with the words, the figures, and a field; the reviewer reads it."""
    li = strict(hall, "li", Role.DESK)
    given = {"text": TOLD, "channel": "phone"}

    refused = send(li, "/cases/case_2/answer", version="1", **given)
    told = {"figures": "500元", "figures_reason": "局务会昨天定下"}
    done = send(li, "/cases/case_2/answer", version="1", **given, **told)

    assert refused.status_code == 422
    assert f">{TOLD}</textarea>" in refused.text
    assert 'name="figures" value="500元"' in refused.text
    assert 'name="figures_reason"' in refused.text
    assert done.status_code == 303
    review = hall.signed_in("chen", Role.REVIEWER).get("/cases/case_2").text
    assert "局务会昨天定下" in review
    assert "没有在引用的文件" not in review


def test_a_letter_asks_for_the_reason_too(hall: Desk) -> None:
    """On the page of the conversation."""
    li = strict(hall, "li", Role.DESK)

    refused = send(li, "/replies/rpy_1/answer", text=TOLD, answer="ans_1")
    told = {"figures": "500元", "figures_reason": "局务会昨天定下"}
    done = send(li, "/replies/rpy_1/answer", text=TOLD, answer="ans_1", **told)

    assert refused.status_code == 422
    assert 'name="figures" value="500元"' in refused.text
    assert done.status_code == 303
