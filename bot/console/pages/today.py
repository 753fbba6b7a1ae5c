"""今日: what must I do now, what goes out next, are the accounts well."""

from starlette.responses import Response

from bot.console.answering import page
from bot.console.pending import pending_work
from bot.console.visit import Visit

NEXT_POSTS = 6


def show_today(visit: Visit) -> Response:
    """One screen: my errands, the next six posts, a line an account."""
    overview = visit.tools.overview
    return page(
        visit,
        "today.html.j2",
        pending=pending_work(visit),
        upcoming=overview.upcoming(limit=NEXT_POSTS),
        accounts=[account for account in overview.accounts() if account.enabled],
    )
