"""Runs a command that dies with the process that started it, once what it needs is ready.

Called as `python -m bot.supervision.tether --parent PID [--need ADDRESS]... -- COMMAND...`.
It replaces itself by the command, so it costs no process and no memory.
"""

import argparse
import ctypes
import os
import signal
import sys

from bot.supervision.readiness import wait_until_ready

_PR_SET_PDEATHSIG = 1
"""linux/prctl.h: the signal we get when our parent ends; it survives execve."""

_SAY_AGAIN_SECONDS = 10


def main(arguments: list[str]) -> None:
    """Tie ourselves to the parent, wait for the needs, become the command."""
    parser = argparse.ArgumentParser(prog="tether")
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--need", action="append", default=[])
    parser.add_argument("command", nargs="+")
    chosen = parser.parse_args(arguments)
    die_with(chosen.parent)
    for address in chosen.need:
        while not wait_until_ready(address, seconds=_SAY_AGAIN_SECONDS):
            print(f"waiting for {address}", file=sys.stderr, flush=True)
    os.execvp(chosen.command[0], chosen.command)  # noqa: S606 - becoming the command is the job


def die_with(parent: int) -> None:
    """Ask the kernel to kill us when `parent` ends, however it ends.

    SIGKILL, because a process that lingers would work beside its successor; what is committed
    is safe, and whatever was under way is found again in the database. Other systems than Linux
    have no such request: there a killed supervisor leaves its children to the operator.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("tether: the supervisor ended before we began")


if __name__ == "__main__":
    main(sys.argv[1:])
