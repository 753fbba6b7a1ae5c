"""How times, days and platforms are written into a cell."""

from datetime import date, datetime

from bot.domain.accounts.budgets import BEIJING

PLATFORMS = {"wechat": "微信", "weibo": "微博", "files": "导入"}


def moment_cell(at: datetime | None) -> str:
    """A moment in Beijing, to the second; nothing where there is none."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def day_cell(day: date | None) -> str:
    """A day; nothing where there is none."""
    return day.isoformat() if day else ""


def platform_cell(platform: str) -> str:
    """A platform as staff call it; one that is not known stays as it is."""
    return PLATFORMS.get(platform, platform)
