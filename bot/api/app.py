"""The JSON API as an application; its paths begin with /api."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.api import accepting, attaching, cases, questions, reading, topics
from bot.api.failures import answer_failures
from bot.api.submission import schemas
from bot.api.tools import ApiTools

VERSION = "1"
DESCRIPTION = """\
Hand in approved releases and read what became of them.

Every request carries `Authorization: Bearer <token>`; a token is made with `tongbu token add` and
bound to one source. Times are ISO 8601 with a zone; times without one are Beijing time. Whatever
is refused is answered as `{"error": {"code", "message", "problems"}}`, the message in Chinese.
"""


def create_app(tools: ApiTools) -> FastAPI:
    """The application. It answers under `/api` only, and describes itself at /api/openapi.json."""
    app = FastAPI(
        title="Tongbu (同步)",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.tools = tools
    app.include_router(accepting.router)
    app.include_router(attaching.router)
    app.include_router(reading.router)
    app.include_router(cases.router)
    app.include_router(questions.router)
    app.include_router(topics.router)
    answer_failures(app)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """The request body is read by our reader, so FastAPI does not know its schemas."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            document["components"]["schemas"].update(schemas())
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
