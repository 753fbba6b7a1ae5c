"""办理: cases by deadline, by view, department, class, account and state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.answering import page, part
from bot.console.cases.deeds import DEEDS
from bot.console.cases.views import Looker, View, views_for
from bot.console.downloads import MOST_ROWS, download_masked
from bot.console.paging import Page
from bot.console.visit import Visit
from bot.console.words.cases import clock_word, settled_word
from bot.console.words.states import Word
from bot.domain.cases.case import RUNNING, STATE_NAMES, CaseState
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.cases.receipts import number_of
from bot.domain.ids import ReplyId
from bot.exports.cases import export_cases as write_cases
from bot.ports.case_overview import CaseFilter, CaseKey, CaseRow
from bot.usecases.cases.see_cases import confined_to
from bot.usecases.replies.show_window import show_windows

PAGE_SIZE = 30
ASKED = ("view", "number", "department", "case_class", "account", "state")


@dataclass(frozen=True)
class Line:
    """A row with its clock in words, and what the platform still allows."""

    row: CaseRow
    clock: Word | None
    window: str


def list_cases(visit: Visit) -> Response:
    """What waits, the nearest deadline first."""
    asked = {name: visit.asked(name) for name in ASKED}
    looker = looker_of(visit)
    views = views_for(visit, looker)
    view = next((one for one in views if one.name == asked["view"]), views[0])
    found = _page(visit, view, asked, looker)
    shown: dict[str, Any] = {
        "found": found,
        "is_filtered": any(asked[name] for name in ASKED if name != "view"),
        "view": view,
    }
    if visit.is_partial:
        return part(visit, "parts/case_list.html.j2", **shown)
    done = DEEDS.get(visit.asked("done"))
    with visit.tools.storage.look() as uow:
        departments = uow.departments.all()
    return page(
        visit,
        "cases.html.j2",
        **shown,
        said=done.done if done else "",
        views=views,
        asked=asked,
        departments=() if looker.confined else departments,
        accounts=visit.tools.overview.accounts(),
        classes=CLASS_NAMES,
        states=STATE_NAMES,
    )


def export_cases(visit: Visit) -> Response:
    """What the list shows under these filters, as a file."""
    asked = {name: visit.fields.get(name, "").strip() for name in ASKED}
    looker = looker_of(visit)
    views = views_for(visit, looker)
    view = next((one for one in views if one.name == asked["view"]), views[0])
    wanted, overview = _narrowed(view.wanted, asked, looker), visit.tools.overview

    def write(path: Path, unmasked: bool) -> None:
        names = visit.names
        write_cases(path, wanted, overview, names=names, unmasked=unmasked, most=MOST_ROWS)

    chosen = " ".join(value for value in asked.values() if value)
    return download_masked(visit, "cases", asked=chosen, write=write)


def looker_of(visit: Visit) -> Looker:
    """Who looks at the list."""
    with visit.tools.storage.look() as uow:
        return Looker(visit.user.department, confined_to(uow, visit.actor))


def _page(visit: Visit, view: View, asked: Mapping[str, str], looker: Looker) -> Page[Line]:
    """Pages go on behind the last case shown, so that nothing is shown twice or left out."""
    after = _key(visit.asked("after"))
    wanted = _narrowed(view.wanted, asked, looker)
    rows = visit.tools.overview.cases(wanted, limit=PAGE_SIZE + 1, after=after or view.begins)
    kept = {name: value for name, value in asked.items() if value}

    def at(**more: str) -> str:
        return f"/cases?{urlencode(kept | more)}"

    return Page(
        rows=_lines(visit, rows[:PAGE_SIZE]),
        number=1,
        previous=at() if after else "",
        next=at(after=_told(rows[PAGE_SIZE - 1].key)) if len(rows) > PAGE_SIZE else "",
    )


def _narrowed(wanted: CaseFilter, asked: Mapping[str, str], looker: Looker) -> CaseFilter:
    """What was typed narrows the view; nobody widens it beyond what they may see."""
    number, state = asked["number"], asked["state"]
    narrowed = replace(
        wanted,
        account=asked["account"] or None,
        case_class=asked["case_class"] if asked["case_class"] in set(CaseClass) else None,
        number=(number_of(number) or number) if number else None,
    )
    if asked["department"] and not looker.confined and not wanted.departments:
        narrowed = replace(narrowed, departments=(asked["department"],))
    if state in set(CaseState) and not wanted.states:
        # Every state can be asked for, also in the view of what waits.
        narrowed = replace(narrowed, states=(state,), running=None)
    return narrowed


def _lines(visit: Visit, rows: Sequence[CaseRow]) -> Sequence[Line]:
    now, calendar = visit.tools.clock.now(), visit.tools.work_calendar
    waiting = [ReplyId(row.reply_id) for row in rows if row.reply_id and row.state in RUNNING]
    windows = show_windows(waiting, actor=visit.actor, tools=visit.tools.correspondence)
    lines = list[Line]()
    for row in rows:
        clock = settled_word(row.due_at, row.answered_at) if row.answered_at else None
        if row.state in RUNNING:
            clock = clock_word(row, now, calendar)
        shown = windows.get(ReplyId(row.reply_id)) if row.reply_id else None
        lines.append(Line(row, clock, shown.words.partition("。")[0] if shown else ""))
    return lines


def _told(key: CaseKey) -> str:
    return f"{key.due_at.isoformat()}~{key.id}"


def _key(after: str) -> CaseKey | None:
    """Where the page before ended; nonsense begins at the beginning."""
    due_at, _, case = after.partition("~")
    try:
        moment = datetime.fromisoformat(due_at)
    except ValueError:
        return None
    return CaseKey(moment, case) if moment.tzinfo is not None else None
