"""What this house counts, in the words of Prometheus."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.ports.heartbeats import BEAT, TICK, WORKER, Heartbeats
from bot.ports.overview import WorkFigures
from bot.ports.storage import StorageUnavailable

REMEMBERED_SECONDS = 10.0
"""However often somebody asks, the database is asked no oftener."""


class WorkCollector(Collector):
    """The figures of the database; the same ones from every web process of a house."""

    def __init__(
        self, read: Callable[[], WorkFigures], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._now = read, now
        self._lock = threading.Lock()
        self._until = 0.0
        self._known: WorkFigures | None = None

    def collect(self) -> Iterable[Metric]:
        """All figures; only `tongbu_database_up 0` while the database is away."""
        figures = self._figures()
        up = GaugeMetricFamily("tongbu_database_up", "1 when the figures could be read")
        up.add_metric([], 0 if figures is None else 1)
        yield up
        if figures is not None:
            yield from _metrics(figures)

    def describe(self) -> Iterable[Metric]:
        """Nothing: to be registered must not cost a query."""
        return []

    def _figures(self) -> WorkFigures | None:
        with self._lock:
            if self._known is None or self._now() >= self._until:
                try:
                    self._known = self._read()
                except StorageUnavailable:
                    self._known = None
                self._until = self._now() + REMEMBERED_SECONDS
            return self._known


class CallbackCollector(Collector):
    """What became of the pushes this process received, by outcome."""

    def __init__(self, outcomes: Mapping[str, int]) -> None:
        self._outcomes = outcomes

    def collect(self) -> Iterable[Metric]:
        """One counter with a line for each outcome."""
        pushes = CounterMetricFamily(
            "tongbu_callbacks", "Pushes of the platforms by what became of them", labels=["outcome"]
        )
        for outcome, times in dict(self._outcomes).items():
            pushes.add_metric([outcome], times)
        yield pushes


class LifeCollector(Collector):
    """How long each process of each role has been silent."""

    def __init__(self, heartbeats: Heartbeats) -> None:
        self._heartbeats = heartbeats

    def describe(self) -> Iterable[Metric]:
        """Nothing: to be registered must not ask the broker."""
        return []

    def collect(self) -> Iterable[Metric]:
        """One line a process; whether the broker answers besides, for then there is none."""
        up = self._heartbeats.broker_answers()
        yield GaugeMetricFamily("tongbu_broker_up", "1 when the broker answers", value=int(up))
        ages = (
            ([role, pulse.process], pulse.age_seconds)
            for role in (WORKER, BEAT, TICK)
            for pulse in self._heartbeats.pulses(role)
        )
        yield _gauge(
            "tongbu_heartbeat_age_seconds",
            "Seconds since a process gave its last sign of life",
            ["role", "process"],
            ages,
        )


def _metrics(figures: WorkFigures) -> Iterable[Metric]:
    yield _gauge("tongbu_posts", "Posts by publishing state", ["state"], _each(figures.posts))
    yield GaugeMetricFamily(
        "tongbu_deliveries_overdue",
        "Open deliveries due for more than a minute",
        value=figures.overdue,
    )
    yield GaugeMetricFamily(
        "tongbu_deliveries_due_without_lease",
        "Open deliveries due that nobody works on",
        value=figures.due_without_lease,
    )
    yield _gauge(
        "tongbu_replies_last_hour",
        "Replies received in the last hour by kind",
        ["kind"],
        _each(figures.replies_last_hour),
    )
    yield _gauge(
        "tongbu_platform_calls_today",
        "Platform calls since midnight in Beijing",
        ["account", "bucket"],
        figures.calls.items(),
    )


def _each(counts: Mapping[str, int]) -> Iterable[tuple[Sequence[str], int]]:
    return (([name], number) for name, number in counts.items())


def _gauge(
    name: str, what: str, labels: Sequence[str], values: Iterable[tuple[Sequence[str], float]]
) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, what, labels=labels)
    for place, value in values:
        gauge.add_metric(place, value)
    return gauge
