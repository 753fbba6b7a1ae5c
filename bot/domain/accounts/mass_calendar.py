"""How often an account may publish or push to its followers, and whether another post fits.

Numbers: developers.weixin.qq.com, Batch_Sends: a verified 公众号 sends once a day; of a 服务号
each follower receives four a month, and one push to all goes out a day. API_Call_Limits: a new
account hands in a hundred drafts a day for publishing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS, Account, Mode
from bot.domain.accounts.budgets import BEIJING, budget_day

SERVICE = "service"
"""The account's option `kind` of a 服务号; anything else is a 公众号."""

RESERVED_FOR_EMERGENCIES = 1
PUBLISHED_A_DAY = 100


@dataclass(frozen=True)
class MassAllowance:
    """Pushes a day and a month (0: not counted), and how many of a month are kept back."""

    a_day: int
    a_month: int
    reserved: int


def allowance_of(account: Account) -> MassAllowance:
    """What the platform allows this account; its options `mass_a_day`, `mass_a_month` and
    `mass_reserved` override the documented numbers."""
    is_service = account.options.get("kind", "") == SERVICE
    a_month = int(account.options.get("mass_a_month", 4 if is_service else 0))
    reserved = int(account.options.get("mass_reserved", RESERVED_FOR_EMERGENCIES))
    a_day = int(account.options.get("mass_a_day", 1))
    return MassAllowance(a_day, a_month, reserved if a_month > reserved else 0)


def sends_a_day(account: Account) -> int:
    """How many posts the platform lets the account push or publish a day; 0 where it does not
    count them."""
    if account.mode in PUSHES_TO_FOLLOWERS:
        return allowance_of(account).a_day
    if account.mode is Mode.PUBLISH:
        return int(account.options.get("quota_freepublish_submit", PUBLISHED_A_DAY))
    return 0


def month_around(at: datetime) -> tuple[datetime, datetime]:
    """The Beijing month of `at`: its first moment and the next month's."""
    first = at.astimezone(BEIJING).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + timedelta(days=32)).replace(day=1)


def why_no_place(
    account: Account, at: datetime, others: Sequence[datetime], *, emergency: bool = False
) -> str | None:
    """Why a post at `at` does not fit beside `others` of its month, in Chinese; None if it does."""
    if account.mode in PUSHES_TO_FOLLOWERS:
        return why_no_push(account, at, others, emergency=emergency)
    if account.mode is Mode.PUBLISH:
        return _why_not_published(account, at, others, emergency=emergency)
    return None


def _why_not_published(
    account: Account, at: datetime, others: Sequence[datetime], *, emergency: bool
) -> str | None:
    a_day, day = sends_a_day(account), budget_day(at)
    left = a_day - sum(budget_day(other) == day for other in others)
    if left > RESERVED_FOR_EMERGENCIES or (left > 0 and emergency):
        return None
    when = f"账号“{account.name}”在 {day.month} 月 {day.day} 日"
    if left <= 0:
        return f"{when}已安排满平台每天允许的 {a_day} 次发布。请改到其他日期"
    return f"{when}只剩 {left} 次发布，留给紧急发布。确属紧急请注明“紧急”，否则请改到其他日期"


def why_no_push(
    account: Account, at: datetime, others: Sequence[datetime], *, emergency: bool = False
) -> str | None:
    """Why a push at `at` does not fit beside `others` of its month, in Chinese; None if it does.

    Only an emergency may take the push that is kept back each month.
    """
    allowed = allowance_of(account)
    day = budget_day(at)
    same_day = [other for other in others if budget_day(other) == day]
    if allowed.a_day and len(same_day) >= allowed.a_day:
        when = "、".join(o.astimezone(BEIJING).strftime("%H:%M") for o in same_day)
        return (
            f"账号“{account.name}”在 {day.month} 月 {day.day} 日 {when} 已安排群发，"
            f"平台每天只允许群发 {allowed.a_day} 次。请改到其他日期"
        )
    if not allowed.a_month:
        return None
    left = allowed.a_month - len(others)
    if left <= 0:
        return (
            f"账号“{account.name}”{day.month} 月的 {allowed.a_month} 次群发都已安排。"
            "请改到下个月，或改用“发布”方式（不推送）"
        )
    if left <= allowed.reserved and not emergency:
        return (
            f"账号“{account.name}”{day.month} 月只剩 {left} 次群发，留给紧急发布。"
            "确属紧急请注明“紧急”，否则请改到下个月"
        )
    return None
