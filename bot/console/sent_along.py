"""Pictures, voices and videos of a conversation: fetched when somebody asks, never kept."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.responses import Response

from bot.console.answering import part
from bot.console.refusals import faults_of
from bot.console.visit import Visit
from bot.domain.errors import PlatformError, Refusal
from bot.domain.ids import ReplyId
from bot.domain.releases.pictures import picture_type
from bot.domain.replies.sent_along import SentAlong, ending_of, kept_until, sent_along
from bot.ports.overview import ReplyRow
from bot.usecases.replies.fetch_attachment import fetch_attachment, may_look_along

LABELS = {
    SentAlong.PICTURE: "查看图片",
    SentAlong.VOICE: "收听语音",
    SentAlong.VIDEO: "查看视频",
}
NAMES = {SentAlong.PICTURE: "图片", SentAlong.VOICE: "语音", SentAlong.VIDEO: "视频"}
_DOWNLOAD = "application/octet-stream"
_ALONE = "default-src 'none'; sandbox"
"""What a stranger's file may do if a browser opens it all the same."""


@dataclass(frozen=True)
class Along:
    """What the bubble of a message offers. `until` is when the platform stops handing it out."""

    reply: str
    kind: SentAlong
    until: datetime | None
    is_over: bool

    @property
    def label(self) -> str:
        """The button."""
        return LABELS[self.kind]

    @property
    def is_shown_here(self) -> bool:
        """Whether it is put into the page; others are saved."""
        return self.kind is SentAlong.PICTURE

    @property
    def name(self) -> str:
        """What it is."""
        return NAMES[self.kind]


def along_in(visit: Visit, rows: Sequence[ReplyRow]) -> Mapping[str, Along]:
    """What the visitor can have a look at, by the id of the reply it came with."""
    if not may_look_along(visit.actor):
        return {}
    now = visit.tools.clock.now()
    found = (_along(row, now) for row in rows if not row.erased)
    return {each.reply: each for each in found if each is not None}


def _along(row: ReplyRow, now: datetime) -> Along | None:
    kind = sent_along(row.channel, row.type_name)
    if kind is None:
        return None
    until = kept_until(row.channel, row.said_at)
    return Along(row.id, kind, until, is_over=until is not None and until <= now)


def fetched(visit: Visit, reply: ReplyId) -> Response:
    """The file, to be saved; a picture, where htmx asks, to be put into the bubble.

    Raises:
        NotAllowed, NotFound, InvalidInput, PlatformError: as `fetch_attachment`.
    """
    found = fetch_attachment(reply, actor=visit.actor, tools=visit.tools.attachments)
    shown = picture_type(found.content)
    if not visit.is_partial:
        return _saved(found.content, reply)
    if shown is None:
        return part(visit, "parts/sent_along_shown.html.j2", reply=reply, picture="", faults=())
    picture = f"data:{shown};base64,{b64encode(found.content).decode()}"
    return part(visit, "parts/sent_along_shown.html.j2", reply=reply, picture=picture, faults=())


def refused(visit: Visit, reply: ReplyId, refusal: Refusal | PlatformError) -> Response:
    """Why nothing can be shown, in the place of the picture."""
    faults = faults_of(refusal)
    return part(visit, "parts/sent_along_shown.html.j2", reply=reply, picture="", faults=faults)


def _saved(content: bytes, reply: ReplyId) -> Response:
    """Whatever the platform calls it: a browser saves it and runs nothing of it."""
    name = quote(f"{reply}.{ending_of(content)}", safe="")
    return Response(
        content,
        media_type=_DOWNLOAD,
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
            "content-security-policy": _ALONE,
        },
    )
