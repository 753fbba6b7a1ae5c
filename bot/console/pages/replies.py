"""回复: what followers said, filtered and searched."""

from starlette.responses import Response

from bot.console.answering import page, part
from bot.console.paging import page_number, take_page
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.replies.reply import Channel
from bot.ports.overview import ReplyFilter

PAGE_SIZE = 30


def list_replies(visit: Visit) -> Response:
    """The inbox, newest first."""
    asked = {name: visit.asked(name) for name in ("q", "account", "channel", "unanswered")}
    channel = asked["channel"] if asked["channel"] in set(Channel) else ""
    wanted = ReplyFilter(
        account=asked["account"] or None,
        channel=channel or None,
        unanswered=asked["unanswered"] == "1",
        search=asked["q"],
    )
    found = take_page(
        lambda limit, offset: visit.tools.overview.replies(wanted, limit=limit, offset=offset),
        number=page_number(visit.asked("page")),
        size=PAGE_SIZE,
        address="/replies",
        query=asked,
    )
    is_filtered = any(asked.values())
    if visit.is_partial:
        return part(visit, "parts/reply_list.html.j2", found=found, is_filtered=is_filtered)
    return page(
        visit,
        "replies.html.j2",
        found=found,
        is_filtered=is_filtered,
        asked=asked,
        accounts=visit.tools.overview.accounts(),
        channels=NAMES[Channel],
    )
