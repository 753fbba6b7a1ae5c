"""Weibo writes times in Beijing time with English names."""

from datetime import datetime, timedelta, timezone

_BEIJING = timezone(timedelta(hours=8))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def beijing(unix_seconds: float) -> datetime:
    """The moment in Beijing time."""
    return datetime.fromtimestamp(unix_seconds, _BEIJING)


def created_at(unix_seconds: float) -> str:
    """As in ``Tue May 31 17:46:55 +0800 2011``, whatever the locale of this machine."""
    at = beijing(unix_seconds)
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d %H:%M:%S} +0800 {at.year}"
