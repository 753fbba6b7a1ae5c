"""POST /api/attachments: a file that a release handed in later will name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from bot.api.accepting import require_open_source
from bot.api.bodies import bounded
from bot.api.failures import documented
from bot.api.tokens import Token, Tools
from bot.domain.releases.attachments import LONGEST_NAME
from bot.usecases.releases.attach_file import keep_attachment

router = APIRouter(prefix="/api", tags=["releases"])


class AttachmentAnswer(BaseModel):
    """What to put into `attachments` of the release."""

    name: str
    sha256: str
    size: int


async def _content(request: Request, tools: Tools, token: Token) -> bytes:
    require_open_source(token.source, tools)
    return await bounded(request, tools.largest_attachment)


_BINARY = {"required": True, "content": {"application/octet-stream": {}}}


@router.post(
    "/attachments",
    status_code=201,
    responses={201: {"description": "已保存"}, **documented(401, 403, 413, 422)},
    openapi_extra={"requestBody": _BINARY},
    summary="Hand in a file that belongs to a release",
)
def hand_in_attachment(
    tools: Tools,
    content: Annotated[bytes, Depends(_content)],
    name: Annotated[
        str, Query(min_length=1, max_length=LONGEST_NAME, description="带后缀的文件名")
    ],
) -> AttachmentAnswer:
    """Keep the file; the release names it by `name` and `sha256`. One that no release names is
    deleted after the grace time. The same file again has the same hash."""
    kept = keep_attachment(
        name, content, largest=tools.largest_attachment, media=tools.media, field="name"
    )
    return AttachmentAnswer(name=kept.name, sha256=kept.sha256 or "", size=kept.size)
