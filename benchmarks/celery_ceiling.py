"""What Celery itself can carry: tasks that do nothing, through the embedded Valkey."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from celery import Celery
from redis import Redis

from benchmarks.processes import environment, python, running, scratch
from benchmarks.table import Line
from bot.supervision.valkey import valkey_process

TASKS = 3000
START_SECONDS, MOST_SECONDS = 20.0, 30.0
DONE = "bench:done"
NOTE = (
    "One worker with our settings and 16 threads; it is why a job carries a chunk of up to 20 "
    "deliveries instead of one."
)


def make_app(broker: str) -> Celery:
    """An application with our settings but one task and one queue of its own."""
    app = Celery("bench", broker=broker)
    app.config_from_object("celeryconfig")
    app.conf.update(task_routes={}, beat_schedule={})
    return app


def lines() -> Sequence[Line]:
    """Tasks a second that do nothing but count themselves."""
    with scratch() as folder:
        socket = folder / "v.sock"
        env = environment(folder, BENCH_BROKER=f"redis+socket://{socket}")
        server = list(valkey_process(socket).argv)
        worker = python("-m", "celery", "-A", "benchmarks.celery_noop", "worker")
        options = ("-Q", "publish", "-P", "threads", "-c", "16", "--loglevel=ERROR")
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        with (
            running(server, env=env, log=folder / "valkey.log"),
            running([*worker, *options, *quiet], env=env, log=folder / "worker.log") as process,
        ):
            a_second = _measure(folder, socket, process)
    return [
        Line(what="Celery's ceiling: no-op tasks", ours="", peer=f"{a_second:,.0f}/s", note=NOTE)
    ]


def _measure(folder: Path, socket: Path, process: subprocess.Popen[bytes]) -> float:
    app = make_app(f"redis+socket://{socket}")
    until = time.monotonic() + START_SECONDS
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)
    counter = Redis(unix_socket_path=str(socket), decode_responses=True)
    app.send_task("bench.noop", queue="publish")
    _wait(counter, 1, START_SECONDS, folder, process)
    for _ in range(TASKS):
        app.send_task("bench.noop", queue="publish")
    before, began = int(counter.get(DONE) or 0), time.monotonic()
    _wait(counter, TASKS + 1, MOST_SECONDS, folder, process)
    return (TASKS + 1 - before) / (time.monotonic() - began)


def _wait(
    counter: Redis,
    wanted: int,
    seconds: float,
    folder: Path,
    process: subprocess.Popen[bytes],
) -> None:
    until = time.monotonic() + seconds
    while int(counter.get(DONE) or 0) < wanted:
        if time.monotonic() > until or process.poll() is not None:
            log = (folder / "worker.log").read_text(errors="replace")
            raise SystemExit(f"the worker did not do its tasks:\n{log[-2000:]}")
        time.sleep(0.02)
