"""Times as staff say them, in Beijing, and back from a form's input."""

from datetime import UTC, date, datetime

from bot.domain.accounts.budgets import BEIJING
from bot.domain.durations import DAY, HOUR, MINUTE, minutes, span
from bot.domain.errors import InvalidInput, Problem

WEEKDAYS = "一二三四五六日"
ON_TIME_SECONDS = 1.0
_NEAR_DAYS = {-1: "昨天", 0: "今天", 1: "明天"}


def moment(at: datetime, now: datetime) -> str:
    """“今天 15:30”, “11月26日（周四）09:00”; another year is named."""
    local, today = at.astimezone(BEIJING), now.astimezone(BEIJING).date()
    near = _NEAR_DAYS.get((local.date() - today).days)
    clock = f"{local:%H:%M}"
    if near:
        return f"{near} {clock}"
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{clock}"


def day(value: date) -> str:
    """“2026年11月23日”."""
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date) -> str:
    """“11月23日”, for days within a year."""
    return f"{value.month}月{value.day}日"


def until(at: datetime, now: datetime) -> str:
    """“还有 3 小时 12 分”, or that the time has come."""
    left = (at - now).total_seconds()
    return f"还有 {span(left)}" if left >= 1 else "已到时间"


def overdue(at: datetime, now: datetime) -> str:
    """“已过 2 小时 5 分”; within the first minute the time has only just come."""
    passed = (now - at).total_seconds()
    return "刚到时间" if passed < MINUTE else f"已过 {span(passed)}"


def ago(at: datetime, now: datetime) -> str:
    """“3 天前”, “12 分钟前”, “刚刚”; in the past only."""
    passed = int((now - at).total_seconds())
    if passed < MINUTE:
        return "刚刚"
    if passed < HOUR:
        return f"{minutes(passed)}前"
    if passed < DAY:
        return f"{passed // HOUR} 小时前"
    return f"{passed // DAY} 天前"


def lateness(seconds: float | None) -> str:
    """How far behind its time a post went out; nothing to say before it did."""
    if seconds is None:
        return ""
    return "准时" if seconds <= ON_TIME_SECONDS else f"晚 {span(seconds)}"


def days_between(first: date, second: date) -> str:
    """“同日”, “3 天”, or “提前 1 天” when the second came first."""
    days = (second - first).days
    if days == 0:
        return "同日"
    return f"{days} 天" if days > 0 else f"提前 {-days} 天"


def beijing_date(at: datetime) -> date:
    """The day in Beijing."""
    return at.astimezone(BEIJING).date()


def as_input(at: datetime) -> str:
    """For a `datetime-local` field."""
    return f"{at.astimezone(BEIJING):%Y-%m-%dT%H:%M}"


def from_input(value: str) -> datetime:
    """A `datetime-local` field's value, read as Beijing time, in UTC.

    Raises:
        InvalidInput: it is not a time.
    """
    try:
        local = datetime.fromisoformat(value.strip().replace(" ", "T"))
    except ValueError as error:
        raise InvalidInput([Problem("at", "请选择发布日期和时间")]) from error
    if local.tzinfo is not None:
        raise InvalidInput([Problem("at", "发布时间按北京时间填写，不要带时区")])
    return local.replace(tzinfo=BEIJING).astimezone(UTC)


def read_time(written: str) -> tuple[datetime | None, str]:
    """The time somebody wrote in such a field, in UTC, or what is wrong with it; neither when
    nothing is written."""
    if not written:
        return None, ""
    try:
        return from_input(written), ""
    except InvalidInput as refusal:
        return None, refusal.problems[0].message
