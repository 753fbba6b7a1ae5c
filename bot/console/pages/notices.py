"""通知: what everybody who opens the console should have heard of, and who else was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.domain.permissions import Permission
from bot.ports.storage import UnitOfWork
from bot.usecases.notices.look_out import CONSOLE

MOST = 100


@dataclass(frozen=True)
class _Line:
    """A notice; `address` leads to where it is handled, on this site."""

    notice: Notice
    address: str


@dataclass(frozen=True)
class _Way:
    """A channel and the last notice that went, or did not go, through it."""

    channel: NoticeChannel
    last: Notice | None


def show_notices(visit: Visit) -> Response:
    """The newest notices; for who manages accounts, the channels by which others are told."""
    manages = visit.may(Permission.MANAGE_ACCOUNTS)
    with visit.tools.storage.look() as uow:
        lines = [_line(notice) for notice in uow.notices.recent(channel=CONSOLE, limit=MOST)]
        ways = _ways(uow) if manages else ()
    return page(visit, "notices.html.j2", lines=lines, ways=ways, manages=manages, most=MOST)


def _ways(uow: UnitOfWork) -> Sequence[_Way]:
    return [
        _Way(channel, next(iter(uow.notices.recent(channel=channel.id, limit=1)), None))
        for channel in uow.notices.channels()
    ]


def _line(notice: Notice) -> _Line:
    """Its page without the host: whoever reads it is here already."""
    parts = urlsplit(notice.page)
    query = f"?{parts.query}" if parts.query else ""
    return _Line(notice, f"{parts.path or '/'}{query}")
