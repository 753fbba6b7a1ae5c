"""The callback lines: as fast as possible for everybody, then at half of our capacity."""

import json
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from benchmarks.callbacks.load import Told
from benchmarks.callbacks.servers import SERVERS, Server
from benchmarks.processes import ROOT, environment, python, scratch
from benchmarks.table import Line, faster

RUNS = 3
WARM_UP = 200
SECONDS_A_RUN = 3.0
GOALS = {"werobot": 4.0, "wechatpy + Flask": 3.0}
LATENCY_GOAL_MS = 15.0
NOTE = (
    "One process each, 32 kept-alive connections, every push with a MsgId of its own. Peers run "
    "under waitress (4 threads; gunicorn's sync and gthread workers were slower when tried) and "
    "store nothing; ours commits each message to SQLite with synchronous=FULL before it answers. "
    "Rates: median of 3 runs in turns; answer times: one run."
)


def lines() -> Sequence[Line]:
    """Everything about callbacks."""
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(start(stack.enter_context(scratch())))
            for name, start in SERVERS.items()
        }
        told = {name: Series(server) for name, server in servers.items()}
        for _ in range(RUNS):
            for series in told.values():
                series.run()
        ours = told.pop("tongbu")
        calm = ours.at_rate(ours.a_second / 2)
    return [*(_against(name, ours, peer) for name, peer in told.items()), _latency(ours, calm)]


class Series:
    """Runs against one server; each message is sent once."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._next = 1
        warm = self._load(WARM_UP, 0)
        self._a_run = max(WARM_UP, int(warm.a_second * SECONDS_A_RUN))
        self._runs: list[Told] = []

    def run(self) -> None:
        """One more run as fast as possible."""
        self._runs.append(self._load(self._a_run, 0))

    @property
    def a_second(self) -> float:
        """The median over the runs."""
        return median(told.a_second for told in self._runs)

    def at_rate(self, rate: float) -> Told:
        """A run at so many pushes a second."""
        return self._load(int(rate * SECONDS_A_RUN), rate)

    def _load(self, count: int, rate: float) -> Told:
        first, self._next = self._next, self._next + count
        server = self._server
        wanted = (str(server.port), server.path, str(first), str(count), str(rate))
        done = subprocess.run(
            python("-m", "benchmarks.callbacks.load", *wanted),
            env=environment(ROOT),
            stdout=subprocess.PIPE,
            check=True,
        )
        return Told(**json.loads(done.stdout))


def _against(name: str, ours: Series, peer: Series) -> Line:
    goal, ratio = GOALS[name], ours.a_second / peer.a_second
    return Line(
        what=f"callback answers, beside {name}",
        ours=f"{ours.a_second:,.0f}/s",
        peer=f"{peer.a_second:,.0f}/s",
        ratio=faster(ours.a_second, peer.a_second),
        goal=f">= {goal:.0f} x",
        reached=ratio >= goal,
        note=NOTE,
    )


def _latency(ours: Series, calm: Told) -> Line:
    return Line(
        what=f"callback answer time at {ours.a_second / 2:,.0f}/s",
        ours=f"p50 {calm.p50_ms:.1f} ms, p99 {calm.p99_ms:.1f} ms",
        goal=f"p99 <= {LATENCY_GOAL_MS:.0f} ms",
        reached=calm.p99_ms <= LATENCY_GOAL_MS,
        note=NOTE,
    )
