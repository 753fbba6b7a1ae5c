"""A small Weibo with one government account, its app and a clock that only moves by hand."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.scenario import PlatformScript
from bot.sandbox.weibo.calls import Call, Upload
from bot.sandbox.weibo.dispatch import Answer, dispatch
from bot.sandbox.weibo.setup import build_world
from bot.sandbox.weibo.state import World

NOON = 1_795_147_205.0
"""20 November 2026, 12:00:05 in Beijing."""
UID = 1_900_000_001
CITIZEN = 2_900_000_002
TOKEN = "2.00SANDBOXtokenEXAMPLE0000000001"
LINK = "https://www.example.gov.cn/zc/2026/1120.html"
RIP = "203.0.113.10"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
ACCOUNT = {
    "name": "fabu",
    "uid": UID,
    "screen_name": "示例市发布",
    "app_key": "1000000001",
    "long_text_allowed": True,
    "tokens": [{"value": TOKEN, "app_key": "1000000001"}],
}
APP = {
    "app_key": "1000000001",
    "app_secret": "xyz123xyz",
    "redirect_uri": "https://bot.example.gov.cn/weibo/callback",
    "safe_domains": ["www.example.gov.cn"],
    "article_enabled": True,
}


def script(
    app: dict[str, Any] | None = None,
    account: dict[str, Any] | None = None,
    profile: str = "documented",
    **switches: Any,
) -> PlatformScript:
    """A script with some keys of app, account and switches set otherwise."""
    return PlatformScript(
        quota_profile=profile,
        switches=switches,
        apps=(APP | (app or {}),),
        accounts=(ACCOUNT | (account or {}),),
    )


@dataclass
class Stand:
    """The world, its clock, and a caller who holds the account's token."""

    world: World
    clock: Clock
    token: str = TOKEN
    posted: list[int] = field(default_factory=list)

    def ask(
        self, method: str, path: str, *, files: dict[str, Upload] | None = None, **params: Any
    ) -> Answer:
        """Call the API with the token."""
        fields = {"access_token": self.token} | {key: str(value) for key, value in params.items()}
        return dispatch(self.world, Call(method, path, fields, files or {}))

    def get(self, path: str, **params: Any) -> Any:
        """The body of a GET."""
        return self.ask("GET", path, **params).body

    def post(self, path: str, **params: Any) -> Any:
        """The body of a POST with ``rip``."""
        return self.ask("POST", path, **({"rip": RIP} | params)).body

    def share(self, text: str = f"办法解读 {LINK} ", **params: Any) -> Any:
        """The body of ``statuses/share``."""
        return self.post("/2/statuses/share.json", status=text, **params)

    def code_of(self, body: Any) -> int:
        """The error code of a REST body, 0 for success."""
        return int(body.get("error_code", 0)) if isinstance(body, dict) else 0


def make_stand(**kwargs: Any) -> Stand:
    """A stand; keywords are those of ``script``."""
    clock = Clock.frozen_at(NOON)
    return Stand(build_world(script(**kwargs), clock.now, "http://sandbox.invalid"), clock)
