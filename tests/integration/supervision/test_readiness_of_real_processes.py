"""Readiness, with each part really dead: its process killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import build_house
from bot.config import load_settings
from bot.ports.heartbeats import WORKER
from bot.supervision.valkey import valkey_process
from tests import factories as make
from tests.databases import go_without_server, migrate, server_binaries, throw_away_server

pytestmark = [pytest.mark.valkey]
PATIENCE_SECONDS = 120.0


@dataclass
class Processes:
    """The processes of one house, each of its own."""

    home: Path
    env: dict[str, str]
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *argv: str) -> None:
        """Start one; its words go to a file."""
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(argv, env=self.env, stdout=log, stderr=log)

    def tongbu(self, name: str, *arguments: str) -> None:
        self.start(name, sys.executable, "-m", "bot.cli", *arguments)

    def kill(self, name: str) -> None:
        """As the kernel does it when memory is short."""
        self.running[name].send_signal(signal.SIGKILL)
        self.running.pop(name).wait()

    def asked(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and body."""
        url = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())
        except OSError:
            return 0, {}

    def faults(self) -> set[str]:
        """The parts that are not well."""
        _, body = self.asked("/readyz")
        return {part for part, said in body.get("parts", {"web": ""}).items() if said != "ok"}


@contextmanager
def processes(**settings: str) -> Iterator[Processes]:
    """A house with all of its processes running, in a folder with a short name."""
    with tempfile.TemporaryDirectory(prefix="tb") as folder:
        home = Path(folder)
        kept = {name: value for name, value in os.environ.items() if "TONGBU" not in name}
        env = kept | {"TONGBU_HOME": folder, "TONGBU_SECRET_KEY": "k" * 32} | settings
        made = Processes(home, env, free_port())
        broker = valkey_process(home / "valkey" / "valkey.sock")
        subprocess.run(
            [sys.executable, "-m", "bot.cli", "db", "upgrade"],
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        try:
            made.start("broker", *broker.argv)
            made.tongbu("web", "web", "--port", str(made.port))
            made.tongbu("worker", "worker")
            made.tongbu("beat", "beat")
            assert eventually(lambda: made.asked("/readyz")[0] == 200), made.asked("/readyz")
            yield made
        finally:
            for process in made.running.values():
                process.kill()
            for process in made.running.values():
                process.wait()


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def eventually(fact: Callable[[], bool]) -> bool:
    """Whether `fact` becomes true while we have patience."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def test_each_dead_process_is_named_and_a_new_one_mends_it() -> None:
    """Worker, beat and broker killed in turn: 503 with a sentence for each, the door of followers
    ready all the time; when they are back, so is readiness."""
    with processes() as house:
        house.tongbu("second worker", "worker", "--queues", "urgent,publish")
        house.kill("beat")
        assert eventually(lambda: house.faults() == {"beat", "tick"}), house.faults()
        house.tongbu("beat", "beat")
        assert eventually(lambda: not house.faults()), house.faults()

        house.kill("worker")
        assert eventually(lambda: house.faults() == {"worker"}), house.faults()
        status, body = house.asked("/readyz")
        assert status == 503
        assert not body["ready"]
        assert body["faults"] == [
            "没有工作进程处理队列 answer、collect、render："
            "请启动 tongbu worker --queues answer,collect,render"
        ]
        assert house.asked("/readyz/callbacks") == (
            200,
            {"ready": True, "parts": {"database": "ok"}, "faults": []},
        )

        house.kill("second worker")
        assert eventually(lambda: house.faults() == {"worker", "tick"}), house.faults()
        house.tongbu("worker", "worker")
        assert eventually(lambda: not house.faults()), house.faults()

        house.kill("broker")
        assert eventually(lambda: "broker" in house.faults()), house.faults()
        assert house.asked("/readyz/console")[0] == 200


def test_a_worker_that_lives_but_does_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped, not killed: nothing is checked, and what is due becomes overdue."""
    with processes() as house:
        for name, value in house.env.items():
            if name.startswith("TONGBU"):
                monkeypatch.setenv(name, value)
        ours = build_house(load_settings())
        try:
            with ours.storage.begin() as uow:
                _due_for_long(uow)
                # While we are the ones who write, it is not stopped in the middle of writing.
                house.running["worker"].send_signal(signal.SIGSTOP)
                uow.commit()
            assert eventually(lambda: house.faults() == {"worker", "tick", "overdue"})
            assert [pulse.queues for pulse in ours.heartbeats.pulses(WORKER)]
            ours.close()
        finally:
            house.running["worker"].send_signal(signal.SIGCONT)


def test_an_orderly_end_is_no_silence() -> None:
    """Who was stopped on purpose is not looked for."""
    with processes() as house:
        house.running["worker"].send_signal(signal.SIGTERM)
        house.running.pop("worker").wait()

        assert eventually(lambda: "worker" in house.faults())
        assert "没有在运行" in house.asked("/readyz")[1]["parts"]["worker"]


@pytest.mark.postgres
def test_a_killed_database_is_named_by_every_door() -> None:
    """Followers' pushes are then answered 503, so that platforms push again."""
    binaries = server_binaries()
    if binaries is None:
        go_without_server()
    with tempfile.TemporaryDirectory(prefix="tongbu-pg-") as folder, ExitStack() as stack:
        stack.enter_context(suppress(subprocess.CalledProcessError))  # nothing is left to stop
        stack.enter_context(throw_away_server(binaries, folder))
        url = f"postgresql://postgres@/postgres?host={folder}"
        migrate(url)
        with processes(TONGBU_DATABASE_URL=url) as house:
            postmaster = int(Path(folder, "cluster", "postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGKILL)

            assert eventually(lambda: "database" in house.faults()), house.faults()
            assert house.asked("/readyz/callbacks")[0] == 503
            assert "数据库连接不上" in house.asked("/readyz")[1]["parts"]["database"]


def _due_for_long(uow: Any) -> None:
    uow.sources.add(make.source())
    uow.releases.add(make.release())
    uow.accounts.add(make.account(), "sealed")
    uow.posts.add_rollout(make.rollout())
    uow.posts.add(make.post())
    uow.deliveries.add(make.delivery(due_at=make.NOW, next_at=make.NOW))
