"""`python -m tests.chaos`: kill everything while it works, and say what was found."""

import os
import signal
import sys
import time
from types import FrameType

from rich.console import Console
from rich.table import Table

from tests.chaos.databases import NAMES
from tests.chaos.extent import DOCUMENTED, FULL, SMALL, Extent
from tests.chaos.running import Outcome, run


def main() -> int:
    """Run all that is wanted; 1 if anything was wrong, 130 if it was broken off."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        return _run_all(Console())
    except KeyboardInterrupt:
        print("broken off; everything that was started has ended", file=sys.stderr)
        return 130


def _run_all(console: Console) -> int:
    began = time.monotonic()
    seed = int(os.environ.get("SEED") or time.time())
    console.print(f"seed {seed}", highlight=False)
    outcomes = []
    for extent, database in _runs():
        try:
            outcomes.append(run(extent, database, seed, console.print))
        except LookupError as error:
            console.print(f"{database}: left out, {error}")
    _show(console, outcomes)
    violations = sum(len(outcome.violations) for outcome in outcomes)
    seconds = time.monotonic() - began
    console.print(f"{violations} violations, {seconds:.0f} seconds, seed {seed}", highlight=False)
    return 1 if violations or not outcomes else 0


def _runs() -> list[tuple[Extent, str]]:
    wanted = os.environ.get("DATABASE") or " ".join(NAMES)
    is_small = os.environ.get("SMALL", "") not in {"", "0"}
    runs = [(SMALL if is_small else FULL, name) for name in NAMES if name in wanted]
    return runs if is_small else [*runs, (DOCUMENTED, runs[0][1])]


def _show(console: Console, outcomes: list[Outcome]) -> None:
    table = Table("", *(f"{one.extent.name}, {one.database}" for one in outcomes))
    for name, value in _FIGURES.items():
        table.add_row(name, *(f"{value(one):,}" for one in outcomes))
    for part in ("struck", "faults", "held"):
        table.add_section()
        for name in dict.fromkeys(name for one in outcomes for name in getattr(one, part)):
            counts = [getattr(one, part).get(name, 0) for one in outcomes]
            table.add_row(_LABELS[part] + name, *(f"{count:,}" for count in counts))
    console.print(table)
    for one in outcomes:
        for violation in one.violations:
            console.print(f"- {one.database}: {violation}", markup=False, highlight=False)


_LABELS = {"struck": "", "faults": "platform: ", "held": "held: "}
_FIGURES = {
    "posts": lambda one: one.posts,
    "out, by the platforms' books": lambda one: one.effects,
    "held, or waiting for a person": lambda one: sum(one.held.values()),
    "messages": lambda one: one.messages,
    "messages acknowledged": lambda one: one.acknowledged,
    "seconds from the first due post to rest": lambda one: round(one.storm_and_rest_seconds),
    "seconds in all": lambda one: round(one.seconds),
    "violations": lambda one: len(one.violations),
}


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Being asked to end is as good as Ctrl-C: everything that runs is ended first."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
