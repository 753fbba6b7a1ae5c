"""`python -m benchmarks [NAME…] [--json] [--releases FOLDER]`: measure, and print one table."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.table import Line, as_json, show


def _callbacks(_: Path | None) -> Sequence[Line]:
    from benchmarks.callbacks.measure import lines

    return lines()


def _rendering(_: Path | None) -> Sequence[Line]:
    from benchmarks.rendering.measure import speed

    return speed()


def _markup(releases: Path | None) -> Sequence[Line]:
    from benchmarks.rendering.measure import markup

    return markup(releases)


def _lateness(_: Path | None) -> Sequence[Line]:
    from benchmarks.publishing.measure import lateness

    return lateness()


def _dead_account(_: Path | None) -> Sequence[Line]:
    from benchmarks.publishing.dead_account import lines

    return lines()


def _throughput(_: Path | None) -> Sequence[Line]:
    from benchmarks.celery_ceiling import lines
    from benchmarks.publishing.measure import burst, slow_platform

    return [*slow_platform(), *burst(), *lines()]


def _growth(_: Path | None) -> Sequence[Line]:
    from benchmarks.publishing.growth import growth

    return growth()


def _collecting(_: Path | None) -> Sequence[Line]:
    from benchmarks.collecting.measure import lines

    return lines()


def _inbox(_: Path | None) -> Sequence[Line]:
    from benchmarks.inbox.measure import lines

    return lines()


def _cases(_: Path | None) -> Sequence[Line]:
    from benchmarks.cases.measure import lines

    return lines()


def _crowd(_: Path | None) -> Sequence[Line]:
    from benchmarks.console.crowd import lines

    return lines()


def _console(_: Path | None) -> Sequence[Line]:
    from benchmarks.console.measure import lines

    return lines()


def _idle(_: Path | None) -> Sequence[Line]:
    from benchmarks.idle import lines

    return lines()


BENCHMARKS: dict[str, Callable[[Path | None], Sequence[Line]]] = {
    "callback": _callbacks,
    "rendering": _rendering,
    "markup": _markup,
    "lateness": _lateness,
    "throughput": _throughput,
    "growth": _growth,
    "dead-account": _dead_account,
    "collecting": _collecting,
    "inbox": _inbox,
    "cases": _cases,
    "console": _console,
    "crowd": _crowd,
    "idle": _idle,
}


def run(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"Some of: {', '.join(BENCHMARKS)}. Default: all.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the table.")] = False,
    releases: Annotated[
        Path | None, typer.Option(help="A folder of real release files, for the share of markup.")
    ] = None,
) -> None:
    """Measure what we promise, beside our peers, and say what was reached."""
    wanted = names or list(BENCHMARKS)
    if strangers := [name for name in wanted if name not in BENCHMARKS]:
        raise typer.BadParameter(f"no benchmark {', '.join(strangers)}")
    progress = Console(stderr=True)
    lines: list[Line] = []
    for name in wanted:
        progress.print(f"measuring {name} …", highlight=False)
        lines += BENCHMARKS[name](releases)
    if json:
        print(as_json(lines))
        return
    console = Console(width=None if os.isatty(1) else 150)
    console.print(f"load average of the machine at the end: {os.getloadavg()[0]:.1f}")
    show(lines, console)


if __name__ == "__main__":
    typer.run(run)
