"""Where personal data stands in an attachment, in words."""

import pytest

from bot.domain.personal.found import PersonalKind
from bot.domain.releases.attachment_checks import places
from bot.domain.releases.inspection import PersonalData, Spot

ROWS = [Spot(f"第 {number} 行", 1) for number in (2, 3, 4, 7, 9, 10)]


@pytest.mark.parametrize(
    ("spots", "count", "told"),
    [
        (ROWS, 6, "第 2—4、7、9—10 行"),
        (ROWS, 60, "第 2—4、7、9—10 行等"),
        (
            [Spot("第 1 张表第 2 行", 1), Spot("第 2 张表第 3 行", 1)],
            2,
            "第 1 张表第 2 行、第 2 张表第 3 行",
        ),
        ([Spot("第 2 页", 40), Spot("第 3 页", 1)], 41, "第 2 页 40 处、第 3 页 1 处"),
        ([Spot("", 1)], 1, ""),
        ([Spot("张三.txt", 1)], 1, "张三.txt"),
    ],
    ids=["rows", "more", "tables", "pages", "nowhere", "name"],
)
def test_places_one_after_the_other_are_told_once(spots: list[Spot], count: int, told: str) -> None:
    """So that a reader sees at a glance how much of a sheet it is."""
    data = PersonalData(PersonalKind.PHONE, True, "", count, tuple(spots), "13****12")

    assert places(data, most=12) == told
