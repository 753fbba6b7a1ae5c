"""大字: larger letters on every page of this browser, kept in a cookie."""

from starlette.requests import Request
from starlette.responses import Response

COOKIE, ON = "tongbu_type", "large"
KEPT_SECONDS = 31_536_000


def is_large(request: Request) -> bool:
    """Whether this browser asked for larger letters."""
    return request.cookies.get(COOKIE) == ON


def remember(response: Response, *, large: bool, is_https: bool) -> None:
    """Keep it for a year. A script may read and set it, so that nothing typed is lost."""
    response.set_cookie(
        COOKIE,
        ON if large else "",
        max_age=KEPT_SECONDS if large else 0,
        path="/",
        secure=is_https,
        samesite="lax",
    )
