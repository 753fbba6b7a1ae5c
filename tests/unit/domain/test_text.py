"""Words of the trade that every room uses."""

import pytest

from bot.domain.text import in_book_marks


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("停车办法", "《停车办法》"),
        ("《停车办法》", "《停车办法》"),
        ("《停车办法》解读", "《〈停车办法〉解读》"),
        ("就《办法》答记者问", "《就〈办法〉答记者问》"),
        ("《甲》和《乙》", "《〈甲〉和〈乙〉》"),
        ("关于修改〈条例〉的决定", "《关于修改〈条例〉的决定》"),
        ("《关于修改〈条例〉的决定》解读", "《〈关于修改《条例》的决定〉解读》"),
    ],
)
def test_book_marks_change_with_each_level(title: str, marked: str) -> None:
    """As the standard of punctuation wants them; what stands in marks is left as it is."""
    assert in_book_marks(title) == marked
