"""Deputies (代审): whoever is away names a colleague who may take their step for some days."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import DeputyId

LONGEST_DAYS = 92
"""Longer than this somebody else has the office, and is given the role."""


@dataclass(frozen=True)
class Deputy:
    """`deputy` may take the steps of `principal` (both logins) on these Beijing days, the last
    one included. A deputy's own deputies gain nothing by it."""

    id: DeputyId
    principal: str
    deputy: str
    since: date
    until: date
    named_by: str
    named_at: datetime
    reason: str = ""
    ended_at: datetime | None = None

    def acts_on(self, day: date) -> bool:
        """Whether the deputy may sign on this day."""
        return self.ended_at is None and self.since <= day <= self.until


def require_sensible(deputy: Deputy, *, today: date) -> None:
    """Go on only if the naming makes sense.

    Raises:
        InvalidInput: to oneself, over already, the wrong way round, or for too long.
    """
    problems = []
    if deputy.principal == deputy.deputy:
        problems.append(Problem("deputy", "不能委托给本人，请选择一位同事"))
    if deputy.until < deputy.since:
        problems.append(Problem("until", "结束日期早于开始日期，请重新选择"))
    elif deputy.until < today:
        problems.append(Problem("until", "结束日期已经过去，请重新选择"))
    elif (deputy.until - deputy.since).days > LONGEST_DAYS:
        problems.append(Problem("until", "委托最长三个月；更久请由账号管理员调整角色"))
    if problems:
        raise InvalidInput(problems)
