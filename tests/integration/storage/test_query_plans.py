"""What is asked all day must not read everything: SQLite says by which index it goes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.replies.handling import Handling
from bot.ports.case_overview import CaseFilter
from bot.ports.overview import ReplyFilter
from bot.ports.question_overview import GroupOrder
from bot.storage.database import Database
from tests.factories import NOW
from tests.fakes.vault import OpenVault

STUCK = (DeliveryState.HELD, DeliveryState.AWAITING_PERSON)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    made = Database(sqlite_url, audit_key=b"key", vault=OpenVault())
    yield made
    made.dispose()


def tick(database: Database) -> None:
    with database.begin() as uow:
        uow.deliveries.take_due(limit=500, ring_again_seconds=5.0)


def next_file(database: Database) -> None:
    with database.begin() as uow:
        uow.inspections.take_next(seconds=60)


def who_may_be_told(database: Database) -> None:
    with database.look() as uow:
        uow.cases.untold(since=datetime(2026, 11, 24, tzinfo=UTC), limit=200)


ASKED: dict[str, tuple[Callable[[Database], object], str]] = {
    "the tick": (tick, "ix_deliveries_next_at"),
    "which attachment waits": (next_file, "ix_inspection_waits_asked_at"),
    "how much is late": (lambda db: db.overview().overdue(seconds=60), "ix_deliveries_next_at"),
    "what goes out next": (lambda db: db.overview().upcoming(), "ix_deliveries_state_due_at"),
    "what is held": (
        lambda db: db.overview().posts(delivery_states=STUCK),
        "ix_deliveries_state_due_at",
    ),
    "who may be told of an answer": (who_may_be_told, "ix_cases_untold"),
    "what waits for review": (
        lambda db: db.overview().posts(states=[PostState.IN_REVIEW]),
        "ix_posts_state_due_at",
    ),
}


@pytest.mark.parametrize(("ask", "index"), ASKED.values(), ids=ASKED)
def test_only_what_is_wanted_is_read(
    database: Database, ask: Callable[[Database], object], index: str
) -> None:
    """By an index, also where nobody has counted the rows."""
    plans = plans_of(database, lambda: ask(database))

    assert index in plans
    assert "SCAN deliveries" not in plans
    assert "SCAN posts" not in plans
    assert "SCAN replies" not in plans


def test_the_newest_posts_are_read_from_the_end(database: Database) -> None:
    """Not all of them, sorted."""
    plans = plans_of(database, lambda: database.overview().posts(limit=100))

    assert "SCAN posts USING COVERING INDEX" in plans
    assert "TEMP B-TREE" not in plans


def test_groups_are_listed_without_counting_all_of_them(database: Database) -> None:
    """The largest by their size, the growing ones by who joined lately."""
    overview = database.overview()
    largest = plans_of(database, lambda: overview.groups("open"))
    growing = plans_of(database, lambda: overview.groups("open", order=GroupOrder.GROWTH))

    assert "ix_questions_state_size_id" in largest
    assert "ix_question_members_proposed_at_question_id" in growing
    for scanned in ("SCAN questions", "SCAN question_members", "SCAN replies"):
        assert scanned not in largest + growing


def test_a_departments_letters_are_read_from_its_cases(database: Database) -> None:
    """Not every letter, asked for its case."""
    wanted = ReplyFilter(department="housing")
    plans = plans_of(database, lambda: database.overview().replies(wanted))

    assert "ix_cases_department_id_is_running_due_at_id" in plans
    assert "SCAN cases" not in plans


CASES: dict[str, tuple[Callable[[Database], object], str]] = {
    "what is counted": (
        lambda db: db.overview().case_counts(),
        "COVERING INDEX ix_cases_is_running_state_department_id",
    ),
    "what runs": (
        lambda db: db.overview().cases(CaseFilter(running=True)),
        "ix_cases_is_running_due_at_id",
    ),
    "a department's": (
        lambda db: db.overview().cases(CaseFilter(running=True, departments=("housing",))),
        "ix_cases_department_id_is_running_due_at_id",
    ),
    "mine": (
        lambda db: db.overview().cases(CaseFilter(running=True, handler="zhang")),
        "ix_cases_handler_is_running_due_at_id",
    ),
}


@pytest.mark.parametrize(("ask", "index"), CASES.values(), ids=CASES)
def test_cases_are_listed_in_the_order_of_an_index(
    database: Database, ask: Callable[[Database], object], index: str
) -> None:
    """None is read that is not shown or counted, and none is sorted."""
    plans = plans_of(database, lambda: ask(database))

    assert index in plans
    assert "SCAN cases" not in plans
    assert "TEMP B-TREE" not in plans


NARROWED = {
    "a department's": (CaseFilter(departments=("housing",)), "department_id"),
    "an account's": (CaseFilter(account="acc_1"), "account_id"),
    "a department's closed ones": (
        CaseFilter(departments=("housing",), states=("closed",)),
        "department_id",
    ),
}


@pytest.mark.parametrize(("wanted", "column"), NARROWED.values(), ids=NARROWED)
def test_years_of_cases_are_not_sorted_for_a_page(
    database: Database, wanted: CaseFilter, column: str
) -> None:
    """Those that run and those that have ended are each read in their order."""
    plans = plans_of(database, lambda: database.overview().cases(wanted))

    assert f"INDEX ix_cases_{column}_is_running_due_at_id ({column}=? AND is_running=?)" in plans
    assert "SCAN cases" not in plans


def test_what_runs_of_a_class_is_not_looked_for_among_all_of_it(database: Database) -> None:
    """Nearly all of it has ended."""
    wanted = CaseFilter(case_class="question", running=True)
    plans = plans_of(database, lambda: database.overview().cases(wanted))

    assert "ix_cases_is_running_due_at_id (is_running=?)" in plans


def plans_of(database: Database, ask: Callable[[], object]) -> str:
    """How SQLite does what `ask` asks for."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        statements.append((statement, parameters))

    event.listen(database._engine, "before_cursor_execute", note)
    ask()
    event.remove(database._engine, "before_cursor_execute", note)
    told: list[str] = []
    with database._engine.connect() as connection:
        for statement, parameters in statements:
            if statement.startswith(("SELECT", "UPDATE")):
                cursor = connection.connection.cursor()
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                told += [row[-1] for row in cursor.fetchall()]
    return "\n".join(told)


INBOX: dict[str, tuple[ReplyFilter, str]] = {
    "what waits": (ReplyFilter(handling=Handling.WAITING), "ix_replies_open_since"),
    "what waits on an account": (
        ReplyFilter(handling=Handling.WAITING, account="acc_1"),
        "ix_replies_account_id_open_since",
    ),
    "what waits of a channel": (
        ReplyFilter(handling=Handling.WAITING, channel="wechat_comment"),
        "ix_replies_open_since",
    ),
    "what waits since then": (
        ReplyFilter(handling=Handling.WAITING, since=NOW),
        "ix_replies_open_since",
    ),
    "what has a case that runs": (
        ReplyFilter(handling=Handling.TAKEN_UP),
        "ix_cases_running_asked_at",
    ),
    "what has a case that runs, of an account": (
        ReplyFilter(handling=Handling.TAKEN_UP, account="acc_1", since=NOW),
        "ix_cases_running_account_id_asked_at",
    ),
    "what needs no answer": (
        ReplyFilter(handling=Handling.SET_ASIDE),
        "ix_set_asides_received_at_reply_id",
    ),
    "what needs no answer on an account": (
        ReplyFilter(handling=Handling.SET_ASIDE, account="acc_1", kind="message"),
        "ix_set_asides_account_id_received_at_reply_id",
    ),
}


@pytest.mark.parametrize(("wanted", "index"), INBOX.values(), ids=INBOX)
def test_the_inbox_is_read_in_the_order_of_an_index(
    database: Database, wanted: ReplyFilter, index: str
) -> None:
    """From what is asked for, not from all that ever came; nothing is sorted."""
    listed = plans_of(database, lambda: database.overview().replies(wanted))
    counted = plans_of(database, lambda: database.overview().count_replies(wanted))

    assert index in listed
    assert "TEMP B-TREE" not in listed
    for scanned in ("SCAN replies", "SCAN cases", "SCAN answers", "SCAN comment_standings"):
        assert scanned not in listed.replace(f"{scanned} USING INDEX {index}", "")
    assert any(mark in counted for mark in ("open_since", "set_asides", "cases_running"))


def test_what_nobody_has_answered_is_read_from_what_waits_and_from_running_cases(
    database: Database,
) -> None:
    """Not from all that ever came."""
    wanted = ReplyFilter(handling=Handling.UNANSWERED)
    plans = plans_of(database, lambda: database.overview().replies(wanted))

    assert "ix_replies_open_since" in plans
    assert "ix_cases_running_asked_at" in plans
    assert "TEMP B-TREE" not in plans
    assert "SCAN cases" not in plans
