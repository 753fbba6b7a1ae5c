"""检查 on the page of a release."""

from bot.domain.people import Role
from tests.unit.console.desk import Desk


def test_a_release_shows_its_score_and_what_failed_with_rule_and_basis(busy: Desk) -> None:
    """Machine-readable ids stand beside plain words."""
    page = busy.signed_in("wang", Role.AUDITOR).get("/releases/rel_2/checklist").text

    assert "<code>complete.interpretation</code> 第 1 版" in page
    assert "没有解读材料，请提醒起草单位补充" in page
    assert "国办发〔2016〕80号" in page
    assert "标题 8" in page
    assert "还没有安排到：" in page
