"""Pictures of posts, by the hash of their content."""

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.errors import NotFound
from bot.domain.releases.pictures import picture_type
from bot.ports.media import MediaStore

_SHA256 = re.compile(r"[0-9a-f]{64}")
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


def media_route(media: MediaStore) -> Route:
    """`/media/{sha256}`: hashes cannot be guessed; attachments and anything else stay hidden."""

    def serve(request: Request) -> Response:
        sha256 = str(request.path_params["sha256"])
        try:
            content = media.get(sha256) if _SHA256.fullmatch(sha256) else b""
        except NotFound:
            content = b""
        media_type = picture_type(content)
        if media_type is None:
            return PlainTextResponse("no such picture", status_code=404)
        return Response(content, media_type=media_type, headers=HEADERS)

    return Route("/media/{sha256}", serve, methods=["GET"])
