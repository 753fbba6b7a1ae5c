"""Where the demonstration happens: its own home, free ports, the processes it starts."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings, load_settings

STOP_SECONDS = 20.0


class CannotDemonstrate(Exception):
    """The demonstration could not be set up; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """The demonstration's settings and addresses."""

    settings: Settings
    environment: dict[str, str]
    port: int

    @property
    def url(self) -> str:
        """Where console, API and callbacks are."""
        return self.settings.public_url


def prepare_place() -> Place:
    """A fresh home under TONGBU_HOME, with settings of its own; earlier leftovers are removed."""
    home = load_settings().home / "demo"
    shutil.rmtree(home, ignore_errors=True)
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("TONGBU_")
    }
    environment |= {
        "TONGBU_HOME": str(home),
        "TONGBU_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TONGBU_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "TONGBU_CUT_TITLES": "true",
        "TONGBU_UNIT_NAME": "云汀市民政局",
    }
    os.environ.clear()
    os.environ.update(environment)
    return Place(load_settings(), environment, port)


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _tied_to_us() -> list[str]:
    """What makes a command end when this process ends, however it ends."""
    tether = [sys.executable, "-m", "bot.supervision.tether"]
    return [*tether, "--parent", str(os.getpid()), "--"]


@contextmanager
def ending_well() -> Iterator[None]:
    """A request to end (SIGTERM, SIGHUP) unwinds the block as Ctrl-C does."""

    def unwind(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {n: signal.signal(n, unwind) for n in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def serving(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """`tongbu serve` for this place, stopped with everything it started when the block ends."""
    command = [*_tied_to_us(), sys.executable, "-m", "bot.cli", "serve", "--port", str(place.port)]
    log = Path(place.settings.home) / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=place.environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
