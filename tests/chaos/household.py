"""The processes of a chaos run: started, kept running, killed, stopped, and gone in the end."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
PAUSE_SECONDS = 0.5
KEPT_LOG_BYTES = 3000


def free_port() -> int:
    """A loopback port nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def tethered(*argv: str) -> list[str]:
    """`argv` as a command that dies with us, however we end."""
    tether = [sys.executable, "-m", "bot.supervision.tether", "--parent", str(os.getpid())]
    return [*tether, "--", *argv]


def tongbu(*arguments: str) -> list[str]:
    """A command of ours as a process of its own."""
    return tethered(sys.executable, "-m", "bot.cli", *arguments)


@dataclass
class Part:
    """One process of the house. `is_ready` says whether it does its work."""

    name: str
    argv: Sequence[str]
    is_ready: Callable[[], bool] = lambda: True
    is_wanted: bool = True
    process: subprocess.Popen[bytes] | None = None
    ended_at: float = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether it runs, or is stopped and will run again."""
        return self.process is not None and self.process.poll() is None

    @property
    def pids(self) -> list[int]:
        """Itself and what it has started, all of one process group."""
        if not self.is_alive or self.process is None:
            return []
        return [pid for pid in _all_pids() if _group_of(pid) == self.process.pid]


@dataclass
class Household:
    """Parts in starting order. Nobody but `keep` starts what has ended."""

    folder: Path
    env: Mapping[str, str]
    parts: dict[str, Part] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for part in reversed(self.parts.values()):
            self.end(part.name)

    def add(self, part: Part) -> None:
        """Start it, and wait until it does its work.

        Raises:
            RuntimeError: it does not; the message has its last words.
        """
        self.parts[part.name] = part
        self._start(part)
        until = time.monotonic() + START_SECONDS
        while not part.is_ready():
            if time.monotonic() > until or not part.is_alive:
                raise RuntimeError(f"{part.name} did not start:\n{self.last_words(part.name)}")
            time.sleep(0.05)

    def keep(self) -> None:
        """Start again whatever has ended and is wanted."""
        now = time.monotonic()
        for part in self.parts.values():
            if part.is_alive or not part.is_wanted:
                continue
            if not part.ended_at:
                part.ended_at = now
            elif now - part.ended_at >= PAUSE_SECONDS:
                self._start(part)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send it, and what it has started, a signal."""
        part = self.parts[name]
        if part.is_alive and part.process is not None:
            os.killpg(part.process.pid, number)

    def kill(self, name: str) -> None:
        """Kill it and whatever it has started, and wait until it is gone."""
        self.signal(name, signal.SIGKILL)
        process = self.parts[name].process
        if process is not None:
            process.wait()

    def limit_files(self, names: Collection[str], size: int | None) -> None:
        """None of these can write beyond `size` bytes of any file; None: they can again."""
        for name in names:
            for pid in self.parts[name].pids:
                _limit(pid, resource.RLIM_INFINITY if size is None else size)

    def end(self, name: str) -> None:
        """It is not wanted any more, and gone when this returns."""
        self.parts[name].is_wanted = False
        self.kill(name)

    def last_words(self, name: str) -> str:
        """The end of its log."""
        return self._log(name).read_text(errors="replace")[-KEPT_LOG_BYTES:]

    def _start(self, part: Part) -> None:
        with self._log(part.name).open("ab") as log:
            part.process = subprocess.Popen(
                part.argv,
                env=dict(self.env),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        part.ended_at = 0.0

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Ours without any setting of the caller's installation, for one that lives in `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGBU_")}
    own = {f"TONGBU_{name.upper()}": value for name, value in settings.items()}
    return {**kept, **own, "TONGBU_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _all_pids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _limit(pid: int, size: int) -> None:
    try:
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    except (ProcessLookupError, PermissionError):
        return
