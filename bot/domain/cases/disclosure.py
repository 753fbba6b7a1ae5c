"""An application for disclosure (依申请公开): a record of its own with the clock of 条例 33.

A comment or a letter is no application: that must be in writing, with identity, contact and
description (条例 29). The record begins when the application is filed.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.domain.workdays import Ending, Term, TermUnit, WorkCalendar, end_of_day

TERM = Term(20, TermUnit.WORKING_DAYS)
"""条例 33: 自收到申请之日起 20 个工作日."""
CORRECTION_TERM = Term(7, TermUnit.WORKING_DAYS)
"""条例 30: 补正通知应当在收到申请之日起 7 个工作日内一次性告知."""
LONGEST_EXTENSION = 20
BASIS = "《中华人民共和国政府信息公开条例》第三十三条"


@dataclass(frozen=True)
class Pause:
    """Time that does not count: 征求第三方和其他机关意见所需时间 (条例 33)."""

    begun_at: datetime
    ended_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Application:
    """A filed application. `corrected_at` starts its clock anew (条例 30); it can be asked to be
    corrected once, and extended once with approval and notice (条例 33)."""

    case: CaseId
    filed_at: datetime
    correction_asked_at: datetime | None = None
    corrected_at: datetime | None = None
    extended_days: int = 0
    extension_approved_by: str = ""
    pauses: tuple[Pause, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands."""
        waits = self.correction_asked_at is not None and self.corrected_at is None
        return waits or any(pause.ended_at is None for pause in self.pauses)

    @property
    def begun_at(self) -> datetime:
        """When the clock began that counts."""
        return self.corrected_at or self.filed_at


def due(application: Application, *, calendar: WorkCalendar) -> Ending:
    """When the answer is owed: 20 working days, what it was extended by, and the working days of
    each pause. A pause that goes on counts as if it ended on its first day."""
    since = application.begun_at
    paused = sum(_working_days_of(pause, since, calendar) for pause in application.pauses)
    days = TERM.amount + application.extended_days + paused
    counted = calendar.add_working_days(since.astimezone(BEIJING).date(), days)
    return Ending(end_of_day(counted.day), counted.is_provisional)


def correction_asked(
    application: Application, *, at: datetime, calendar: WorkCalendar
) -> Application:
    """The applicant is told, once, what is missing.

    Raises:
        Conflict: for the second time, or after 7 working days.
    """
    if application.correction_asked_at is not None:
        raise Conflict("补正只能一次性告知，这件申请已经告知过")
    if at > calendar.end_of(CORRECTION_TERM, since=application.filed_at).at:
        raise Conflict("收到申请已超过 7 个工作日，不能再要求补正（条例第三十条）")
    return replace(application, correction_asked_at=at)


def corrected(application: Application, *, at: datetime) -> Application:
    """The corrected application is here; the clock begins anew."""
    if application.correction_asked_at is None or application.corrected_at is not None:
        raise Conflict("这件申请没有在等待补正")
    return replace(application, corrected_at=at)


def extended(application: Application, days: int, *, approved_by: str) -> Application:
    """More time, approved by whoever is in charge; the applicant must be told.

    Raises:
        Conflict: for the second time, or by more than 20 working days.
    """
    if application.extended_days:
        raise Conflict(f"这件申请已延长 {application.extended_days} 个工作日，不能再次延长")
    if not 1 <= days <= LONGEST_EXTENSION:
        raise Conflict(f"延长期限最多 {LONGEST_EXTENSION} 个工作日（条例第三十三条）")
    return replace(application, extended_days=days, extension_approved_by=approved_by)


def paused(application: Application, *, at: datetime, reason: str) -> Application:
    """Others are asked for their opinion; until they answer the clock stands."""
    if application.is_paused:
        raise Conflict("这件申请已经暂停计时")
    return replace(application, pauses=(*application.pauses, Pause(at, None, reason)))


def resumed(application: Application, *, at: datetime) -> Application:
    """The opinions are here."""
    open_pauses = [pause for pause in application.pauses if pause.ended_at is None]
    if not open_pauses:
        raise Conflict("这件申请没有暂停计时")
    pauses = (*(p for p in application.pauses if p.ended_at), replace(open_pauses[0], ended_at=at))
    return replace(application, pauses=pauses)


def _working_days_of(pause: Pause, since: datetime, calendar: WorkCalendar) -> int:
    """Working days after the day on which it began, up to the day on which it ended; what lies
    before a clock that began anew is over with it."""
    if pause.ended_at is None or pause.begun_at < since:
        return 0
    first, last = (at.astimezone(BEIJING).date() for at in (pause.begun_at, pause.ended_at))
    return calendar.working_days_between(first, last)
