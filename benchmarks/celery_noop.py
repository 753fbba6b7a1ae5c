"""The worker's side of the ceiling: one task that only counts itself."""

import os

from redis import Redis

from benchmarks.celery_ceiling import DONE, make_app

_BROKER = os.environ["BENCH_BROKER"]
app = make_app(_BROKER)
_counter = Redis(unix_socket_path=_BROKER.removeprefix("redis+socket://"))


@app.task(name="bench.noop")
def noop() -> None:
    """Count."""
    _counter.incr(DONE)
