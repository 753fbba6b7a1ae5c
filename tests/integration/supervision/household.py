"""A supervisor in a process of its own, and the ways to ask what became of its children."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_PROGRAM = """
import json, sys
from pathlib import Path
from bot.supervision.process import Process
from bot.supervision.supervisor import CannotServe, serve
home = Path(sys.argv[1])
try:
    sys.exit(serve([Process(**p) for p in json.loads(sys.argv[2])], home))
except CannotServe as error:
    sys.exit(str(error))
"""

CHILD = (
    "import os, signal, sys\n"
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"
    "while True: signal.pause()"
)
"""Writes its process id as a line, then does nothing until it is ended.

It must not wait for the end of its input: that comes by itself when the supervisor is killed.
"""

PATIENCE_SECONDS = 15.0


def eventually(fact: Callable[[], bool]) -> bool:
    """Whether `fact` becomes true while we have patience."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and was not yet collected does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


class Household:
    """Runs `processes` under `home`; ends the supervisor, and nothing else, on leaving."""

    def __init__(self, home: Path, processes: list[dict[str, object]]) -> None:
        self.home = home
        self.run = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(home), json.dumps(processes)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.run.poll() is None:
            self.run.kill()
        self.run.communicate()

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """Signal the supervisor; its exit status and everything it said."""
        self.run.send_signal(how)
        said, _ = self.run.communicate(timeout=PATIENCE_SECONDS)
        return self.run.returncode, said

    def pids(self, name: str) -> list[int]:
        """Every process id the child had so far."""
        path = self.home / f"{name}.pids"
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def child(home: Path, name: str, **more: object) -> dict[str, object]:
    """A process that notes its ids in `home/<name>.pids`."""
    argv = [sys.executable, "-c", CHILD, str(home / f"{name}.pids")]
    return {"name": name, "argv": argv, **more}
