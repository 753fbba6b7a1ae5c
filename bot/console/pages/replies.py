"""回复: what followers said, filtered and searched."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.answering import page, part
from bot.console.downloads import MOST_ROWS, download_masked
from bot.console.paging import Page
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import STATE_NAMES, CaseState
from bot.domain.ids import DepartmentId
from bot.domain.replies.reply import Channel
from bot.exports.replies import export_replies as write_replies
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.usecases.cases.see_cases import confined_to

PAGE_SIZE = 30
MOST_COUNTED = 1000
ASKED = ("q", "account", "channel", "post", "since", "until", "unanswered", "state")


def list_replies(visit: Visit) -> Response:
    """The inbox, newest first."""
    asked = {name: visit.asked(name) for name in ASKED}
    own = _confined(visit)
    wanted = _wanted(asked, own, after=visit.asked("after"))
    found = _page(visit, wanted, asked)
    is_filtered = any(asked.values())
    total = visit.tools.overview.count_replies(_wanted(asked, own), most=MOST_COUNTED)
    shown: dict[str, Any] = {
        "found": found,
        "is_filtered": is_filtered,
        "total": f"{MOST_COUNTED}+" if total > MOST_COUNTED else str(total),
    }
    if visit.is_partial:
        return part(visit, "parts/reply_list.html.j2", **shown)
    return page(
        visit,
        "replies.html.j2",
        **shown,
        asked=asked,
        accounts=visit.tools.overview.accounts(),
        channels=NAMES[Channel],
        states=STATE_NAMES,
    )


def export_replies(visit: Visit) -> Response:
    """What the list shows under these filters, as a file."""
    asked = {name: visit.fields.get(name, "").strip() for name in ASKED}
    wanted, overview = _wanted(asked, _confined(visit)), visit.tools.overview

    def write(path: Path, unmasked: bool) -> None:
        write_replies(path, wanted, overview, unmasked=unmasked, most=MOST_ROWS)

    chosen = " ".join(value for name, value in asked.items() if value and name != "q")
    return download_masked(visit, "replies", asked=chosen, write=write)


def _confined(visit: Visit) -> DepartmentId | None:
    with visit.tools.storage.look() as uow:
        return confined_to(uow, visit.actor)


def _wanted(
    asked: Mapping[str, str], department: DepartmentId | None, *, after: str = ""
) -> ReplyFilter:
    """What was typed; nobody widens it beyond what they may see."""
    until, state = _midnight(asked["until"]), asked["state"]
    return ReplyFilter(
        account=asked["account"] or None,
        channel=asked["channel"] if asked["channel"] in set(Channel) else None,
        unanswered=asked["unanswered"] == "1",
        search=asked["q"],
        post=asked["post"] or None,
        since=_midnight(asked["since"]),
        until=until + timedelta(days=1) if until else None,
        after=after,
        department=department,
        case_states=(state,) if state in set(CaseState) else (),
    )


def _midnight(given: str) -> datetime | None:
    """Where this Beijing day begins; nonsense does not narrow the list."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return datetime.combine(day, time(), tzinfo=BEIJING)


def _page(visit: Visit, wanted: ReplyFilter, asked: Mapping[str, str]) -> Page[ReplyRow]:
    """Pages go on behind the last reply shown, so that new ones push nothing down."""
    rows = visit.tools.overview.replies(wanted, limit=PAGE_SIZE + 1)
    kept = {name: value for name, value in asked.items() if value}

    def at(**more: str) -> str:
        return f"/replies?{urlencode(kept | more)}"

    return Page(
        rows=rows[:PAGE_SIZE],
        number=1,
        previous=at() if wanted.after else "",
        next=at(after=rows[PAGE_SIZE - 1].id) if len(rows) > PAGE_SIZE else "",
    )
