"""The supervisor keeps its processes alive and leaves none behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.supervision.readiness import is_ready
from bot.supervision.valkey import valkey_process

from .household import CHILD, Household, child, eventually, is_alive

_STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{CHILD}"


def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    """Whoever kills the worker, there is a worker again."""
    with Household(tmp_path, [child(tmp_path, "worker")]) as household:
        assert eventually(lambda: len(household.pids("worker")) == 1)

        os.kill(household.pids("worker")[0], signal.SIGKILL)

        assert eventually(lambda: len(household.pids("worker")) == 2)
        assert is_alive(household.pids("worker")[1])


def test_a_process_that_dies_at_once_is_said_so_with_its_log(tmp_path: Path) -> None:
    """The operator reads what happened, when it is tried again and where its output is."""
    broken: dict[str, object] = {
        "name": "worker",
        "argv": [sys.executable, "-c", "raise SystemExit('no database')"],
    }
    with Household(tmp_path, [broken]) as household:
        log = tmp_path / "logs" / "worker.log"
        assert eventually(lambda: log.exists() and log.read_text().count("no database") >= 3)
        _, said = household.stop(signal.SIGTERM)

    assert "worker: ended within 10 s, 1 in a row; starting again in 1 s" in said
    assert "worker: ended within 10 s, 2 in a row; starting again in 2 s" in said
    assert str(log) in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_stopping_leaves_nothing_and_stops_the_last_first(
    tmp_path: Path, how: signal.Signals
) -> None:
    """Workers go before the server they talk to, and the exit status says all went well."""
    both = [child(tmp_path, "valkey"), child(tmp_path, "worker")]
    with Household(tmp_path, both) as household:
        assert eventually(lambda: bool(household.pids("valkey") and household.pids("worker")))
        status, said = household.stop(how)

    assert status == 0
    assert said.splitlines()[-5:] == [
        "worker: stopping",
        "worker: stopped",
        "valkey: stopping",
        "valkey: stopped",
        "stopped",
    ]
    assert not any(is_alive(pid) for name in ("valkey", "worker") for pid in household.pids(name))


def test_a_process_that_will_not_stop_is_killed_after_its_grace(tmp_path: Path) -> None:
    """A stuck worker cannot keep the machine from shutting down."""
    argv = [sys.executable, "-c", _STUBBORN, str(tmp_path / "worker.pids")]
    stuck = {"name": "worker", "argv": argv, "grace_seconds": 1}
    with Household(tmp_path, [stuck]) as household:
        assert eventually(lambda: bool(household.pids("worker")))
        status, _ = household.stop(signal.SIGTERM)

    assert status == 0
    assert not is_alive(household.pids("worker")[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_a_killed_supervisor_leaves_no_process(tmp_path: Path) -> None:
    """Nothing works on beside its successor, even when the supervisor had no chance to stop it."""
    both = [child(tmp_path, "web"), child(tmp_path, "worker")]
    with Household(tmp_path, both) as household:
        assert eventually(lambda: bool(household.pids("web") and household.pids("worker")))
        pids = household.pids("web") + household.pids("worker")
        assert all(is_alive(pid) for pid in pids)

        household.stop(signal.SIGKILL)

        assert eventually(lambda: not any(is_alive(pid) for pid in pids))


def test_a_stranger_of_the_same_kind_is_left_alone(tmp_path: Path) -> None:
    """Only what we started is ours to stop."""
    stranger = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path / "stranger.pids")])
    try:
        with Household(tmp_path, [child(tmp_path, "web")]) as household:
            assert eventually(lambda: bool(household.pids("web")))
            household.stop(signal.SIGTERM)

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_supervisor_of_one_folder_is_refused(tmp_path: Path) -> None:
    """Two servers on one append-only file would destroy it."""
    with Household(tmp_path, [child(tmp_path, "web")]) as first:
        assert eventually(lambda: bool(first.pids("web")))
        with Household(tmp_path, []) as second:
            said, _ = second.run.communicate(timeout=15)

        assert second.run.returncode == 1
        assert "TONGBU_HOME" in said
        assert is_alive(first.pids("web")[0])


@pytest.mark.valkey
def test_valkey_answers_before_its_worker_starts(tmp_path: Path) -> None:
    """The worker finds its broker; the data stays in its folder; the end takes the server along."""
    valkey = valkey_process(tmp_path / "valkey" / "valkey.sock")
    assert valkey.ready is not None
    server: dict[str, object] = {
        "name": valkey.name,
        "argv": valkey.argv,
        "ready": valkey.ready,
    }
    ask = (
        "import sys; from bot.supervision.readiness import is_ready;"
        f"open({str(tmp_path / 'asked')!r}, 'w').write(str(is_ready({valkey.ready!r})));"
        "import time; time.sleep(60)"
    )
    worker: dict[str, object] = {
        "name": "worker",
        "argv": [sys.executable, "-c", ask],
        "needs": ["valkey"],
    }
    with Household(tmp_path, [server, worker]) as household:
        asked = tmp_path / "asked"
        assert eventually(lambda: asked.exists() and asked.read_text() != "")
        assert asked.read_text() == "True"
        _, said = household.stop(signal.SIGTERM)

    assert "ready after" in said
    assert not is_ready(valkey.ready)
    assert (tmp_path / "valkey" / "appendonlydir").is_dir()
