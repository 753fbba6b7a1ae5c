"""The embedded server keeps everything it writes in its own folder."""

import os
from pathlib import Path

import pytest

from bot.supervision import valkey
from bot.supervision.valkey import NoValkeyServer, server_program, valkey_process


def test_the_bundled_program_is_found_and_can_be_run() -> None:
    """The package ships the server for this machine."""
    program = server_program()

    assert program.name == "valkey-server"
    assert os.access(program, os.X_OK)


def test_the_server_listens_on_the_socket_only_and_keeps_a_log(tmp_path: Path) -> None:
    """No TCP port, an append-only file, and every file inside the socket's folder."""
    process = valkey_process(tmp_path / "valkey" / "valkey.sock")

    config = Path(process.argv[1]).read_text().splitlines()
    assert "port 0" in config
    assert "appendonly yes" in config
    assert "maxmemory-policy noeviction" in config
    assert f'dir "{tmp_path / "valkey"}"' in config


def test_without_any_server_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator can install one or name a running one."""
    monkeypatch.setattr(valkey, "_bundled_program", lambda: None)
    monkeypatch.setenv("PATH", "/nonexistent")

    with pytest.raises(NoValkeyServer, match="TONGBU_REDIS_URL"):
        server_program()
