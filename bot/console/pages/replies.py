"""回复: what followers said, filtered and searched, and the thread of one of them."""

from starlette.responses import Response

from bot.console.answering import page, part
from bot.console.paging import page_number, take_page
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.ids import ReplyId
from bot.domain.replies.reply import Channel, ReplyKind
from bot.ports.overview import ReplyFilter

PAGE_SIZE = 30
LONGEST_THREAD = 200


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


def show_thread(visit: Visit) -> Response:
    """Everything the sender of one reply said to this account, oldest first."""
    with visit.tools.storage.begin() as uow:
        reply = uow.replies.get(ReplyId(visit.named("reply")))
        account = uow.accounts.get(reply.incoming.account)
    wanted = ReplyFilter(account=account.id, sender=reply.incoming.sender)
    rows = visit.tools.overview.replies(wanted, limit=LONGEST_THREAD)
    said = [row for row in reversed(rows) if row.kind != ReplyKind.EVENT or row.id == reply.id]
    return page(visit, "thread.html.j2", reply=reply, account=account, rows=said)
