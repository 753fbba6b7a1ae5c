"""Dates as offices write them."""

from datetime import UTC, date, datetime

import pytest

from bot.language.dates import parse_date, parse_datetime


@pytest.mark.parametrize(
    "text",
    [
        "2024-09-28",
        "2024年9月28日",
        "2024年09月28日",
        "2024.9.28",
        "2024/09/28",
        "二〇二四年九月二十八日",
        "二○二四年九月二十八日",
        "２０２４年９月２８日",
        "2024-09-28 10:11:12",
        "2024-09-28-10:11:12",
        "2024-09-27T22:00:00+00:00",
    ],
)
def test_reads_every_usual_writing(text: str) -> None:
    """All of these name the same day in Beijing."""
    assert parse_date(text) == date(2024, 9, 28)


@pytest.mark.parametrize("text", ["", "2024-02-30", "0024-01-01", "三月", "2024-13-01", "9999-1-1"])
def test_nonsense_is_no_date(text: str) -> None:
    """What names no day is None."""
    assert parse_date(text) is None


@pytest.mark.parametrize(("text", "day"), [("十", 10), ("十九", 19), ("二十", 20), ("三十一", 31)])
def test_reads_chinese_day_numbers(text: str, day: int) -> None:
    """Tens are read with and without units."""
    assert parse_date(f"二〇二四年十二月{text}日") == date(2024, 12, day)


def test_a_time_without_zone_is_beijing_time() -> None:
    """Offices never write a zone."""
    assert parse_datetime("2026-01-31 09:00") == datetime(2026, 1, 31, 1, 0, tzinfo=UTC)
