"""Every part of the public pages in every state, for whoever works on the look."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.cases.names import CLASS_NAMES
from bot.public.pages import Pages

ADDRESS = "/gongkai/design"
LONG_NAME = "云岭市政务服务和数据管理局便民之窗"


def design_routes(pages: Pages) -> list[Route]:
    """One page, with invented content."""

    def design(_request: Request) -> Response:
        return pages.shared(
            "design.html.j2",
            {"here": ADDRESS, "options": list(CLASS_NAMES.items()), "long_name": LONG_NAME},
        )

    return [Route(ADDRESS, design, methods=["GET"])]
