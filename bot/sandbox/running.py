"""A sandbox in a thread of this process, for integration tests and the demo."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import httpx

from bot.sandbox.faults import Fault
from bot.sandbox.scenario import Scenario
from bot.sandbox.server import bind_platforms, serve
from bot.sandbox.tables import ScenarioError

START_SECONDS = 10.0


class ControlClient:
    """The control door of one running platform, spoken to over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=f"{url}/_sandbox", timeout=30.0, trust_env=False)

    def act(self, name: str, **arguments: Any) -> Any:
        """Let a follower, editor or administrator do something; return what came of it."""
        return self._ask("POST", "acts", {"act": name, **arguments})["result"]

    def add_fault(self, fault: Fault) -> None:
        """Arm `fault`."""
        self._ask("POST", "faults", asdict(fault))

    def pending_faults(self) -> list[Fault]:
        """Return the faults that can still strike."""
        return [Fault(**one) for one in self._ask("GET", "faults")["faults"]]

    def clear_faults(self) -> None:
        """Forget every fault."""
        self._ask("DELETE", "faults")

    def state(self) -> Any:
        """Return the platform's whole state."""
        return self._ask("GET", "state")

    def calls(self, path: str = "*", account: str = "") -> list[dict[str, Any]]:
        """Return the recorded calls whose path matches the glob."""
        found: list[dict[str, Any]] = self._ask("GET", "calls", path=path, account=account)["calls"]
        return found

    def callbacks(self, account: str = "", name: str = "") -> list[dict[str, Any]]:
        """Return the tries of the pushes so far."""
        answer = self._ask("GET", "callbacks", account=account, name=name)
        found: list[dict[str, Any]] = answer["callbacks"]
        return found

    def shift_clock(self, seconds: float) -> None:
        """Move the sandbox's time; both platforms share it."""
        self._ask("POST", "clock", {"shift_seconds": seconds})

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _ask(self, method: str, door: str, body: Any = None, **query: str) -> Any:
        answer = self._http.request(method, f"/{door}", json=body, params=query)
        if answer.status_code == 400:
            raise ScenarioError(answer.json()["error"])
        answer.raise_for_status()
        return answer.json()


@dataclass(frozen=True)
class RunningSandbox:
    """The base URL of each platform, and its control door."""

    urls: dict[str, str]
    controls: dict[str, ControlClient]

    @property
    def wechat(self) -> ControlClient:
        """The control door of WeChat; its `url` is the API base."""
        return self.controls["wechat"]

    @property
    def weibo(self) -> ControlClient:
        """The control door of Weibo; its `url` is the API base."""
        return self.controls["weibo"]


@contextlib.contextmanager
def running_sandbox(
    scenario: Scenario,
    *,
    platforms: Sequence[str] = ("wechat", "weibo"),
    host: str = "127.0.0.1",
    ports: dict[str, int] | None = None,
) -> Iterator[RunningSandbox]:
    """Serve `platforms` on free ports in a thread until the block is left.

    Raises:
        ScenarioError: when the scenario does not fit.
        RuntimeError: when the servers do not come up within ten seconds.
    """
    wanted = {name: (ports or {}).get(name, 0) for name in platforms}
    bound = bind_platforms(scenario, host, wanted)
    thread = threading.Thread(target=lambda: asyncio.run(serve(bound)), name="sandbox", daemon=True)
    thread.start()
    controls = {one.name: ControlClient(one.url) for one in bound}
    try:
        deadline = time.monotonic() + START_SECONDS
        while not all(one.server.started for one in bound):
            if time.monotonic() > deadline or not thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.01)
        yield RunningSandbox({one.name: one.url for one in bound}, controls)
    finally:
        for control in controls.values():
            control.close()
        for one in bound:
            one.server.should_exit = True
        thread.join(START_SECONDS)
