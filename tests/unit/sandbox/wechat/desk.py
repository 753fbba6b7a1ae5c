"""A simulated WeChat without sockets, its clock standing still, and an account to call it with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx

from bot.sandbox.clock import Clock
from bot.sandbox.platform import open_stage
from bot.sandbox.scenario import parse_scenario
from bot.sandbox.server import assemble
from bot.sandbox.wechat.app import make_platform

# 2026-11-23 10:00 in Beijing.
NOON = 1795399200.0
BASE = "http://reader.test"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 200
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 200
FAN = "oFollower00000000000000000001"
ACCOUNT = {
    "name": "city",
    "app_id": "wx0000000000000001",
    "app_secret": "invented-secret-1",
    "token": "inventedtoken",
    "aes_key": KEY,
    "followers": [FAN],
}

Callback = Callable[[httpx.Request], httpx.Response]


class Desk:
    """Calls the simulated platform as account `city`, one request at a time."""

    def __init__(
        self,
        *,
        switches: dict[str, Any] | None = None,
        callback: Callback | None = None,
        quota_profile: str = "documented",
        faults: list[dict[str, Any]] | None = None,
        **account: Any,
    ) -> None:
        table = {
            "wechat": {
                "public_base": BASE,
                "quota_profile": quota_profile,
                "push_timeout_seconds": 0.05,
                "switches": switches or {},
                "accounts": [{**ACCOUNT, **account}],
            },
            "faults": faults or [],
        }
        self.clock = Clock.frozen_at(NOON)
        self.stage = open_stage(
            parse_scenario(table),
            "wechat",
            clock=self.clock,
            public_base="",
            transport=httpx.MockTransport(callback) if callback else None,
        )
        self.platform = make_platform(self.stage)
        self.world = self.platform.world
        self.account = self.world.accounts["city"]
        self._app = assemble(self.platform, self.stage, title="")
        self._loop = asyncio.new_event_loop()
        self._token = ""

    def close(self) -> None:
        """Drop what is still under way."""
        self._loop.run_until_complete(self.stage.pusher.close())
        self._loop.close()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request and wait until the pushes it caused are over."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                answer = await client.request(method, path, **options)
            await self.stage.pusher.drain()
            return answer

        return self._loop.run_until_complete(send())

    @property
    def token(self) -> str:
        """A stable token, fetched once."""
        if not self._token:
            asked = {
                "grant_type": "client_credential",
                "appid": ACCOUNT["app_id"],
                "secret": ACCOUNT["app_secret"],
            }
            answer = self.request("POST", "/cgi-bin/stable_token", json=asked).json()
            self._token = answer["access_token"]
        return self._token

    def forget_token(self) -> None:
        """The next call fetches a token anew."""
        self._token = ""

    def post(self, name: str, body: Any = None, **query: str) -> Any:
        """POST raw UTF-8 JSON to /cgi-bin/`name`."""
        content = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        params = {"access_token": self.token, **query}
        return self.request("POST", f"/cgi-bin/{name}", params=params, content=content).json()

    def get(self, name: str, **query: str) -> Any:
        """GET /cgi-bin/`name`."""
        params = {"access_token": self.token, **query}
        return self.request("GET", f"/cgi-bin/{name}", params=params).json()

    def upload(self, name: str, data: bytes, filename: str = "a.jpg", **query: str) -> Any:
        """Upload a file."""
        params = {"access_token": self.token, **query}
        files = {"media": (filename, data, "image/jpeg")}
        return self.request("POST", f"/cgi-bin/{name}", params=params, files=files).json()

    def act(self, name: str, **arguments: Any) -> Any:
        """Let somebody do something, through the control door."""
        body = {"act": name, "account": "city", **arguments}
        answer = self.request("POST", "/_sandbox/acts", json=body).json()
        return answer.get("result", answer)

    def article(self, **changes: Any) -> dict[str, Any]:
        """An article that passes every check, with a fresh cover."""
        cover = self.upload("material/add_material", JPEG, type="image")["media_id"]
        return {
            "title": "关于促进小微企业发展的若干措施",
            "author": "示例市",
            "content": "<p>正文</p>",
            "thumb_media_id": cover,
            "content_source_url": "https://www.example.gov.cn/1.html",
            **changes,
        }

    def draft(self, **changes: Any) -> str:
        """Add a draft of one article; return its media_id."""
        media_id: str = self.post("draft/add", {"articles": [self.article(**changes)]})["media_id"]
        return media_id

    def wait(self, seconds: float) -> None:
        """Move the clock; what falls due happens at once."""
        self.request("POST", "/_sandbox/clock", json={"shift_seconds": seconds})

    def city(self) -> Any:
        """The account's state as the control door shows it."""
        return self.request("GET", "/_sandbox/state").json()["accounts"]["city"]
