"""Lists and counts of cases as they grow to three hundred thousand, on both databases."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from sqlalchemy import insert

from benchmarks.looks import taken
from benchmarks.processes import scratch
from benchmarks.publishing.databases import postgresql, sqlite
from benchmarks.table import Line
from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.department import Department
from bot.domain.cases.names import CaseClass
from bot.domain.ids import AccountId, CaseId, DepartmentId
from bot.ports.case_overview import CaseFilter, CaseKey
from bot.storage.case_rows import case_values
from bot.storage.database import Database
from bot.storage.tables import cases
from tests import factories as make

STEPS = (3_000, 30_000, 300_000)
ROWS_A_COMMIT = 3000
PAGE = 31
RUNNING_ONE_IN = 50
DEPARTMENTS = [DepartmentId(f"dep{number:02}") for number in range(12)]
ACCOUNTS = [AccountId(f"acc_{number}") for number in range(1, 5)]
STATES = (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.ANSWERING, CaseState.IN_REVIEW)
LIST_MS = 20.0
NOTE = (
    "Invented cases of twelve departments and forty people, two in a hundred still running; pages "
    "of 30 with one row more, 40 runs, warm. CASES_MOST sets where growth ends."
)


def lines() -> Sequence[Line]:
    """Both databases, one after the other."""
    return [*_on("SQLite", sqlite), *_on("PostgreSQL", postgresql)]


def _on(
    name: str, opened: Callable[[Path], AbstractContextManager[Database | None]]
) -> Sequence[Line]:
    most = int(os.environ.get("CASES_MOST", STEPS[-1]))
    found: list[Line] = []
    with scratch() as folder, opened(folder) as database:
        if database is None:
            return [Line(f"cases, {name}", "not installed")]
        _open_the_office(database)
        size = 0
        for step in (step for step in STEPS if step <= most):
            _grow(database, size, step)
            size = step
            found += [
                _line(f"cases: {what}; {name}, {step:,}", look, database)
                for what, look in _looks(database, step).items()
            ]
    return found


def _line(what: str, look: Callable[[], object], database: Database) -> Line:
    found = taken(look, database)
    goal, reached = f"p95 <= {LIST_MS:.0f} ms", found.p95 <= LIST_MS
    return Line(what, str(found), goal=goal, reached=reached, note=NOTE)


def _open_the_office(database: Database) -> None:
    with database.begin() as uow:
        for account in ACCOUNTS:
            uow.accounts.add(make.account(id=account, name=account), "sealed")
        for department in DEPARTMENTS:
            uow.departments.add(
                Department(department, f"云岭{department}局", since=make.NOW.date())
            )
        uow.commit()


def _grow(database: Database, first: int, last: int) -> None:
    for begin in range(first, last, ROWS_A_COMMIT):
        numbers = range(begin, min(begin + ROWS_A_COMMIT, last))
        with database._transactions.writing() as connection:
            connection.execute(insert(cases), [case_values(_case(number)) for number in numbers])
            connection.commit()
    with database._transactions.writing() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _case(number: int) -> Case:
    """Case by number: each is opened a quarter of an hour after the one before."""
    is_running = number % RUNNING_ONE_IN == 0
    at = make.NOW - timedelta(days=3000) + number * timedelta(minutes=15)
    ended = {} if is_running else {"answered_at": at, "closed_at": at}
    made = make.case(
        id=CaseId(f"case_{number:09}"),
        number=f"b-{number:09}",
        state=STATES[number // RUNNING_ONE_IN % 4] if is_running else CaseState.CLOSED,
        case_class=list(CaseClass)[number % len(CaseClass)],
        department=DEPARTMENTS[number % 12],
        handler=f"user{number % 40}",
        account=ACCOUNTS[number % 4],
        received_at=at,
        opened_at=at,
        changed_at=at,
        **ended,
    )
    deadline = replace(made.deadline, due_at=at + timedelta(days=20))
    return replace(made, deadline=deadline)


def _looks(database: Database, size: int) -> Mapping[str, Callable[[], object]]:
    overview, middle = database.overview(), _case(size // 2)
    behind = CaseKey(middle.deadline.due_at, middle.id)
    own = (DEPARTMENTS[3],)
    some = cycle(range(0, size, 97))

    def page(after: CaseKey | None = None, **wanted: object) -> Callable[[], object]:
        filtered = CaseFilter(**wanted)  # type: ignore[arg-type]
        return lambda: overview.cases(filtered, limit=PAGE, after=after)

    return {
        "what runs": page(running=True),
        "all": page(),
        "all, a page in the middle": page(after=behind),
        "a department's, running": page(running=True, departments=own),
        "a department's, all": page(departments=own),
        "mine, running": page(running=True, handler="user7"),
        "to be placed": page(states=("received", "returned", "reopened")),
        "closed ones": page(states=("closed",)),
        "one account, all": page(account=ACCOUNTS[1]),
        "one class, all": page(case_class=CaseClass.COMPLAINT),
        "late": page(due_before=make.NOW),
        "by number": lambda: overview.cases(CaseFilter(number=f"b-{next(some):09}"), limit=PAGE),
        "counts": overview.case_counts,
        "counts of a department": lambda: overview.case_counts(departments=own),
    }
