"""The embedded installation's list of processes."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.supervision.embedded import embedded_processes
from bot.supervision.process import faults


def _settings(home: Path) -> Settings:
    return Settings(
        home=home,
        database_url="sqlite://",
        redis_url="",
        public_url="http://127.0.0.1:8321",
        timezone=ZoneInfo("Asia/Shanghai"),
        secret_key="x" * 32,
    )


def test_worker_and_beat_wait_for_the_embedded_valkey_but_web_does_not(tmp_path: Path) -> None:
    """A follower is answered even when the doorbell is broken."""
    processes = embedded_processes(_settings(tmp_path), host="127.0.0.1", port=8321)

    assert {p.name: p.needs for p in processes} == {
        "valkey": (),
        "web": (),
        "worker": ("valkey",),
        "beat": ("valkey",),
    }
    assert faults(processes) == []


def test_a_given_redis_is_not_run_by_us(tmp_path: Path) -> None:
    """With TONGBU_REDIS_URL set there is no Valkey of ours, and nothing to wait for."""
    settings = replace(_settings(tmp_path), embedded_redis=False)

    processes = embedded_processes(settings, host="127.0.0.1", port=8321)

    assert [p.name for p in processes] == ["web", "worker", "beat"]
    assert not any(p.needs for p in processes)


def test_an_ipv6_host_is_asked_in_brackets(tmp_path: Path) -> None:
    """Else its colons would be read as a port."""
    processes = embedded_processes(_settings(tmp_path), host="::1", port=8321)

    web = next(process for process in processes if process.name == "web")
    assert web.ready == "http://[::1]:8321/healthz"
