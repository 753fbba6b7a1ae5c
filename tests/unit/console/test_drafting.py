"""An answer is drawn from approved words on the page of its case, without a script."""

import pytest

from bot.domain.cases.published import publication_of
from bot.domain.ids import CaseId
from bot.domain.people import Role
from tests import factories as make
from tests.unit.console.desk import Desk, send
from tests.unit.console.test_case_deeds import case
from tests.unit.console.town import PARKING
from tests.unit.console.town_cases import settle_cases


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """A town with cases; the answer to case_5 is public."""
    settle_cases(busy.storage)
    answered = case(busy, 5)
    with busy.storage.begin() as uow:
        uow.published.put(publication_of(answered, "公园夜间噪声", by="chen", at=make.NOW))
        uow.commit()
    return busy


def test_passages_are_found_and_put_in_with_their_source(hall: Desk) -> None:
    """What was written stays; nothing is stored, and nobody answers by it."""
    li = hall.signed_in("li", Role.DESK)
    written = {"text": "您好。", "channel": "phone", "version": "1"}

    found = send(li, "/cases/case_3/find", words="老旧小区", **written)
    quoted = send(li, "/cases/case_3/quote", words="老旧小区", quote="0", **written)
    public = send(li, "/cases/case_3/find", words="音箱", **written)
    beyond = send(li, "/cases/case_3/quote", words="老旧小区", quote="99", **written)

    assert found.status_code == 200
    assert "优先保障老旧小区停车需求" in found.text
    assert ">您好。</textarea>" in found.text
    assert f"您好。\n《{PARKING}》" in quoted.text
    assert "/wenda/case_5" in public.text
    assert ">您好。</textarea>" in beyond.text
    assert '<option value="phone" selected>' in quoted.text
    assert case(hall, 3).version == 1


def test_a_template_is_filled_and_figures_without_a_source_are_told(hall: Desk) -> None:
    """The check is for the writer, and stands before whoever approves."""
    li = hall.signed_in("li", Role.DESK)
    chen = hall.signed_in("chen", Role.REVIEWER)

    filled = send(li, "/cases/case_3/fill", template="plain", text="维修费 300 元。")
    checked = send(li, "/cases/case_3/check", text="渗水点 12 月 20 日前修好，费用 300 元。")
    clean = send(li, "/cases/case_3/check", text=f"老旧小区渗水由物业修，见《{PARKING}》。")
    review = chen.get("/cases/case_4").text

    assert "感谢您的关心和支持" in filled.text
    assert "维修费 300 元。" in filled.text
    assert "<strong>300元</strong>" in checked.text
    assert "没有在引用的文件" in checked.text
    assert "没有在引用的文件" not in clean.text
    assert "没有在引用的文件" in review
    assert "停水" in review


def test_another_departments_case_is_not_drafted(hall: Desk) -> None:
    """The buttons open nothing that the page does not."""
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")

    assert send(zhao, "/cases/case_3/find", words="小区").status_code == 403
    assert case(hall, 3).id == CaseId("case_3")
