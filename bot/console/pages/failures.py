"""出错: every post that failed or is held, with why, what to do, and the buttons to do it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import download
from bot.console.paging import page_number, take_page
from bot.console.stuck import Stuck, stuck_posts
from bot.console.visit import Visit
from bot.console.words.people import PeopleNames
from bot.console.words.posts import words_of
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.exports.failures import Failed
from bot.exports.failures import export_failures as write_failures
from bot.ports.overview import PostRow

A_PAGE = 20
MOST_EXPORTED = 2000
"""The cause of each is looked up by itself."""
FAILED, PAUSED = "failed", "paused"
_STATES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    FAILED: (
        (PostState.SCHEDULED,),
        (DeliveryState.HELD, DeliveryState.UNKNOWN, DeliveryState.AWAITING_PERSON),
    ),
    PAUSED: ((PostState.HELD,), ()),
}


def show_failures(visit: Visit) -> Response:
    """One of the two lists, a page of it, of all accounts or of one."""
    view = visit.asked("view") if visit.asked("view") in _STATES else FAILED
    accounts = visit.tools.overview.accounts()
    account = visit.asked("account")
    account = account if any(one.id == account for one in accounts) else ""
    found = take_page(
        lambda limit, offset: failed_posts(visit, view, account, limit=limit, offset=offset),
        number=page_number(visit.asked("page")),
        size=A_PAGE,
        address="/failures",
        query={"view": view, "account": account},
    )
    return page(
        visit,
        "failures.html.j2",
        view=view,
        accounts=accounts,
        account=account,
        found=found,
        asked={"view": view, "account": account},
        most=MOST_EXPORTED,
        stuck=stuck_posts(visit, found.rows),
    )


def export_failures(visit: Visit) -> Response:
    """The whole list with its causes, as a file."""
    asked = {name: visit.fields.get(name, "") for name in ("view", "account")}
    view = asked["view"] if asked["view"] in _STATES else FAILED
    rows = failed_posts(visit, view, asked["account"], limit=MOST_EXPORTED)
    failed = [_failed(one, visit.names) for one in stuck_posts(visit, rows)]

    def write(path: Path) -> None:
        write_failures(path, failed)

    return download(visit, "failures", asked=f"{view} {asked['account']}".strip(), write=write)


def _failed(stuck: Stuck, names: PeopleNames) -> Failed:
    row, trouble = stuck.row, stuck.trouble
    return Failed(
        row,
        words_of(row, names),
        happened=trouble.happened,
        cause=trouble.cause,
        next_step=trouble.next_step,
        who=trouble.who,
        code=trouble.code,
        said=trouble.said,
    )


def failed_posts(
    visit: Visit, view: str, account: str, *, limit: int, offset: int = 0
) -> Sequence[PostRow]:
    """The newest posts of the view."""
    states, deliveries = _STATES[view]
    return visit.tools.overview.posts(
        account=account, states=states, delivery_states=deliveries, limit=limit, offset=offset
    )
