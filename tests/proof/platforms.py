"""The simulated platforms of a proof: the sandbox's own logic, in this process, on its own time."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.domain.accounts.account import PlatformName
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault as SandboxFault
from bot.sandbox.faults import FaultKind
from bot.sandbox.platform import open_stage
from bot.sandbox.scenario import parse_scenario
from bot.sandbox.server import assemble
from bot.sandbox.wechat.app import make_platform as make_wechat
from bot.sandbox.weibo.app import make_platform as make_weibo
from tests.proof.faults import Fault

MAKERS: Mapping[PlatformName, Callable[..., Any]] = {
    PlatformName.WECHAT: make_wechat,
    PlatformName.WEIBO: make_weibo,
}
CODES: Mapping[PlatformName, Mapping[Fault, int]] = {
    PlatformName.WECHAT: {
        Fault.BUSY: -1,
        Fault.BUSY_AFTER: -1,
        Fault.RATE_LIMIT: 45011,
        Fault.DAILY_QUOTA: 45009,
        Fault.CONTENT_REFUSED: 45166,
    },
    PlatformName.WEIBO: {
        Fault.BUSY: 10001,
        Fault.BUSY_AFTER: 10001,
        Fault.RATE_LIMIT: 20016,
        Fault.DAILY_QUOTA: 10023,
        Fault.CONTENT_REFUSED: 20021,
    },
}
TWISTS: Mapping[Fault, tuple[str, dict[str, Any]]] = {
    Fault.ACCEPTED_LATE: ("delay_next_post", {"seconds": 90.0}),
    Fault.WITHOUT_POST: ("fail_next_article", {"code": 11002}),
    Fault.UNBOUND: ("fail_next_article", {"code": 11003}),
}
EVENTS: Mapping[Fault, FaultKind] = {
    Fault.EVENT_LOST: FaultKind.EVENT_LOST,
    Fault.EVENT_LATE: FaultKind.EVENT_LATE,
    Fault.EVENT_DOUBLED: FaultKind.EVENT_DOUBLED,
}
SUSPENDED = 20015
EVENT_LATE_SECONDS = 45 * 60.0
"""Later than an event that nobody claims is kept."""


class Platform:
    """One simulated platform with accounts `a1`, `a2`, …, each for one day of a proof."""

    def __init__(
        self,
        name: PlatformName,
        table: Mapping[str, Any],
        *,
        clock: Clock,
        loop: asyncio.AbstractEventLoop,
        line: httpx.AsyncBaseTransport,
        opened_at: datetime,
    ) -> None:
        scenario = parse_scenario({name.value: table})
        self.name, self.loop, self.opened_at = name, loop, opened_at
        self.stage = open_stage(
            scenario, name.value, clock=clock, public_base=url_of(name), transport=line
        )
        self.platform = MAKERS[name](self.stage)
        self._app = assemble(self.platform, self.stage, title=name.value)

    def ask(self, request: httpx.Request, *, caller: str) -> httpx.Response:
        """The platform's answer to a request that has arrived whole."""
        return self.loop.run_until_complete(self._ask(request, caller))

    def settle(self) -> None:
        """Do what is due by now, and deliver what is to be pushed."""
        self.loop.run_until_complete(self._settle())

    def hurry(self, account: str) -> None:
        """Do and tell at once whatever the account waits for."""
        self.loop.run_until_complete(self._settle(account))

    def act(self, name: str, **arguments: Any) -> Any:
        """Let somebody do something on the platform."""

        async def performed() -> Any:
            return self.platform.act(name, arguments)

        return self.loop.run_until_complete(performed())

    def refuse_once(self, fault: Fault, account: str) -> None:
        """The next call is refused with the platform's own words for `fault`."""
        kind = FaultKind.ERROR_AFTER if fault is Fault.BUSY_AFTER else FaultKind.ERROR
        code = CODES[self.name][fault]
        self.stage.faults.add(SandboxFault(kind, account=account, code=code))

    def disturb_event(self, fault: Fault, account: str) -> None:
        """The account's next event is lost, late or doubled."""
        seconds = EVENT_LATE_SECONDS
        self.stage.faults.add(SandboxFault(EVENTS[fault], account=account, seconds=seconds))

    def kill_tokens(self, account: str) -> None:
        """Every access token of the account dies now."""
        if self.name is PlatformName.WECHAT:
            self.act("revoke_tokens", account=account)
        else:
            self.act("expire_tokens", account=account)

    def revoke(self, account: str) -> None:
        """The account's credentials are taken away: what we have of them is worth nothing."""
        if self.name is PlatformName.WECHAT:
            self.kill_tokens(account)
            self._change(account, app_secret="another-secret-by-now")
        else:
            self.act("revoke_tokens", account=account, code=21316)

    def freeze(self, account: str) -> None:
        """The platform suspends the account, for reading too."""
        if self.name is PlatformName.WECHAT:
            self._change(account, frozen=True)
        else:
            self.act("freeze", account=account)
            suspended = SandboxFault(FaultKind.ERROR, account=account, code=SUSPENDED, count=0)
            self.stage.faults.add(suspended)

    def restore(self, account: str) -> dict[str, str]:
        """The account is itself again; returns the credentials it has now."""
        if self.name is PlatformName.WECHAT:
            self._change(account, frozen=False)
            return {"app_secret": self.platform.world.accounts[account].spec.app_secret}
        self.act("unfreeze", account=account)
        return {"access_token": self.act("issue_token", account=account)["access_token"]}

    def effects(self, account: str) -> int:
        """How often the public of the account got something, by the platform's own books."""
        world = self.platform.world
        if self.name is PlatformName.WECHAT:
            owner = world.accounts[account]
            return len(owner.publish_jobs) + len(owner.mass_jobs)
        uid = self.uid(account)
        posts = sum(1 for one in world.statuses.values() if one.uid == uid)
        articles = sum(1 for one in world.articles.values() if one.uid == uid)
        return max(posts, articles)

    def drafts(self, account: str) -> list[str]:
        """The drafts in the account's box, the oldest first."""
        return list(self.platform.world.accounts[account].drafts)

    def public_ids(self, account: str) -> set[str]:
        """The ids of all that readers can find of the account."""
        world = self.platform.world
        if self.name is PlatformName.WECHAT:
            return set(world.accounts[account].publications)
        uid = self.uid(account)
        return {str(one.id) for one in world.statuses.values() if one.uid == uid}

    def uid(self, account: str) -> int:
        """The number of a Weibo account."""
        users = self.platform.world.users.values()
        return next(user.uid for user in users if user.registered and user.name == account)

    def _change(self, account: str, **changes: Any) -> None:
        self.act("change_account", account=account, changes=changes)

    async def _settle(self, hurried: str = "") -> None:
        if hurried:
            self.stage.agenda.hasten(hurried)
        self.stage.agenda.run_due()
        await self.stage.pusher.drain()

    async def _ask(self, request: httpx.Request, caller: str) -> httpx.Response:
        body = request.read()
        messages: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        await self._app(_scope(request, caller), receive, send)
        return httpx.Response(
            messages[0]["status"],
            headers=messages[0]["headers"],
            content=b"".join(one.get("body", b"") for one in messages[1:]),
            request=request,
        )


def url_of(name: PlatformName) -> str:
    """The platform's address in the proof's network."""
    return f"http://{name.value}.example"


def _scope(request: httpx.Request, caller: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(key.lower(), value) for key, value in request.headers.raw],
        "client": (caller, 50000),
        "server": (request.url.host, 80),
    }


class Broken(httpx.SyncByteStream):
    """An answer whose second half never comes."""

    def __init__(self, body: bytes) -> None:
        self._half = body[: len(body) // 2]

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        raise httpx.RemoteProtocolError("the connection was closed in the middle of the answer")
