"""The processes of the embedded installation: Valkey, web with callbacks, worker, beat."""

import sys

from bot.config import Settings
from bot.supervision.process import Process
from bot.supervision.valkey import valkey_process

WEB_READY_PATH = "/healthz"

# Logs appear as they are written; fewer malloc arenas keep a process of many threads small.
_ENV = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2"}


def embedded_processes(
    settings: Settings, *, host: str, port: int, more: tuple[Process, ...] = ()
) -> tuple[Process, ...]:
    """What `tongbu serve` runs, in starting order.

    The web process does not wait for Valkey: a follower's message must be answered and stored
    even when the doorbell is broken.

    Args:
        settings: a Valkey server is added when they say `embedded_redis`.
        host, port: where the web process listens.
        more: processes to run besides, such as the sandbox; started last.

    Raises:
        NoValkeyServer: the embedded server is wanted and there is no program for it.
    """
    valkey = (valkey_process(settings.redis_socket),) if settings.embedded_redis else ()
    needs = tuple(process.name for process in valkey)
    web = Process(
        name="web",
        argv=_tongbu("web", "--host", host, "--port", str(port)),
        env=_ENV,
        ready=f"http://{_in_url(host)}:{port}{WEB_READY_PATH}",
    )
    worker = Process(name="worker", argv=_tongbu("worker"), env=_ENV, needs=needs, grace_seconds=30)
    beat = Process(name="beat", argv=_tongbu("beat"), env=_ENV, needs=needs, grace_seconds=5)
    return (*valkey, web, worker, beat, *more)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _tongbu(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bot.cli", *arguments)
