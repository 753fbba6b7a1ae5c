"""What the supervisor needs to know of a process: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One process to be kept running.

    `ready` is the address that answers when the process can be used (see `readiness`); `needs`
    names the processes that must be ready before this one starts. `env` is added to our own
    environment. After a request to stop it has `grace_seconds`; then it is killed.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: str | None = None
    needs: tuple[str, ...] = ()
    grace_seconds: int = 20


def faults(processes: tuple[Process, ...]) -> list[str]:
    """What is wrong with a list of processes, one sentence each; empty when it can be run.

    A process may need only those before it, so that starting order and stopping order (the
    reverse) are the order of the list.
    """
    found: list[str] = []
    ready_before: set[str] = set()
    seen: set[str] = set()
    for process in processes:
        if process.name in seen:
            found.append(f"{process.name}: two processes have this name")
        found += [
            f"{process.name}: needs {need!r}, which is not before it or has no ready address"
            for need in process.needs
            if need not in ready_before
        ]
        seen.add(process.name)
        if process.ready is not None:
            ready_before.add(process.name)
    return found
