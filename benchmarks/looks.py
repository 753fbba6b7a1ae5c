"""What one look takes, measured many times: clock, processor, questions to the database."""

import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any, NamedTuple

from sqlalchemy import event

from bot.storage.database import Database

TIMES = 40


class Taken(NamedTuple):
    """Milliseconds of a processor (median), of the clock (p95, p50), and statements a look. Of
    PostgreSQL the processor's time is ours alone, without the server's."""

    busy: float
    p95: float
    p50: float
    statements: int

    def __str__(self) -> str:
        return (
            f"p95 {self.p95:.1f} ms, p50 {self.p50:.1f}, CPU {self.busy:.1f};"
            f" {self.statements} statements"
        )


def taken(look: Callable[[], object], database: Database, *, times: int = TIMES) -> Taken:
    """Warm, `times` times."""
    look()
    statements = _statements(look, database)
    walls, busy = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        look()
        walls.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - used) * 1000)
    return Taken(median(busy), quantiles(walls, n=20)[-1], median(walls), statements)


def _statements(look: Callable[[], object], database: Database) -> int:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    look()
    event.remove(database._engine, "before_cursor_execute", note)
    return len(sent)
