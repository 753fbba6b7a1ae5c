"""`python -m tests.proof`: cut a release day everywhere, and say what was found."""

import os
import sys
import time

from rich.console import Console
from rich.table import Table

from tests.proof.faults import Fault
from tests.proof.plans import PLANS
from tests.proof.running import Extent, Tally, be_quiet, prove

CI = Extent()
FULL = Extent(pairs=100_000, sqlite_every=4)


def main() -> int:
    """Prove, print one table, and end with 1 if anything was wrong."""
    is_full = os.environ.get("FULL", "") not in {"", "0"}
    seed = int(os.environ.get("SEED") or time.time())
    extent = FULL if is_full else CI
    extent = Extent(**(vars(extent) | {"seed": seed, "jobs": int(os.environ.get("JOBS") or 2)}))
    be_quiet()
    began = time.monotonic()
    tallies = prove(extent)
    seconds = time.monotonic() - began
    _show(tallies, seconds, seed)
    return 1 if any(tally.violations for tally in tallies) else 0


def _show(tallies: list[Tally], seconds: float, seed: int) -> None:
    console = Console()
    table = Table("route", "boundaries", "single faults", "pairs", "on SQLite", "violations")
    for plan, tally in zip(PLANS, tallies, strict=True):
        numbers = (tally.boundaries, tally.singles, tally.pairs, tally.on_sqlite)
        table.add_row(plan.name, *map(str, numbers), str(len(tally.violations)))
    console.print(table)
    for tally in tallies:
        for violation in tally.violations:
            console.print(f"- {violation}", markup=False, highlight=False)
    boundaries = sum(tally.boundaries for tally in tallies)
    cases = sum(tally.cases for tally in tallies)
    violations = sum(len(tally.violations) for tally in tallies)
    console.print(
        f"{boundaries:,} boundaries of {len(PLANS)} routes × the {len(Fault)} faults that can"
        f" strike there = {cases:,} cases, {violations} violations, {seconds:.0f} seconds,"
        f" seed {seed}",
        highlight=False,
    )


if __name__ == "__main__":
    sys.exit(main())
