"""What every storage promises about published answers and ratings."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.cases.department import Department
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.cases.published import PublishedAnswer, Rating
from bot.domain.cases.service import Owed
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId, DepartmentId
from bot.ports.case_publication import AnswerFilter, AnswerShelf
from bot.storage.database import Database
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after, case, deadline
from tests.fakes.clock import StillClock

HOUSING = Department(DepartmentId("housing"), "住建局", date(2020, 1, 1))
DAY = 86_400


def published(number: int = 1, **changes: object) -> PublishedAnswer:
    values: dict[str, object] = {
        "case": CaseId(f"case_{number}"),
        "case_class": CaseClass.QUESTION,
        "department": None,
        "question": f"第{number}个问题",
        "answer": "请在窗口办理",
        "asked_at": NOW,
        "answered_at": after(number * DAY),
        "published_at": after(number * DAY + 60),
        "published_by": "wu",
    }
    return PublishedAnswer(**(values | changes))  # type: ignore[arg-type]


def store(storage: CompleteStorage, *answers: PublishedAnswer) -> None:
    """Cases that stand answered, and what is published of them."""
    with storage.begin() as uow:
        uow.departments.add(HOUSING)
        for number, answer in enumerate(answers):
            answered = case(
                id=answer.case,
                number=f"20261123-{number:06}",
                state=CaseState.ANSWERED,
                answered_at=answer.answered_at,
            )
            uow.cases.add(answered)
            uow.published.put(answer)
        uow.commit()


def test_a_newer_publication_takes_the_place_of_an_older_one(storage: CompleteStorage) -> None:
    """And one that is taken away is gone; to take it away twice harms nothing."""
    first = published(department=HOUSING.id)
    second = replace(first, answer="新的答复", answered_at=after(9 * DAY))
    store(storage, first)

    with storage.begin() as uow:
        kept = uow.published.of_case(first.case)
        uow.published.put(second)
        newer = uow.published.of_case(first.case)
        uow.published.remove(first.case)
        uow.published.remove(first.case)
        gone = uow.published.of_case(first.case)

    assert (kept, newer, gone) == (first, second, None)


def test_an_answer_is_rated_once_and_the_next_one_again(storage: CompleteStorage) -> None:
    """Votes of one case stay apart by answer, in the order they came."""
    store(storage, published())
    first = Rating(CaseId("case_1"), NOW, 2, after(60))
    second = Rating(CaseId("case_1"), after(DAY), 5, after(2 * DAY))

    with storage.begin() as uow:
        uow.ratings.add(second)
        uow.ratings.add(first)
        with pytest.raises(Conflict, match="已经评价过"):
            uow.ratings.add(replace(first, stars=5))
        uow.commit()

    with storage.begin() as uow:
        assert list(uow.ratings.of_case(CaseId("case_1"))) == [first, second]
        assert list(uow.ratings.of_case(CaseId("case_2"))) == []


READ_MODELS = pytest.mark.parametrize(
    "storage",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)
"""Only databases have read models."""


@pytest.fixture
def shelf(storage: CompleteStorage) -> AnswerShelf:
    """Four published answers."""
    assert isinstance(storage, Database)
    store(
        storage,
        published(1, department=HOUSING.id),
        published(2, case_class=CaseClass.COMPLAINT),
        published(3, question="100%_退款", answer="可以"),
        published(4),
    )
    return storage.answer_shelf()


@READ_MODELS
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "4321"),
        ({"case_class": "complaint"}, "2"),
        ({"department": "housing"}, "1"),
        ({"since": after(2 * DAY)}, "432"),
        ({"since": after(2 * DAY), "until": after(4 * DAY)}, "32"),
        ({"words": "窗口"}, "421"),
        ({"words": "0%_退"}, "3"),
        ({"words": "%"}, "3"),
        ({"words": "没有的词"}, ""),
    ],
)
def test_published_answers_are_found(
    shelf: AnswerShelf, wanted: dict[str, str], found: str
) -> None:
    """The newest first; signs that mean something to a database mean nothing in words."""
    rows = shelf.answers(AnswerFilter(**wanted), limit=10)  # type: ignore[arg-type]

    assert "".join(row.id[-1] for row in rows) == found


@READ_MODELS
def test_one_answer_and_the_departments_that_gave_some(shelf: AnswerShelf) -> None:
    """Pages follow each other without a gap."""
    one = shelf.answer("case_1")

    assert one is not None
    assert (one.department_name, one.answered_at) == ("住建局", after(DAY))
    assert shelf.answer("case_9") is None
    assert list(shelf.departments()) == [("housing", "住建局")]
    assert [row.id for row in shelf.answers(AnswerFilter(), limit=2, offset=1)] == [
        "case_3",
        "case_2",
    ]


@READ_MODELS
def test_a_case_that_is_answered_anew_shows_nothing_old(
    storage: CompleteStorage, shelf: AnswerShelf
) -> None:
    """Neither while it is handled again nor after another answer."""
    with storage.begin() as uow:
        again = uow.cases.get(CaseId("case_4"))
        uow.cases.save(replace(again, state=CaseState.REOPENED, answered_at=None))
        other = uow.cases.get(CaseId("case_3"))
        uow.cases.save(replace(other, answered_at=after(30 * DAY)))
        uow.commit()

    assert [row.id for row in shelf.answers(AnswerFilter(), limit=9)] == ["case_2", "case_1"]
    assert shelf.answer("case_4") is None


@READ_MODELS
def test_the_record_of_service_holds_what_fell_due_and_nothing_else(
    storage: CompleteStorage, clock: StillClock
) -> None:
    """Answered or not; not what is withdrawn, stands still, or has time left."""
    assert isinstance(storage, Database)
    late = deadline(due_at=after(DAY))
    rows = (
        {"deadline": late, "answered_at": after(60), "state": CaseState.ANSWERED},
        {"deadline": late},
        {"deadline": late, "state": CaseState.WITHDRAWN},
        {"deadline": replace(late, is_paused=True)},
        {"deadline": deadline(due_at=after(9 * DAY))},
        {"deadline": deadline(due_at=after(-9 * DAY))},
    )
    first = CaseId("case_0")
    with storage.begin() as uow:
        for number, changes in enumerate(rows):
            ids = {"id": CaseId(f"case_{number}"), "number": f"20261123-{number:06}"}
            uow.cases.add(case(**ids, **changes))
        for at, kind in (
            (60, EventKind.REOPENED),
            (60, EventKind.CLOSED),
            (-DAY, EventKind.REOPENED),
        ):
            uow.cases.note(CaseEvent(first, kind, after(at), "li"))
        uow.ratings.add(Rating(first, after(60), 4, after(90)))
        uow.commit()
    clock.pass_seconds(2 * DAY)

    record = storage.service_figures().service(since=NOW)

    assert sorted(record.owed, key=lambda one: one.answered_at is None) == [
        Owed(NOW, after(DAY), after(60), is_reopened=True, is_rated=True),
        Owed(NOW, after(DAY), None),
    ]
    assert list(record.reopened) == [after(60)]
    assert list(record.stars) == [(after(90), 4)]
