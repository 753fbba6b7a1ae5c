"""Keeps a list of processes running until we are told to stop, on top of supervisord."""

import fcntl
import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.supervisord import Supervisor

from bot.supervision.process import Process, faults
from bot.supervision.readiness import is_ready

HEALTHY_SECONDS = 10
"""A process that ends earlier is started again after a pause, which grows each time."""

LONGEST_PAUSE_SECONDS = 30

_LOG_BYTES = 5 * 1024 * 1024
_LOG_BACKUPS = 3

Announce = Callable[[str], None]


def pause_seconds(failures: int) -> int:
    """How long to wait before the next start, after so many early ends in a row."""
    return min(failures, LONGEST_PAUSE_SECONDS)


class CannotServe(Exception):
    """The processes cannot be run; the message says why and what to do."""


def serve(processes: Sequence[Process], home: Path, *, announce: Announce | None = None) -> int:
    """Run `processes` until SIGINT, SIGTERM or SIGHUP; then stop them, the last one first.

    A process that ends is started again. Their output goes to `home/logs/<name>.log`, five
    megabytes four times over. Must be called in the main thread; takes over its signals.

    Args:
        processes: in starting order.
        home: an existing folder; one supervisor a folder.
        announce: receives one line an event; prints it by default.

    Returns:
        0, when everything was stopped as asked.

    Raises:
        CannotServe: the list makes no sense, or another supervisor serves this folder.
    """
    chosen = tuple(processes)
    if found := faults(chosen):
        raise CannotServe("\n".join(found))
    (home / "logs").mkdir(parents=True, exist_ok=True)
    with _only_one(home):
        keeper = _Keeper(_options(chosen, home), chosen, announce or _print_line)
        try:
            keeper.run()
        except ExitNow:
            keeper.announce("stopped")
        finally:
            keeper.options.close_logger()
    return 0


class _Keeper(Supervisor):  # type: ignore[misc]  # supervisor has no types
    """supervisord that says in one line what happens, and when everything can be used."""

    def __init__(
        self, options: ServerOptions, processes: tuple[Process, ...], announce: Announce
    ) -> None:
        super().__init__(options)
        self.announce = announce
        self._started = time.monotonic()
        self._unready = {p.name: p.ready for p in processes if p.ready}

    def runforever(self) -> None:
        # run() has just cleared all subscriptions; from here on ours stay.
        events.subscribe(events.ProcessStateEvent, self._say)
        # Its loop would start them only after a first second of waiting.
        for group in sorted(self.process_groups.values()):
            group.transition()
        super().runforever()

    def tick(self, now: float | None = None) -> None:
        super().tick(now)
        if self._unready and not self.stopping:
            self._look_whether_ready()

    def _look_whether_ready(self) -> None:
        for name, address in list(self._unready.items()):
            if not is_ready(address):
                return
            del self._unready[name]
        self.announce(f"ready after {time.monotonic() - self._started:.1f} s")

    def _say(self, event: events.ProcessStateEvent) -> None:
        process = event.process
        if isinstance(event, events.ProcessStateBackoffEvent):
            process.delay = time.time() + pause_seconds(process.backoff)
        line = _line(event)
        if line:
            self.announce(f"{process.config.name}: {line}")


def _line(event: events.ProcessStateEvent) -> str:
    process = event.process
    log = process.config.stdout_logfile
    match event:
        case events.ProcessStateStartingEvent():
            return "starting"
        case events.ProcessStateBackoffEvent():
            return (
                f"ended within {HEALTHY_SECONDS} s, {process.backoff} in a row; starting again "
                f"in {pause_seconds(process.backoff)} s; its last words are in {log}"
            )
        case events.ProcessStateExitedEvent():
            how = "by a signal" if process.exitstatus < 0 else f"with {process.exitstatus}"
            return f"ended {how}; starting again; its last words are in {log}"
        case events.ProcessStateStoppingEvent():
            return "stopping"
        case events.ProcessStateStoppedEvent():
            return "stopped"
        case _:
            return ""


def _options(processes: tuple[Process, ...], home: Path) -> ServerOptions:
    config = home / "supervisor.conf"
    config.write_text(_config(processes, home), encoding="utf-8")
    options = ServerOptions()
    options.realize(args=["-c", str(config)])
    options.first, options.test = True, False
    by_name = {process.name: process for process in processes}
    for group in options.process_group_configs:
        for program in group.process_configs:
            # Set here, not in the file: no quoting to get wrong, and no secret on the disk.
            process = by_name[program.name]
            program.command = shlex.join(_tethered(process, by_name))
            program.environment = dict(process.env)
    options.make_logger()
    return options


def _tethered(process: Process, by_name: dict[str, Process]) -> list[str]:
    needed = [by_name[name].ready or "" for name in process.needs]
    needs = [part for address in needed for part in ("--need", address)]
    tether = [sys.executable, "-m", "bot.supervision.tether", "--parent", str(os.getpid())]
    return [*tether, *needs, "--", *process.argv]


def _config(processes: tuple[Process, ...], home: Path) -> str:
    logs = str(home / "logs").replace("%", "%%")
    sections = [
        f"[supervisord]\nnodaemon=true\nsilent=true\nnocleanup=true\nchildlogdir={logs}\n"
        f"logfile={logs}/supervisor.log\nlogfile_maxbytes={_LOG_BYTES}\nlogfile_backups=1\n"
        f"pidfile={str(home).replace('%', '%%')}/supervisor.pid\n"
    ]
    for order, process in enumerate(processes):
        sections.append(
            f"[program:{process.name}]\ncommand=true\npriority={order}\nautorestart=true\n"
            f"startsecs={HEALTHY_SECONDS}\nstartretries=1000000000\n"
            f"stopwaitsecs={process.grace_seconds}\nkillasgroup=true\nredirect_stderr=true\n"
            f"stdout_logfile={logs}/{process.name}.log\n"
            f"stdout_logfile_maxbytes={_LOG_BYTES}\nstdout_logfile_backups={_LOG_BACKUPS}\n"
        )
    return "\n".join(sections)


def _only_one(home: Path) -> IO[str]:
    lock = (home / "supervisor.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise CannotServe(
            f"Another supervisor serves {home}; stop it first, or set TONGBU_HOME to another folder"
        ) from error
    return lock


def _print_line(line: str) -> None:
    print(line, flush=True)
