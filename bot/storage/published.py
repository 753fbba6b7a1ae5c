"""Published answers and ratings, as rows, and as the public reads them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select

from bot.domain.cases.names import CaseClass
from bot.domain.cases.published import PublishedAnswer, Rating
from bot.domain.ids import CaseId, DepartmentId
from bot.ports.case_publication import AnswerFilter, AnswerRow
from bot.storage.statements import insert_new, upsert
from bot.storage.tables import case_ratings, cases, departments, published_answers
from bot.storage.transactions import Transactions

_p, _r, _c, _d = published_answers.c, case_ratings.c, cases.c, departments.c
_RATED = "您已经评价过这次答复，每次答复只能评价一次"


class SqlPublishedAnswers:
    """Keeps the promises of `ports.case_publication.PublishedAnswers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, answer: PublishedAnswer) -> None:
        values = {
            "case_id": answer.case,
            "case_class": answer.case_class,
            "department_id": answer.department,
            "question": answer.question,
            "answer": answer.answer,
            "asked_at": answer.asked_at,
            "answered_at": answer.answered_at,
            "published_at": answer.published_at,
            "published_by": answer.published_by,
        }
        put = upsert(self._connection.dialect.name, published_answers).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["case_id"], set_=values))

    def of_case(self, case: CaseId) -> PublishedAnswer | None:
        wanted = select(published_answers).where(_p.case_id == case)
        row = self._connection.execute(wanted).first()
        return _published(row) if row else None

    def remove(self, case: CaseId) -> None:
        self._connection.execute(delete(published_answers).where(_p.case_id == case))


class SqlRatings:
    """Keeps the promises of `ports.case_publication.Ratings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rating: Rating) -> None:
        values = {
            "case_id": rating.case,
            "answered_at": rating.answered_at,
            "stars": rating.stars,
            "rated_at": rating.rated_at,
        }
        insert_new(self._connection, case_ratings, values, taken=_RATED)

    def of_case(self, case: CaseId) -> Sequence[Rating]:
        wanted = select(case_ratings).where(_r.case_id == case).order_by(_r.rated_at)
        rows = self._connection.execute(wanted)
        return [Rating(CaseId(r.case_id), r.answered_at, r.stars, r.rated_at) for r in rows]


class SqlAnswerShelf:
    """Keeps the promises of `ports.case_publication.AnswerShelf`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def answers(self, wanted: AnswerFilter, *, limit: int, offset: int = 0) -> Sequence[AnswerRow]:
        listed = _SHOWN.where(*_conditions(wanted))
        ordered = listed.order_by(_p.published_at.desc(), _p.case_id.desc())
        with self._transactions.reading() as connection:
            rows = connection.execute(ordered.limit(limit).offset(offset)).all()
        return [_answer_row(row) for row in rows]

    def answer(self, case: str) -> AnswerRow | None:
        with self._transactions.reading() as connection:
            row = connection.execute(_SHOWN.where(_p.case_id == case)).first()
        return _answer_row(row) if row else None

    def departments(self) -> Sequence[tuple[str, str]]:
        there = select(_p.department_id)
        wanted = select(_d.id, _d.name).where(_d.id.in_(there)).order_by(_d.name, _d.id)
        with self._transactions.reading() as connection:
            return [(row.id, row.name) for row in connection.execute(wanted)]


_SHOWN = (
    select(published_answers, _d.name.label("department_name"))
    .select_from(published_answers)
    # Taken up again, a case has no answer; answered anew, it has another one.
    .join(cases, (_c.id == _p.case_id) & (_c.answered_at == _p.answered_at))
    .outerjoin(departments, _d.id == _p.department_id)
)


def _conditions(wanted: AnswerFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.case_class:
        conditions.append(_p.case_class == wanted.case_class)
    if wanted.department:
        conditions.append(_p.department_id == wanted.department)
    if wanted.since is not None:
        conditions.append(_p.answered_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(_p.answered_at < wanted.until)
    if wanted.words:
        columns = (_p.question, _p.answer)
        conditions.append(or_(*(c.contains(wanted.words, autoescape=True) for c in columns)))
    return conditions


def _answer_row(row: Row[Any]) -> AnswerRow:
    return AnswerRow(
        id=row.case_id,
        case_class=row.case_class,
        department_name=row.department_name or "",
        question=row.question,
        answer=row.answer,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        published_at=row.published_at,
    )


def _published(row: Row[Any]) -> PublishedAnswer:
    return PublishedAnswer(
        case=CaseId(row.case_id),
        case_class=CaseClass(row.case_class),
        department=DepartmentId(row.department_id) if row.department_id else None,
        question=row.question,
        answer=row.answer,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        published_at=row.published_at,
        published_by=row.published_by,
    )
