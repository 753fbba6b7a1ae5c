"""The demonstration as a new user runs it, with its worker killed in the middle."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.valkey

KILL_AFTER = "审批通过"
"""Posts are being planned and prepared right after this line."""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with a short path: Valkey's socket lies in it."""
    with tempfile.TemporaryDirectory(prefix="tb") as folder:
        yield Path(folder)


def test_a_killed_worker_changes_nothing_in_the_demonstration(home: Path) -> None:
    """Every post live once, every reply logged once, nothing left behind: although the worker
    dies in the middle and its supervisor starts another."""
    killed: list[int] = []
    lines = []
    with _start(home) as process:
        for line in process.stdout or ():
            lines.append(line)
            if KILL_AFTER in line:
                killed = _kill_workers(home)
        code = process.wait(60)

    assert killed, "".join(lines)
    assert code == 0, "".join(lines)
    assert "全部属实" in lines[-1]
    assert list(_processes_of(home)) == []


def _start(home: Path) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TONGBU_")}
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "bot.cli", "demo"],
        env=environment | {"TONGBU_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _kill_workers(home: Path) -> list[int]:
    """Kill the worker's processes with SIGKILL; returns their pids."""
    time.sleep(0.5)
    pids = [
        pid for pid, command in _processes_of(home) if "tasks" in command and "worker" in command
    ]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    return pids


def _processes_of(home: Path) -> Iterator[tuple[int, str]]:
    """Processes that live in this home, with their command lines."""
    mark = f"TONGBU_HOME={home}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if mark in environment and int(folder.name) != os.getpid():
            yield int(folder.name), command
