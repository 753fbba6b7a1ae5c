"""回复: what followers said, filtered and searched."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.answer_desk import DEEDS, SET_ASIDE, TAKE_UP
from bot.console.answering import back_to, page, part
from bot.console.deeds import Deed
from bot.console.downloads import MOST_ROWS, download_masked
from bot.console.forms import ticked_replies
from bot.console.inbox_rows import Stretch, stretches
from bot.console.paging import Page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import STATE_NAMES, CaseState
from bot.domain.errors import Conflict, InvalidInput, Refusal
from bot.domain.ids import DepartmentId, ReplyId
from bot.domain.permissions import Permission
from bot.domain.replies.handling import HANDLING_NAMES, Handling
from bot.domain.replies.reply import Channel
from bot.exports.replies import export_replies as write_replies
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.usecases.cases.see_cases import confined_to
from bot.usecases.replies.set_aside import set_aside, take_up

PAGE_SIZE = 30
MOST_COUNTED = 1000
ASKED = ("q", "account", "channel", "post", "since", "until", "handling", "state")


def list_replies(visit: Visit) -> Response:
    """The inbox, newest first."""
    return _listed(visit)


def set_aside_some(visit: Visit) -> Response:
    """None of the replies that the list showed together needs an answer."""
    return _decided(visit, set_aside, SET_ASIDE)


def take_up_some(visit: Visit) -> Response:
    """They wait for an answer again."""
    return _decided(visit, take_up, TAKE_UP)


def _decided(visit: Visit, decide: Callable[..., int], deed: Deed) -> Response:
    replies = [
        *map(ReplyId, visit.fields.get("replies", "").split()),
        *ticked_replies(visit.fields),
    ]
    try:
        decide(replies, actor=visit.actor, storage=visit.tools.storage)
    except (InvalidInput, Conflict) as refusal:
        return _listed(visit, refusal)
    return back_to(f"/replies?{urlencode(_place(visit) | {'done': deed.name})}")


def _place(visit: Visit) -> dict[str, str]:
    """What of the list is being looked at."""
    place = _asked(visit) | {"after": visit.asked("after")}
    return {name: value for name, value in place.items() if value}


def _asked(visit: Visit) -> dict[str, str]:
    """What was asked for; addresses that were kept from before have another word for it."""
    asked = {name: visit.asked(name) for name in ASKED}
    if visit.asked("unanswered") == "1" and not asked["handling"]:
        asked["handling"] = Handling.UNANSWERED.value
    return asked


def _listed(visit: Visit, refusal: Refusal | None = None) -> Response:
    asked, own = _asked(visit), _confined(visit)
    found = _page(visit, _wanted(asked, own, after=visit.asked("after")), asked)
    total = visit.tools.overview.count_replies(_wanted(asked, own), most=MOST_COUNTED)
    shown: dict[str, Any] = {
        "found": found,
        "stretches": _stretches(visit, found.rows, asked),
        "ticks": bool(found.rows) and _may_tick(visit, asked),
        "place": urlencode(_place(visit)),
        "is_filtered": any(asked.values()),
        "nothing_waits": not found.rows and _place(visit) == {"handling": Handling.WAITING.value},
        "total": f"{MOST_COUNTED}+" if total > MOST_COUNTED else str(total),
    }
    if visit.is_partial:
        return part(visit, "parts/reply_list.html.j2", **shown)
    done = DEEDS.get(visit.asked("done")) if visit.request.method == "GET" else None
    return page(
        visit,
        "replies.html.j2",
        **shown,
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said=done.done if done else "",
        asked=asked,
        accounts=visit.tools.overview.accounts(),
        channels=NAMES[Channel],
        states=STATE_NAMES,
        handlings=HANDLING_NAMES,
    )


def _may_tick(visit: Visit, asked: Mapping[str, str]) -> bool:
    """Among what waits, rows are ticked that need no answer."""
    return asked["handling"] == Handling.WAITING and visit.may(Permission.ANSWER)


def _stretches(
    visit: Visit, rows: Sequence[ReplyRow], asked: Mapping[str, str]
) -> Sequence[Stretch]:
    """Whoever looks for words sees every row that has them."""
    if asked["q"]:
        return [Stretch(rows)]
    with visit.tools.storage.look() as uow:
        grave = visit.tools.watching.rules(uow).grave_words
    return stretches(rows, grave=grave)


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
        handling=Handling(asked["handling"]) if asked["handling"] in set(Handling) else None,
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
