"""`tongbu serve` with nothing to do: how soon it is ready, and what it keeps in memory."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.processes import environment, free_port, python, running, scratch
from benchmarks.table import Line

READY_GOAL_SECONDS, MEMORY_GOAL_MB = 5.0, 350
IDLE_SECONDS, MOST_SECONDS = 10.0, 60.0
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
NOTE = "Ready: /readyz answers 200, so worker and beat have shown signs of life. First start apart."


def lines() -> Sequence[Line]:
    """Seconds until everything is ready, and PSS of all processes ten seconds later."""
    with scratch() as folder:
        _start(folder / "first", idle_seconds=0)
        ready, megabytes, processes = _start(folder / "second", idle_seconds=IDLE_SECONDS)
    return [
        Line(
            what="tongbu serve: ready",
            ours=f"{ready:.1f} s",
            goal=f"<= {READY_GOAL_SECONDS:.0f} s",
            reached=ready <= READY_GOAL_SECONDS,
            note=NOTE,
        ),
        Line(
            what=f"tongbu serve: idle, {processes} processes",
            ours=f"{megabytes:.0f} MB PSS",
            goal=f"<= {MEMORY_GOAL_MB} MB",
            reached=megabytes <= MEMORY_GOAL_MB,
        ),
    ]


def _start(home: Path, *, idle_seconds: float) -> tuple[float, float, int]:
    home.mkdir()
    port = free_port()
    command = python("-m", "bot.cli", "serve", "--port", str(port))
    began = time.monotonic()
    with running(command, env=environment(home), log=home / "serve.log") as process:
        while not _is_ready(port):
            if process.poll() is not None or time.monotonic() > began + MOST_SECONDS:
                log = (home / "serve.log").read_text(errors="replace")
                raise SystemExit(f"tongbu serve is not ready:\n{log[-2000:]}")
            time.sleep(0.05)
        ready = time.monotonic() - began
        time.sleep(idle_seconds)
        family = [process.pid, *_descendants(process.pid)]
        return ready, sum(map(_pss_megabytes, family)), len(family)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _descendants(child)


def _pss_megabytes(pid: int) -> float:
    found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    return int(found[1]) / 1024 if found else 0.0
