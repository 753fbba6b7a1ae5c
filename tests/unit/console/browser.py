"""A browser without a socket: keeps cookies, follows no redirect by itself."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class Browser:
    """Speaks to an application directly; what it raises, the test sees."""

    def __init__(self, app: ASGIApp, *, base_url: str = "http://console.test") -> None:
        self._app, self._base_url = app, base_url
        self.cookies = httpx.Cookies()

    def get(self, path: str, **asked: Any) -> httpx.Response:
        return self._ask("GET", path, **asked)

    def post(self, path: str, **asked: Any) -> httpx.Response:
        return self._ask("POST", path, **asked)

    def _ask(self, method: str, path: str, **asked: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(self._app),
                base_url=self._base_url,
                trust_env=False,
                cookies=self.cookies,
            ) as client:
                response = await client.request(method, path, **asked)
                self.cookies = client.cookies
                return response

        return asyncio.run(ask())
