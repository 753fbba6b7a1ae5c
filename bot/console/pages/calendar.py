"""日历: what goes out when, and what is in the way."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.calendar_days import (
    Span,
    View,
    beginning,
    days_of,
    pushes_of_month,
    span_around,
    view_of,
)
from bot.console.downloads import MOST_ROWS, download
from bot.console.visit import Visit
from bot.console.words.posts import words_of
from bot.console.words.times import beijing_date, moment, read_time
from bot.exports.posts import export_posts
from bot.ports.overview import PostRow

MOST_POSTS = 1000
MOST_A_DAY = 4
MOST_NOTES = 3
_YEARS = range(2000, 2101)


def show_calendar(visit: Visit) -> Response:
    """A month, a week or a day; of all accounts or of one."""
    view, day = view_of(visit.asked("view")), _day(visit, visit.asked("day"))
    span = span_around(day, view)
    with visit.tools.storage.look() as uow:
        accounts = {account.id: account for account in uow.accounts.all()}
        periods = uow.quiet_periods.newest()
    chosen = next((a for a in accounts.values() if a.id == visit.asked("account")), None)
    rows = visit.tools.overview.calendar(
        since=_since(span, day, view),
        until=beginning(_until(span, view)),
        account=chosen.id if chosen else "",
        limit=MOST_POSTS + 1,
    )
    days = days_of(
        span,
        day if view is View.MONTH else None,
        rows[:MOST_POSTS],
        {str(id_): account for id_, account in accounts.items()},
        periods,
        today=_today(visit),
        work=visit.tools.work_calendar,
    )
    return page(
        visit,
        "calendar.html.j2",
        view=view,
        views=View,
        day=day,
        today=_today(visit),
        span=span,
        days=days,
        is_empty=not any(one.slots for one in days),
        is_cut=len(rows) > MOST_POSTS,
        most=MOST_POSTS,
        most_a_day=MOST_A_DAY,
        most_notes=MOST_NOTES,
        account=chosen.id if chosen else "",
        accounts=[one for one in accounts.values() if one.enabled or one is chosen],
        pushes=pushes_of_month(rows, [chosen] if chosen else accounts.values(), day),
        is_provisional=not visit.tools.work_calendar.is_official(span.last),
        said=_said(visit),
        asked={"view": view.value, "day": str(day), "account": chosen.id if chosen else ""},
    )


def export_calendar(visit: Visit) -> Response:
    """The posts of the month, the week or the day, with what became of them, as a file."""
    view, day = view_of(visit.fields.get("view", "")), _day(visit, visit.fields.get("day", ""))
    account = visit.fields.get("account", "")
    first, last = _planned_span(day, view)

    def write(path: Path) -> None:
        due, names = _posts_due(visit, first, last, account), visit.names
        lines = ((row, words_of(row, names)) for row in due)
        export_posts(path, islice(lines, MOST_ROWS))

    return download(visit, "posts", asked=f"{first} {last} {account}".strip(), write=write)


def _planned_span(day: date, view: View) -> tuple[date, date]:
    """The first and the last day that are asked for: of a month, not the weeks around it."""
    span = span_around(day, view)
    if view is not View.MONTH:
        return span.first, span.last
    return day.replace(day=1), date.fromordinal(span.next.toordinal() - 1)


def _posts_due(visit: Visit, first: date, last: date, account: str) -> Iterator[PostRow]:
    since, until = beginning(first), beginning(date.fromordinal(last.toordinal() + 1))
    after: PostRow | None = None
    while chunk := visit.tools.overview.posts_due(
        since=since, until=until, account=account, after=after
    ):
        yield from chunk
        after = chunk[-1]


def _said(visit: Visit) -> str:
    at, _ = read_time(visit.asked("moved"))
    if at is None:
        return ""
    then, count = moment(at, visit.tools.clock.now()), visit.asked("together")
    if count.isdecimal():
        return f"同步的 {count} 条稿件都已改到 {then}，通过审核的到时间自动发布"
    return f"已改到 {then}，到时间自动发布"


def _since(span: Span, day: date, view: View) -> datetime:
    """Quotas of a month are told from its beginning on."""
    return beginning(min(span.first, (day if view is View.MONTH else span.first).replace(day=1)))


def _until(span: Span, view: View) -> date:
    if view is View.MONTH:
        return max(span.next, date.fromordinal(span.last.toordinal() + 1))
    return span_around(span.last, View.MONTH).next


def _today(visit: Visit) -> date:
    return beijing_date(visit.tools.clock.now())


def _day(visit: Visit, asked: str) -> date:
    """The day asked for; nonsense is today."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return _today(visit)
    return day if day.year in _YEARS else _today(visit)
