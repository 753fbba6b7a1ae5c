"""Pictures of posts, by the hash of their content."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.errors import NotFound
from bot.ports.media import MediaStore

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BEGINNINGS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


def image_type(content: bytes) -> str | None:
    """The type of a picture that browsers show and that cannot carry script; None for others."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)


def media_route(media: MediaStore) -> Route:
    """`/media/{sha256}`: hashes cannot be guessed; attachments and anything else stay hidden."""

    def serve(request: Request) -> Response:
        sha256 = str(request.path_params["sha256"])
        try:
            content = media.get(sha256) if _SHA256.fullmatch(sha256) else b""
        except NotFound:
            content = b""
        media_type = image_type(content)
        if media_type is None:
            return PlainTextResponse("no such picture", status_code=404)
        return Response(content, media_type=media_type, headers=HEADERS)

    return Route("/media/{sha256}", serve, methods=["GET"])
