"""Dates as Chinese offices write them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""Offices write Beijing time without saying so; China has had no other since 1991."""

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
}
_NUMERIC = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_CHINESE = re.compile(
    r"^([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$"
)
_TIMED = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?[-\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?$"
)
FIRST_YEAR, LAST_YEAR = 1900, 2099


def parse_date(text: str) -> date | None:
    """The day `text` names (2024-09-28, 2024年9月28日, 二〇二四年九月二十八日, or a date with a
    time); None when it names no day between 1900 and 2099. Times with a zone are taken to Beijing.
    """
    plain = _ascii(text)
    match = _NUMERIC.match(plain)
    if match:
        return _day(*(int(part) for part in match.groups()))
    match = _CHINESE.match(plain)
    if match:
        year = int("".join(_DIGITS[c] for c in match[1]))
        return _day(year, _small_number(match[2]), _small_number(match[3]))
    moment = parse_datetime(plain)
    return None if moment is None else _in_range(moment.astimezone(BEIJING).date())


def parse_datetime(text: str) -> datetime | None:
    """The moment `text` names, in UTC; one without a zone is Beijing time. None if it is none."""
    plain = _ascii(text)
    match = _TIMED.match(plain)
    try:
        if match:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
            written = datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)
            return written.astimezone(UTC)
        moment = datetime.fromisoformat(plain)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _ascii(text: str) -> str:
    return text.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _in_range(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _small_number(text: str) -> int:
    """一 … 三十一; 0 for what is not one of them."""
    tens, ten, units = text.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or "十" in tens:
        return 0
    unit = int(_DIGITS[units]) if units else 0
    return (int(_DIGITS[tens]) if tens else 1) * 10 + unit if ten else unit
