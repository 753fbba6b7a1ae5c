"""Processes and folders of a benchmark: started, waited for, and gone afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 20.0
END_SECONDS = 15.0


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder with a short name, since unix sockets live in it."""
    with tempfile.TemporaryDirectory(prefix="tb-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours without any setting of the caller's installation, for one rooted in `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGBU_")}
    # As an operator runs it: compiled once, not at every start.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "TONGBU_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


@contextmanager
def running(
    argv: Sequence[str], *, env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`argv` as a process of its own group; what it writes goes into `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            argv, env=env, cwd=log.parent, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def python(*arguments: str) -> list[str]:
    """This interpreter with `arguments`."""
    return [sys.executable, *arguments]


def free_port() -> int:
    """A loopback port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when somebody listens there; SystemExit when the process ends or takes too long."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"a server did not start:\n{log.read_text(errors='replace')[-2000:]}")
