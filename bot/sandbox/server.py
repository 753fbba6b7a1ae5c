"""Puts a platform, its gate, the control door and the reader's page together, and serves them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.sandbox.clock import Clock
from bot.sandbox.control import Control
from bot.sandbox.gate import Gate
from bot.sandbox.page import home_route
from bot.sandbox.platform import Platform, Stage, open_stage
from bot.sandbox.scenario import Scenario, ScriptedAct
from bot.sandbox.serving import QuietServer, address_of, bind, make_server
from bot.sandbox.tables import ScenarioError

logger = logging.getLogger(__name__)
NO_ADDRESS = "http://sandbox.invalid"


def assemble(
    platform: Platform, stage: Stage, *, title: str, acts: Sequence[ScriptedAct] = ()
) -> Starlette:
    """Return the application of one platform; its lifespan runs the agenda and scripted acts."""

    def perform(act: ScriptedAct) -> Callable[[], None]:
        def performed() -> None:
            # A citizen whose post is not there yet must not stop the platform's own later work.
            try:
                platform.act(act.act, act.arguments)
            except ScenarioError as error:
                logger.warning("scripted act refused: %s", error)

        return performed

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        for act in acts:
            stage.agenda.after(act.at_seconds, perform(act))
        runner = asyncio.create_task(stage.agenda.run_forever())
        yield
        runner.cancel()
        await asyncio.gather(runner, return_exceptions=True)
        await stage.pusher.close()

    app = Starlette(
        routes=[
            *Control(platform, stage).routes(),
            home_route(platform, title),
            *platform.routes(),
        ],
        middleware=[Middleware(Gate, platform=platform, stage=stage)],
        lifespan=lifespan,
    )
    app.state.platform = platform
    app.state.stage = stage
    return app


def create_wechat_app(
    scenario: Scenario, *, clock: Clock | None = None, public_base: str = NO_ADDRESS
) -> Starlette:
    """Return the simulated api.weixin.qq.com.

    Raises:
        ScenarioError: when an account or switch of the scenario is not understood.
    """
    from bot.sandbox.wechat.app import make_platform

    stage = open_stage(scenario, "wechat", clock=clock or Clock(), public_base=public_base)
    acts = scenario.acts_of("wechat")
    return assemble(make_platform(stage), stage, title="模拟微信公众号", acts=acts)


def create_weibo_app(
    scenario: Scenario, *, clock: Clock | None = None, public_base: str = NO_ADDRESS
) -> Starlette:
    """Return the simulated Weibo, all its hosts on one server.

    Raises:
        ScenarioError: when an account or switch of the scenario is not understood.
    """
    from bot.sandbox.weibo.app import make_platform

    stage = open_stage(scenario, "weibo", clock=clock or Clock(), public_base=public_base)
    acts = scenario.acts_of("weibo")
    return assemble(make_platform(stage), stage, title="模拟微博", acts=acts)


@dataclass(frozen=True)
class Bound:
    """One platform with its socket, ready to serve."""

    name: str
    app: Starlette
    socket: socket.socket
    server: QuietServer

    @property
    def url(self) -> str:
        """The base address of the server."""
        return address_of(self.socket)


CREATORS = {"wechat": create_wechat_app, "weibo": create_weibo_app}


def bind_platforms(scenario: Scenario, host: str, ports: dict[str, int]) -> list[Bound]:
    """Bind a socket for each platform in `ports` (0 = any free port) and make its application.

    Raises:
        OSError: when a port is taken.
        ScenarioError: when the scenario does not fit a platform.
    """
    clock = Clock()
    bound: list[Bound] = []
    with contextlib.ExitStack() as opened:
        for name, port in ports.items():
            listening = bind(host, port)
            opened.callback(listening.close)
            app = CREATORS[name](scenario, clock=clock, public_base=address_of(listening))
            bound.append(Bound(name, app, listening, make_server(app)))
        # From here on the servers close their sockets.
        opened.pop_all()
    return bound


async def serve(platforms: Sequence[Bound]) -> None:
    """Serve until each server's `should_exit` is set."""
    await asyncio.gather(*(one.server.serve(sockets=[one.socket]) for one in platforms))


def run(scenario: Scenario, host: str, wechat_port: int, weibo_port: int) -> None:
    """Serve both platforms in this process until SIGTERM or SIGINT, saying when each is ready."""
    platforms = bind_platforms(scenario, host, {"wechat": wechat_port, "weibo": weibo_port})
    asyncio.run(_run_until_signal(platforms))


async def _run_until_signal(platforms: Sequence[Bound]) -> None:
    def stop() -> None:
        for one in platforms:
            one.server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    serving = asyncio.create_task(serve(platforms))
    while not serving.done() and not all(one.server.started for one in platforms):
        await asyncio.sleep(0.02)
    for one in platforms:
        print(f"sandbox ready: {one.name} {one.url}", flush=True)
    await serving
