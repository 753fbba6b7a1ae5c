"""The weekly brief for leaders (舆情和留言周报): what people wanted, the trend, what is owed, and
what might be done. Figures and words of ours; quotes are masked before they come here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.accounts.budgets import BEIJING

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Concern:
    """What many spoke of in the week."""

    words: str
    askers: int
    days: int
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owed:
    """What waits for an answer at the end of the week."""

    running: int
    overdue: int
    due_soon: int


@dataclass(frozen=True)
class WeekFigures:
    """Answers whose term ended in the week, and votes. `median_hours` is None where nothing was
    answered."""

    due: int
    in_time: int
    median_hours: float | None
    votes: int
    mean_stars: float | None


@dataclass(frozen=True)
class Proposal:
    """Something a leader may decide upon, and where it is done."""

    words: str
    page: str


@dataclass(frozen=True)
class Brief:
    """One week, Monday to Sunday in Beijing; `before` is the week before, to compare with."""

    monday: date
    made_at: datetime
    figures: WeekFigures
    before: WeekFigures
    owed: Owed
    concerns: tuple[Concern, ...] = ()
    alerts: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def week_before(now: datetime) -> tuple[date, datetime, datetime]:
    """The last whole week: its Monday, where it begins and where it ends."""
    today = now.astimezone(BEIJING).date()
    monday = today - timedelta(days=today.weekday() + 7)
    begins = datetime(monday.year, monday.month, monday.day, tzinfo=BEIJING)
    return monday, begins, begins + WEEK


def proposals_for(
    owed: Owed, concerns: Sequence[Concern], demands: int, open_alerts: int
) -> tuple[Proposal, ...]:
    """What follows from the figures, the most pressing first."""
    counted = (
        (open_alerts, "条预警还没有研判，请尽快明确是否作舆情处理", "/topics"),
        (owed.overdue, "件已超过答复期限，建议督办承办部门", "/cases?view=late"),
        (owed.due_soon, "件将在下周内到期，请承办部门安排", "/cases"),
        (demands, "个多人问到的问题没有公开文件，建议补充解读或公开", "/topics/subjects"),
    )
    found = [Proposal(f"{number} {words}", page) for number, words, page in counted if number]
    lasting = [concern for concern in concerns if concern.days >= 3]
    if lasting:
        words = "、".join(concern.words for concern in lasting[:3])
        found.append(Proposal(f"“{words}”连续多天受关注，建议主动发布说明", "/topics/subjects"))
    return tuple(found)
